from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.diagnostic import Diagnostic
from plainwork.parsing.foreign_yaml import MAX_VALUES, ForeignYaml, parse_foreign_yaml

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 20)
)


def read(text: str) -> ForeignYaml:
    found = parse_foreign_yaml("source.yaml", text)
    assert isinstance(found, ForeignYaml), found
    return found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param("a: 012\nb: no\nc: ~", {"a": "012", "b": "no", "c": "~"}, id="text"),
        pytest.param("a: {b: [c, {d: e}]}", {"a": {"b": ["c", {"d": "e"}]}}, id="nested"),
        pytest.param("a: &x [1]\nb: *x\n", {"a": ["1"], "b": ["1"]}, id="alias"),
        pytest.param(
            "b: &b {c: 1, d: 2}\na: {<<: *b, c: 3}",
            {"b": {"c": "1", "d": "2"}, "a": {"d": "2", "c": "3"}},
            id="merge",
        ),
        pytest.param(
            "a: {<<: []}\n'<<': {b: c}", {"a": {"<<": []}, "<<": {"b": "c"}}, id="no merge"
        ),
        pytest.param("a: 1\na: 2\n", {"a": "2"}, id="the last of two keys"),
        pytest.param("? [a, b]\n: c\n", {'["a", "b"]': "c"}, id="a list as key"),
        pytest.param("a: !thing b", {"a": "b"}, id="tag"),
        pytest.param("a: !!python/object:os.system [b]", {"a": ["b"]}, id="tag of Python"),
        pytest.param("a: b\n---\nc: d\n", {"a": "b"}, id="two documents"),
    ],
)
def test_what_yaml_allows_is_read(text: str, values: Any) -> None:
    assert read(text).values == values


@pytest.mark.parametrize(
    ("text", "value", "repaired"),
    [
        pytest.param("a: @ada", "@ada", 1, id="at"),
        pytest.param("a: `ls`", "`ls`", 1, id="backtick"),
        pytest.param("a: %done", "%done", 1, id="percent"),
        pytest.param("a: *ada", "*ada", 1, id="alias of nothing"),
        pytest.param("a: &x [*x]", "&x [*x]", 1, id="a list of itself"),
        pytest.param("a: b: c", "b: c", 1, id="colon"),
        pytest.param("a: @it's", "@it's", 1, id="apostrophe"),
        pytest.param("a: @ada # why", "@ada", 1, id="comment behind it"),
        pytest.param("a:\n  - @ada\n  - @bob\n", ["@ada", "@bob"], 2, id="entries"),
        pytest.param("a: '@ada'", "@ada", 0, id="nothing to repair"),
    ],
)
def test_values_that_are_no_yaml_are_the_text_that_was_meant(
    text: str, value: Any, repaired: int
) -> None:
    found = read(text)
    assert found.values == {"a": value}
    assert found.repaired == repaired


@pytest.mark.parametrize(
    ("text", "more"),
    [
        pytest.param("a: b\nc: [d, 'e']\n", False, id="plain"),
        pytest.param("a: 'b # c'\nd: e#f\n", False, id="no comment"),
        pytest.param("a: |\n  # text\nb: >-\n  # text\n", False, id="text in a block"),
        pytest.param("a: !!str 1\n", False, id="standard tag"),
        pytest.param("# why\na: b\n", True, id="comment above"),
        pytest.param("a: b # why\n", True, id="comment behind"),
        pytest.param("a: | # why\n  b\n", True, id="comment at a block"),
        pytest.param("a: [b, # why\n  c]\n", True, id="comment in a list"),
        pytest.param("a: @b # why\n", True, id="comment on a repaired line"),
        pytest.param("a: &x b\n", True, id="anchor"),
        pytest.param("a: !thing b\n", True, id="tag"),
        pytest.param("a: 1\na: 2\n", True, id="duplicate key"),
        pytest.param("a: b\n---\nc: d\n", True, id="second document"),
        pytest.param("%YAML 1.1\n---\na: b\n", True, id="directive"),
        pytest.param("a: {<<: {b: c}}\n", True, id="merge"),
        pytest.param("? [a]\n: b\n", True, id="a list as key"),
    ],
)
def test_whether_the_text_says_more_than_its_values(text: str, more: bool) -> None:
    assert read(text).says_more == more


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("- a\n", 1, "not a list of `key: value` lines", id="list"),
        pytest.param("words", 1, "not a list of `key: value` lines", id="text"),
        pytest.param("a: [b\nc: d\n", 2, "did not find expected ',' or ']'", id="unclosed"),
        pytest.param("a: b\nx: " + "[" * 30_000, 2, "nested more than 16 deep", id="depth"),
        pytest.param(BOMB, 5, f"more than {MAX_VALUES:,} values", id="bomb"),
        pytest.param("a: b\x07\n", 0, "control characters are not allowed", id="bell"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, line: int, message: str) -> None:
    found = parse_foreign_yaml("source.yaml", text)
    assert isinstance(found, Diagnostic)
    assert message in found.message
    assert found.location.line == line


def test_lines_are_counted_in_the_file() -> None:
    found = parse_foreign_yaml("source.md", "a: [b\nc: d\n", line=10)
    assert isinstance(found, Diagnostic)
    assert found.location.line == 12


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=6))
def test_what_another_tool_dumps_is_read_back(values: dict[str, Any]) -> None:
    dumped = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    found = parse_foreign_yaml("source.yaml", dumped)
    if isinstance(found, Diagnostic):
        assert "deep" in found.message
    elif "&id" not in dumped:
        assert found.values == values
        assert not found.repaired
