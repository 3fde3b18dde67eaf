"""Every key and value of a TOML document is found where it stands, whatever the document."""

import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainwork.model.diagnostic import Diagnostic
from plainwork.parsing.toml_tree import parse_toml
from plainwork.parsing.yaml_tree import MAX_DEPTH, Mapping, Node, Scalar, Sequence

BARE = st.text("abyz019_-", min_size=1, max_size=3)
PIECES = st.lists(
    st.sampled_from(["a", "ü", "🜚", " ", ".", "#", "[", "]", "=", ",", "{", "}", "-", "\t"]),
    max_size=5,
).map("".join)
ESCAPES = st.lists(
    st.sampled_from(['\\"', "\\\\", "\\n", "\\u00fc", "\\U0001F600", "a", "'", "#"]), max_size=4
).map("".join)
BASIC = st.one_of(PIECES, ESCAPES).map('"{}"'.format)
LITERAL = st.one_of(PIECES, st.just('"\\')).map("'{}'".format)
MULTILINE = st.one_of(
    st.lists(
        st.sampled_from(["a", '"', '""', "\\\\", '\\"', "\n", "\r\n", "\\\n  ", "'"]), max_size=6
    )
    .map("".join)
    .map('"""{}"""'.format),
    st.lists(st.sampled_from(["a", "'", "''", "\\", "\n", '"""', "# "]), max_size=6)
    .map("".join)
    .map("'''{}'''".format),
)
BARE_VALUES = st.sampled_from(
    [
        *("1", "-17", "+1_000", "0xdead_BEEF", "0b11", "3.5e-2", "inf", "-nan", "true", "false"),
        *("1979-05-27", "07:32:00.5", "1979-05-27 07:32:00", "1979-05-27T07:32:00-07:00"),
    ]
)
KEYS = st.lists(st.one_of(BARE, BARE, BASIC, LITERAL), min_size=1, max_size=3)
DOTS = st.sampled_from([".", " . ", "\t."])
LINE_ENDS = st.sampled_from(["\n", "\r\n", " # a = 'comment' ]\n", "\n\n# [no]\n\t"])
GAPS = st.sampled_from(["", " ", "\t", "\n", "  # ], \n "])


@st.composite
def dotted(draw: st.DrawFn) -> str:
    return draw(DOTS).join(draw(KEYS))


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = [draw(GAPS) + value + draw(GAPS) for value in draw(st.lists(values, max_size=3))]
    trailing = draw(st.sampled_from(["", ","])) if items else ""
    return f"[{','.join(items)}{trailing}{draw(GAPS)}]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    pairs = draw(st.lists(st.tuples(dotted(), values), max_size=3))
    return f"{{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}"


VALUES = st.recursive(
    st.one_of(BARE_VALUES, BASIC, LITERAL, MULTILINE),
    lambda values: st.one_of(arrays(values), inline_tables(values)),
    max_leaves=5,
)


@st.composite
def statements(draw: st.DrawFn) -> str:
    key = draw(dotted())
    form = draw(st.sampled_from(["{0} = {1}", "{0}={1}", "\t{0} =\t{1}", "[ {0} ]", "[[{0}]]"]))
    return str(form.format(key, draw(VALUES))) + draw(LINE_ENDS)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Valid documents: statements that say something twice or wrongly are dropped."""
    text = ""
    for statement in draw(st.lists(statements(), max_size=8)):
        try:
            tomllib.loads(text + statement)
        except tomllib.TOMLDecodeError:
            continue
        text += statement
    return text


def plain_value(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain_value(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return str(tomllib.loads(f"v = {node.text}")["v"]) if node.plain else node.text


def text_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: text_value(entry) for key, entry in value.items()}
    return [text_value(entry) for entry in value] if isinstance(value, list) else str(value)


def scalars(node: Node) -> list[tuple[Scalar, bool]]:
    """Every key (True) and single value (False)."""
    if isinstance(node, Scalar):
        return [(node, False)]
    if isinstance(node, Sequence):
        return [found for item in node.items for found in scalars(item)]
    return [found for key, value in node.entries for found in [(key, True), *scalars(value)]]


@given(documents(), st.sampled_from(["", "\ufeff"]))
def test_keys_and_values_stand_where_the_tree_says(text: str, mark: str) -> None:
    marked = mark + text
    tree = parse_toml("plainwork.toml", marked, start=len(mark))

    assert isinstance(tree, Mapping)
    assert plain_value(tree) == text_value(tomllib.loads(text))
    lines = text.split("\n")
    for scalar, is_key in scalars(tree):
        written = marked[scalar.start : scalar.end]
        if is_key:
            assert list(tomllib.loads(f"{written} = 1")) == [scalar.text]
        elif not scalar.plain:
            assert tomllib.loads(f"v = {written}")["v"] == scalar.text
        assert lines[scalar.line - 1][scalar.column - 1 :].startswith(written.split("\n")[0])


FRAGMENTS = st.sampled_from(
    [
        *(
            "a",
            "b",
            ".",
            "=",
            " ",
            "\n",
            "\r\n",
            "#",
            ",",
            "[",
            "[[",
            "]",
            "]]",
            "{",
            "}",
            "'",
            '"',
        ),
        *(
            "'''",
            '"""',
            "\\",
            "\\u00e9",
            "\\q",
            "1",
            "-",
            "2026-01-01",
            "true",
            "\x00",
            "\ufeff",
            "ä",
        ),
    ]
)


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
@example("a = [{b.c = 1}, {}]\na.b = 1")
@example("[[a]]\n[a]\n")
@example('"\\q" = 1')
@example("a = " + "9" * 5_000)
@example("a = '''\n''''' # five")
def test_whatever_the_text_the_answer_is_that_of_tomllib(text: str) -> None:
    tree = parse_toml("plainwork.toml", text)
    try:
        values = tomllib.loads(text)
    except ValueError:
        assert isinstance(tree, Diagnostic)
        assert tree.rule == "settings-syntax"
    else:
        assert isinstance(tree, Mapping)
        assert plain_value(tree) == text_value(values)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("a" + ".a" * MAX_DEPTH, 1, 2 * MAX_DEPTH + 1, id="dotted-key"),
        pytest.param("\n[" + "a." * 200_000 + "a]", 2, 2 * MAX_DEPTH + 2, id="hostile-header"),
        pytest.param("a = " + "[" * 400_000, 1, 5 + MAX_DEPTH, id="hostile-array"),
        pytest.param("a = " + "{a=" * 200_000, 1, 3 * MAX_DEPTH + 3, id="hostile-tables"),
    ],
)
def test_nesting_is_bounded(text: str, line: int, column: int) -> None:
    problem = parse_toml("plainwork.toml", text)

    assert isinstance(problem, Diagnostic)
    assert problem.rule == "nesting-too-deep"
    assert (problem.location.line, problem.location.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        pytest.param("a = 1\na = 2\n", 2, 6, "cannot overwrite a value", id="twice"),
        pytest.param("\n  a\n", 2, 4, "expected '=' after a key", id="no-value"),
        pytest.param('a = "b', 1, 7, "unterminated string", id="open-string"),
        pytest.param("a = 9" + "9" * 5_000, 0, 0, "a number is too long", id="endless-number"),
    ],
)
def test_a_syntax_error_says_what_and_where(
    text: str, line: int, column: int, message: str
) -> None:
    problem = parse_toml("plainwork.toml", text)

    assert isinstance(problem, Diagnostic)
    assert problem.message.startswith(message)
    assert (problem.location.line, problem.location.column) == (line, column)
