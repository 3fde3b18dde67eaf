"""Edits by example: what is written before, what after."""

from datetime import date
from decimal import Decimal

import pytest

from plainwork.editing.front_matter_edit import (
    add_to_list,
    remove_field,
    remove_from_list,
    set_field,
)
from plainwork.editing.yaml_text import Value
from plainwork.errors import UsageError
from plainwork.model.diagnostic import FieldPath

ORDER = ("id", "title", "workflow", "status", "reason", "owner", "assignees", "links", "due")


def fenced(lines: str, body: str = "Body.\n") -> str:
    return f"---\n{lines}---\n{body}"


@pytest.mark.parametrize(
    ("before", "field", "value", "after"),
    [
        pytest.param("a: 1\n", "a", "2", "a: 2\n", id="plain"),
        pytest.param("a: 1   # why\n", "a", "2", "a: 2   # why\n", id="comment-stays"),
        pytest.param("a: 'x y'\n", "a", "it's", "a: 'it''s'\n", id="single-quotes-stay"),
        pytest.param('a: "x"\n', "a", 'say "y"', 'a: "say \\"y\\""\n', id="double-quotes-stay"),
        pytest.param("a: 'x'\n", "a", "y\tz", 'a: "y\\tz"\n', id="quotes-that-cannot-stay"),
        pytest.param("'a': 1\n", "a", "2", "'a': 2\n", id="quoted-key"),
        pytest.param("a:\nb: 1\n", "a", "2", "a: 2\nb: 1\n", id="unset"),
        pytest.param("a:  # when?\n", "a", "2", "a: 2  # when?\n", id="unset-with-comment"),
        pytest.param("a:\n  x\n  y\nb: 1\n", "a", "2", "a:\n  2\nb: 1\n", id="plain-below"),
        pytest.param("a: x\n  y\nb: 1\n", "a", "2", "a: 2\nb: 1\n", id="plain-of-two-lines"),
        pytest.param("a: |\n  x\n\n# c\nb: 1\n", "a", "2", "a: 2\n\n# c\nb: 1\n", id="literal"),
        pytest.param("a: >-  # c\n  x\n", "a", "2", "a: 2  # c\n", id="folded-with-comment"),
        pytest.param(
            "a: |  # c\n  x\n", "a", "p\nq\n", 'a: "p\\nq\\n"  # c\n', id="lines-before-comment"
        ),
        pytest.param("a: |\n  x\n", "a", "p\nq\n", "a: |\n  p\n  q\n", id="lines"),
        pytest.param("a: 1\n", "a", "p\n\nq", "a: |-\n  p\n\n  q\n", id="lines-without-last-end"),
        pytest.param("a: 1\n", "a", " p\nq", 'a: " p\\nq"\n', id="lines-that-begin-with-blank"),
        pytest.param("a: [x, y]  # c\n", "a", "z", "a: z  # c\n", id="flow-list-to-text"),
        pytest.param("a: # c\n- x\n- y\nb: 1\n", "a", "z", "a: z # c\nb: 1\n", id="block-to-text"),
        pytest.param("a:\n  x: 1\n\nb: 1\n", "a", "z", "a: z\n\nb: 1\n", id="map-to-text"),
        pytest.param("a: x\n", "a", ["y", "z"], "a: [y, z]\n", id="text-to-list"),
        pytest.param("a: [x, y] # c\n", "a", ["y", "x"], "a: [y, x] # c\n", id="list-reordered"),
        pytest.param(
            "a:\n- x # 1\n- y # 2\n- z\n",
            "a",
            ["x", "z", "w"],
            "a:\n- x # 1\n- z\n- w\n",
            id="list-keeps-lines",
        ),
        pytest.param("a: 1\n", "a", {"b": ["x, y"]}, 'a: {b: ["x, y"]}\n', id="map"),
        pytest.param("a: 1\n", "a", True, "a: true\n", id="boolean"),
        pytest.param("a: 1\n", "a", Decimal("1840.50"), "a: 1840.50\n", id="money"),
        pytest.param("a: 1\n", "a", date(2026, 5, 1), "a: 2026-05-01\n", id="date"),
        pytest.param("a: 'x'\n", "a", "x", "a: 'x'\n", id="same-value-same-form"),
        pytest.param("{a: 1, b: 2}\n", "a", "x, y", '{a: "x, y", b: 2}\n', id="flow-root"),
        pytest.param("a: 1\n", "due", "2", "a: 1\ndue: 2\n", id="new-at-the-end"),
        pytest.param("", "a", "1", "a: 1\n", id="empty-front-matter"),
        pytest.param("# c\n", "a", "1", "# c\na: 1\n", id="comments-only"),
        pytest.param(
            "title: x\nowner:\n- a\n\n# c\ndue: 1\n",
            "assignees",
            ["b"],
            "title: x\nowner:\n- a\nassignees: [b]\n\n# c\ndue: 1\n",
            id="new-after-predecessor",
        ),
        pytest.param(
            "title: x\ndue: 1\n",
            "reason",
            "p\nq",
            "title: x\nreason: |-\n  p\n  q\ndue: 1\n",
            id="new-lines",
        ),
        pytest.param("due: 1\n", "title", "x", "due: 1\ntitle: x\n", id="no-predecessor"),
        pytest.param("  a: 1\n", "b", "2", "  a: 1\n  b: 2\n", id="indented-root"),
        pytest.param("a: |+\n  x\n\n", "b", "2", "a: |+\n  x\n\nb: 2\n", id="after-kept-lines"),
        pytest.param(
            "links:\n  relates: [x]\n",
            ("links", "causes"),
            ["y"],
            "links:\n  relates: [x]\n  causes: [y]\n",
            id="nested-block",
        ),
        pytest.param(
            "links: {relates: [x]}\n",
            ("links", "causes"),
            ["y"],
            "links: {relates: [x], causes: [y]}\n",
            id="nested-flow",
        ),
        pytest.param("links: {}\n", ("links", "a"), "y", "links: {a: y}\n", id="nested-empty"),
        pytest.param("links:\n", ("links", "a"), "y", "links: {a: y}\n", id="nested-unset"),
        pytest.param("a: 1\n", ("b", "c"), "y", "a: 1\nb: {c: y}\n", id="nested-absent"),
        pytest.param("a: {b, c: 1}\n", ("a", "b"), "y", "a: {b: y, c: 1}\n", id="key-only"),
        pytest.param("a: {b: , c: 1}\n", ("a", "b"), "y", "a: {b: y , c: 1}\n", id="colon-only"),
        pytest.param(
            "a: [x, {on: y, lag: 1d}]\n",
            ("a", 1, "on"),
            "z",
            "a: [x, {on: z, lag: 1d}]\n",
            id="reference-in-flow",
        ),
        pytest.param(
            "a:\n  - on: y # c\n    lag: 1d\n",
            ("a", 0, "on"),
            "z",
            "a:\n  - on: z # c\n    lag: 1d\n",
            id="reference-in-block",
        ),
        pytest.param("a: x\n", ("a", 0), "z", "a: z\n", id="lone-value"),
        pytest.param("a:\n  - x\n  -\n", ("a", 1), "z", "a:\n  - x\n  - z\n", id="unset-item"),
    ],
)
def test_set_field(before: str, field: str | FieldPath, value: Value, after: str) -> None:
    assert set_field(fenced(before), field, value, order=ORDER) == fenced(after)


