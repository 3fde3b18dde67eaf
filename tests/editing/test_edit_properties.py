"""What holds for every edit of every file that can be read."""

import difflib

from hypothesis import given
from hypothesis import strategies as st

from plainwork.editing.editable import data_of_node, data_of_value
from plainwork.editing.front_matter_edit import (
    add_to_list,
    remove_field,
    remove_from_list,
    set_field,
)
from plainwork.editing.yaml_text import Value
from plainwork.model.diagnostic import Severity
from plainwork.parsing.front_matter import FrontMatter, parse_front_matter

ENTRIES = [
    "title: Sign in",
    "'title': \"Sign in\"   # asked for by legal",
    "title: 'Sign in'",
    "title:",
    "title:   # later",
    "title: |\n  Sign\n\n  in\n",
    "title: >-  # folded\n  Sign\n  in",
    "title: |+\n  Sign\n\n\n",
    "title: Sign\n  in",
    "title:\n  Sign in",
    "title: [Sign,  in]  # list",
    "title: [\n  Sign, # one\n  in,\n]",
    "title:\n- Sign # one\n# two\n- in",
    "title:\n  - Sign\n\n  - |\n    in\n",
    "title: {a: Sign, 'b': [in]}",
    "title:\n  a: Sign\n  b:\n    - in # deep",
]
ABOVE = ["", "id: web-1  # stable\n", "# A comment.\n\nid: 'web-1'\n", "id: >\n  web-1\n\n"]
BELOW = ["", "status: todo  # why\n", "\n# The end.\n", "status:\n- todo\n\n# The end.\n"]
BODIES = ["", "Text.\n", "title: not a field\n", "`- [ ] {`\n\t%@\n---\n", "\u2028\x0b\n"]


@st.composite
def files(draw: st.DrawFn) -> str:
    entry = draw(st.sampled_from(ENTRIES))
    below = draw(st.sampled_from(BELOW))
    text = f"---\n{draw(st.sampled_from(ABOVE))}{entry}\n{below}---\n"
    text += draw(st.sampled_from(BODIES))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text


allowed = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\u2028\u2029\ufffe\uffff",
    include_characters="\n\t",
)
syntax = st.text("ab01 -:#,[]{}\"'\\|>?&*!%@`~<.\n\t", max_size=12)
special = st.sampled_from(
    ["null", "~", "yes", "2026-05-01", "1e3", "...", "---", "<<", "\r\n", "x: y"]
)
names = st.one_of(syntax, special)
texts = st.one_of(st.text(allowed, max_size=40), syntax, special)
values = st.recursive(
    st.one_of(texts, st.booleans(), st.integers()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)


def read(text: str) -> FrontMatter:
    front_matter, problems = parse_front_matter("file.md", text.encode())
    assert front_matter is not None, problems
    assert not [p for p in problems if p.severity is Severity.ERROR], problems
    return front_matter


def other_entries(text: str) -> list[tuple[str, str]]:
    """What stands in the file besides the title, byte for byte."""
    front_matter = read(text)
    return [
        (text[key.start : key.end], text[value.start : value.end].rstrip("\r\n"))
        for key, value in front_matter.root.entries
        if key.text != "title" and not hasattr(value, "items")
    ]


@given(files(), values)
def test_what_is_written_is_read_back(text: str, value: Value) -> None:
    root = read(set_field(text, "title", value)).root
    node = root.get("title")
    assert node is not None
    assert data_of_node(node) == data_of_value(value)


@given(files(), values, st.sampled_from(["title", "owner"]))
def test_nothing_else_changes(text: str, value: Value, field: str) -> None:
    after = set_field(text, field, value, order=("id", "title", "owner"))
    assert read(after).body == read(text).body
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    kept = [entry for entry in other_entries(after) if entry[0] != "owner"]
    assert kept == other_entries(text)
    for comment in ("# A comment.", "# The end.", "# why", "# stable", "# later", "# folded"):
        assert (comment in after) == (comment in text)
    if "\r" in text:
        front_matter = after[: len(after) - len(read(after).body)]
        assert front_matter.count("\n") == front_matter.count("\r\n")


@given(files(), values)
def test_setting_twice_is_setting_once(text: str, value: Value) -> None:
    once = set_field(text, "title", value)
    assert set_field(once, "title", value) == once


@given(
    st.sampled_from(["title: x", "title: 'x' # c", 'title: "x"', "title:", "title: [x, y] # c"]),
    texts.filter(lambda text: "\n" not in text),
    st.sampled_from(BELOW),
)
def test_one_line_gives_way_to_one_line(entry: str, value: str, below: str) -> None:
    before = f"---\nid: web-1\n{entry}\n{below}---\nBody.\n"
    after = set_field(before, "title", value)
    changes = [
        line[0] for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"
    ]
    assert sorted(changes) in ([], ["+", "-"])


@given(files(), values)
def test_what_is_added_can_be_removed(text: str, value: Value) -> None:
    added = set_field(text, "owner", value)
    assert remove_field(added, "owner") == text
    without = remove_field(text, "title")
    assert read(without).root.get("title") is None
    assert other_entries(without) == other_entries(text)


LISTS = [
    "title: [a, b, c]  # flow",
    "title: [\n  a, # one\n  b,\n  c\n]",
    "title:\n- a # one\n# two\n- b\n- 'c'",
    'title:\n  -  a\n\n  - "b"\n  - |-\n    c',
    "title: a",
    "title:",
    "title: [ ]",
]
items = st.lists(st.one_of(st.sampled_from("abcd"), texts), max_size=4)


@given(st.sampled_from(LISTS), items, items)
def test_lists_are_changed_as_asked(entry: str, added: list[str], removed: list[str]) -> None:
    def items_of(text: str) -> list[str]:
        node = read(text).root.get("title")
        found = [] if node is None else data_of_node(node)
        return [found] if isinstance(found, str) and found else list(found)

    before = f"---\nid: web-1\n{entry}\nstatus: todo\n---\n"
    more = add_to_list(before, "title", added)
    old = items_of(before)
    assert items_of(more) == old + [v for v in dict.fromkeys(added) if v not in old]
    fewer = remove_from_list(more, "title", removed)
    assert items_of(fewer) == [item for item in items_of(more) if item not in removed]
    assert fewer.endswith("status: todo\n---\n")