@pytest.mark.parametrize(
    ("before", "field", "after"),
    [
        pytest.param("a: 1 # c\nb: 2\n", "a", "b: 2\n", id="line"),
        pytest.param("a: 1\n", "b", "a: 1\n", id="absent"),
        pytest.param("a: 1\n", "a", "", id="only-field"),
        pytest.param("{a: 1}\n", "a", "{}\n", id="only-field-in-braces"),
        pytest.param("a:\n- x\n- y # c\n\n# d\nb: 2\n", "a", "\n# d\nb: 2\n", id="block-list"),
        pytest.param("a: |\n  x\n\nb: 2\n", "a", "\nb: 2\n", id="literal"),
        pytest.param("a: |+\n  x\n\nb: 2\n", "a", "b: 2\n", id="literal-with-kept-lines"),
        pytest.param("a: {b: 1, c: 2}\n", ("a", "b"), "a: {c: 2}\n", id="first-in-flow"),
        pytest.param("a: { b: 1, c: 2 }\n", ("a", "c"), "a: { b: 1 }\n", id="last-in-flow"),
        pytest.param("a:\n  b: 1\n  c: 2\n", ("a", "b"), "a:\n  c: 2\n", id="nested-block"),
        pytest.param("a:\n  b: [1]\nc: 2\n", ("a", "b", 0), "c: 2\n", id="emptied-parents"),
        pytest.param("a:\n- b: 1\n  c: 2\n", ("a", 0, "b"), "a:\n- c: 2\n", id="behind-dash"),
        pytest.param("a:\n- b: 1\n  c: 2\n- d\n", ("a", 0), "a:\n- d\n", id="map-item"),
        pytest.param("? a\n: 1\nb: 2\n", "a", "b: 2\n", id="explicit-key"),
    ],
)
def test_remove_field(before: str, field: str | FieldPath, after: str) -> None:
    assert remove_field(fenced(before), field) == fenced(after)


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        pytest.param("a: [x, y] # c\n", ["y", "z"], "a: [x, y, z] # c\n", id="flow"),
        pytest.param("a: []\n", ["z"], "a: [z]\n", id="empty"),
        pytest.param("a: [\n  x, # 1\n  y,\n]\n", ["z"], "a: [\n  x, # 1\n  y, z,\n]\n", id="rows"),
        pytest.param("a:\n- x # 1\n\nb: 1\n", ["z"], "a:\n- x # 1\n- z\n\nb: 1\n", id="block"),
        pytest.param("a:\n  - x\n", ["y", "z"], "a:\n  - x\n  - y\n  - z\n", id="indented"),
        pytest.param(
            "a:\n  - b: 1\n    c: |\n      x\n",
            [{"b": "2"}],
            "a:\n  - b: 1\n    c: |\n      x\n  - {b: 2}\n",
            id="maps",
        ),
        pytest.param("a:\n", ["z"], "a: [z]\n", id="unset"),
        pytest.param("b: 1\n", ["z", "z"], "b: 1\na: [z]\n", id="absent-and-once"),
        pytest.param("b: 1\n", [], "b: 1\n", id="nothing"),
        pytest.param("a: x # c\n", ["z"], "a: [x, z] # c\n", id="lone-value"),
        pytest.param("a: x\n", ["x"], "a: x\n", id="lone-value-already"),
    ],
)
def test_add_to_list(before: str, values: list[Value], after: str) -> None:
    assert add_to_list(fenced(before), "a", values) == fenced(after)


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        pytest.param("a: [x, y] # c\n", ["x"], "a: [y] # c\n", id="first"),
        pytest.param("a: [x, y]\n", ["y", "z"], "a: [x]\n", id="last"),
        pytest.param("a: [p, x, q, y, z]\n", ["x", "y", "z"], "a: [p, q]\n", id="several"),
        pytest.param("a: [x, y, p]\n", ["x", "y"], "a: [p]\n", id="leading"),
        pytest.param("a: [x, y, x]\n", ["x"], "a: [y]\n", id="every-one"),
        pytest.param("a:\n- x # 1\n# c\n- y\nb: 1\n", ["x"], "a:\n# c\n- y\nb: 1\n", id="block"),
        pytest.param("a:\n- x\n- y\n", ["x", "y"], "", id="emptied"),
        pytest.param("a: x\nb: 1\n", ["x"], "b: 1\n", id="lone-value"),
        pytest.param("a: x\n", ["y"], "a: x\n", id="lone-value-stays"),
        pytest.param("b: 1\n", ["y"], "b: 1\n", id="absent"),
        pytest.param("a:\n- - x\n  - y\n  - z\n- p\n", [["x", "y", "z"]], "a:\n- p\n", id="list"),
        pytest.param("a: ['x', \"y\"]\n", ["x"], 'a: ["y"]\n', id="quoted"),
    ],
)
def test_remove_from_list(before: str, values: list[Value], after: str) -> None:
    assert remove_from_list(fenced(before), "a", values) == fenced(after)


def test_items_behind_the_dash_of_an_outer_list_move_up() -> None:
    before = fenced("a:\n- - x\n  - y\n  - z\n")
    assert remove_from_list(before, ("a", 0), ["x", "y"]) == fenced("a:\n- - z\n")


@pytest.mark.parametrize(
    ("before", "message"),
    [
        pytest.param("a: 1\n", "begin the file with a line of exactly `---`", id="no-fence"),
        pytest.param("---\na: 1\n", "end it with a line of exactly `---`", id="unclosed"),
        pytest.param("---\na: 1\na: 2\n---\n", "line 3: `a` is already set", id="duplicate"),
        pytest.param("---\na: [1\n---\n", "line 3", id="syntax"),
        pytest.param("---\n? a\n---\n", "the change would leave", id="key-without-colon"),
        pytest.param("---\na: 1\n---\n" + "x" * 2**20, "more than 1,048,576 bytes", id="too-large"),
    ],
)
def test_what_cannot_be_edited_is_refused(before: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        set_field(before, "a", "x")


@pytest.mark.parametrize(
    "character", ["\u2028", "\u0085", "\x00", "\x1b", "\r", "\udcff", "\uffff"]
)
def test_characters_that_no_field_may_hold_are_refused(character: str) -> None:
    with pytest.raises(UsageError, match=f"U\\+{ord(character):04X}"):
        set_field(fenced("a: 1\n"), "a", f"x{character}y")


def test_paths_that_lead_nowhere_are_refused() -> None:
    with pytest.raises(UsageError, match=r"`a.b` leads nowhere: `a` has no `b`"):
        set_field(fenced("a: 1\n"), ("a", "b"), "x")
    with pytest.raises(UsageError, match=r"`a` has no `7`"):
        set_field(fenced("a: [x]\n"), ("a", 7), "x")
    with pytest.raises(UsageError, match="is a map, not a list"):
        add_to_list(fenced("a: {b: 1}\n"), "a", ["x"])


def test_line_ends_and_byte_order_mark_stay() -> None:
    before = "\ufeff---\r\na: 1 # c\r\nb: [x]\r\n---\r\nBody\n"
    text = set_field(before, "a", "p\nq\n")
    assert text == before.replace("1 # c", '"p\\nq\\n" # c')
    text = set_field(before, "c", "p\nq\n")
    assert text == before.replace("[x]\r\n", "[x]\r\nc: |\r\n  p\r\n  q\r\n")
    assert remove_field(text, "c") == before


def test_the_closing_fence_may_end_the_file() -> None:
    assert set_field("---\na: 1\n---", "a", "2") == "---\na: 2\n---"
    assert set_field("---\n---", "a", "2") == "---\na: 2\n---"
