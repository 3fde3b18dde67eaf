"""Splitting is exact, reading is strict, and no file is beyond a diagnosis."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from plainwork.model.diagnostic import Severity
from plainwork.parsing.front_matter import StrictHandler, parse_front_matter
from plainwork.parsing.yaml_tree import MAX_DEPTH, Mapping, Node, Scalar, Sequence, find_node

BOMB = "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(50))


def problems_of(data: bytes) -> list[tuple[str, int, int]]:
    _, problems = parse_front_matter("a.md", data)
    return [(found.rule, found.location.line, found.location.column) for found in problems]


def plain_value(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain_value(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return node.text


@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        pytest.param("---\na: b\n---\nbody\n", "a: b\n", "body\n", id="usual"),
        pytest.param("---\n---\n", "", "", id="empty"),
        pytest.param("---\n---", "", "", id="no-last-line-end"),
        pytest.param("--- \t\na: b\n---\t\n\n body", "a: b\n", "\n body", id="blanks-after-fences"),
        pytest.param("---\r\na: b\r\n---\r\nbody\r\n", "a: b\r\n", "body\r\n", id="crlf"),
        pytest.param("---\na: ----\n---\n---\n", "a: ----\n", "---\n", id="fence-in-the-body"),
        pytest.param("\ufeff---\na: b\n---\nbody", "a: b\n", "body", id="byte-order-mark"),
    ],
)
def test_a_file_is_split_without_changing_it(text: str, yaml: str, body: str) -> None:
    assert StrictHandler("a.md").detect(text)
    assert StrictHandler("a.md").split(text) == (yaml, body)

    front_matter, _ = parse_front_matter("a.md", text.encode())
    assert front_matter is not None
    assert (front_matter.text, front_matter.body) == (text, body)


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [
        pytest.param(b"", "front-matter-missing", 1, 1, id="empty-file"),
        pytest.param(b"title: a\n---\n", "front-matter-missing", 1, 1, id="no-fence"),
        pytest.param(b"\n---\na: b\n---\n", "front-matter-missing", 1, 1, id="fence-in-the-middle"),
        pytest.param(b"----\na: b\n---\n", "front-matter-missing", 1, 1, id="four-dashes"),
        pytest.param(b"---\na: b\n", "front-matter-unclosed", 1, 1, id="unclosed"),
        pytest.param(b"---\na: b\n ---\n", "front-matter-unclosed", 1, 1, id="indented-fence"),
        pytest.param(b"---\na: \xff\n---\n", "not-utf-8", 2, 4, id="not-utf-8"),
        pytest.param(b"x" * (1024 * 1024 + 1), "file-too-large", 0, 0, id="too-large"),
        pytest.param(b"---\na: b\rc: d\n---\n", "control-character", 2, 5, id="lone-cr"),
        pytest.param("---\na: b\u2028c: d\n---\n".encode(), "control-character", 2, 5, id="u2028"),
        pytest.param("---\na: b\u0085\n---\n".encode(), "control-character", 2, 5, id="u0085"),
        pytest.param(b"---\na: b\x7f\n---\n", "control-character", 2, 5, id="delete"),
        pytest.param(b'---\na: "\\u2029"\n---\n', "control-character", 2, 4, id="escaped"),
        pytest.param(b"---\na: b\na: c\n---\n", "duplicate-key", 3, 1, id="duplicate"),
        pytest.param(b"---\na: {b: c, 'b': d}\n---\n", "duplicate-key", 2, 11, id="quoted-twin"),
        pytest.param(b"---\na: &x b\n---\n", "yaml-anchor", 2, 4, id="anchor"),
        pytest.param(b"---\na: *x\n---\n", "yaml-anchor", 2, 4, id="alias"),
        pytest.param(b"---\n<<: {a: b}\n---\n", "yaml-anchor", 2, 1, id="merge-key"),
        pytest.param(BOMB.join(("---\n", "---\n")).encode(), "yaml-anchor", 2, 4, id="alias-bomb"),
        pytest.param(b"---\na: !!python/object:os.system b\n---\n", "yaml-tag", 2, 4, id="tag"),
        pytest.param(b"---\n%YAML 1.1\n--- \n", "yaml-syntax", 3, 1, id="directive"),
        pytest.param(b"---\na: b\n...\n---\n", "yaml-document", 3, 1, id="document-end"),
        pytest.param(b"---\n--- a\n---\n", "yaml-document", 2, 1, id="second-document"),
        pytest.param(b"---\n? [a]\n: b\n---\n", "yaml-key", 2, 3, id="list-as-key"),
        pytest.param(b"---\na: {{ title }}\n---\n", "yaml-key", 2, 5, id="unquoted-placeholder"),
        pytest.param(b"---\na:\n\tb: c\n---\n", "tab-indentation", 3, 1, id="tab"),
        pytest.param(b"---\n- a\n---\n", "yaml-syntax", 2, 1, id="list"),
        pytest.param(b"---\na: b: c\n---\n", "yaml-syntax", 2, 5, id="colon"),
        pytest.param(
            b"---\na: " + b"[" * 25_000 + b"\n---\n", "nesting-too-deep", 2, 19, id="deep"
        ),
        pytest.param(
            b"---\n" + b"a" * 1_000_000 + b": b\n---\n", "yaml-syntax", 2, 1_000_001, id="long-key"
        ),
    ],
)
def test_what_a_reviewer_could_misread_is_refused(
    data: bytes, rule: str, line: int, column: int
) -> None:
    assert problems_of(data) == [(rule, line, column)]


@pytest.mark.parametrize(
    ("text", "rule", "severity", "line", "column"),
    [
        pytest.param("\ufeff---\n---\n", "byte-order-mark", Severity.WARNING, 1, 1, id="mark"),
        pytest.param("---\n---\na\r\n", "crlf", Severity.WARNING, 3, 2, id="crlf"),
        pytest.param(
            "---\nti\u200btle: a\n---\n",
            "invisible-character",
            Severity.ERROR,
            2,
            3,
            id="in-a-name",
        ),
        pytest.param(
            "---\na: b\u202ec\n---\n",
            "invisible-character",
            Severity.WARNING,
            2,
            5,
            id="in-a-value",
        ),
        pytest.param(
            "---\n---\n\u00ad", "invisible-character", Severity.WARNING, 3, 1, id="in-the-body"
        ),
    ],
)
def test_what_looks_like_nothing_is_told(
    text: str, rule: str, severity: Severity, line: int, column: int
) -> None:
    front_matter, problems = parse_front_matter("a.md", text.encode())

    assert front_matter is not None
    assert [(found.rule, found.severity) for found in problems] == [(rule, severity)]
    assert problems_of(text.encode()) == [(rule, line, column)]


@pytest.mark.parametrize("text", ["👩\u200d💻", "✔\ufe0f", "a\tb", "é", "日本"])
def test_what_people_type_is_fine(text: str) -> None:
    assert problems_of(f"---\na: x {text}\n---\n{text}\n".encode()) == []


def test_nothing_is_guessed() -> None:
    written = ["NO", "12:30:45", "0o17", "2026-05-01", "1_000", "yes", "", "~", "=", "<"]

    text = "".join(f"k{number}: {value}\n" for number, value in enumerate(written))
    front_matter, _ = parse_front_matter("a.md", f"---\n{text}---\n".encode())

    assert front_matter is not None
    assert list(plain_value(front_matter.root).values()) == written


def test_depth_is_allowed_up_to_the_limit() -> None:
    deep = MAX_DEPTH - 1  # the map of all fields is one

    assert problems_of(f"---\na: {'[' * deep}{']' * deep}\n---\n".encode()) == []


PIECES = st.sampled_from(
    [
        *("a", "b: ", "c:", "\n", "  ", "    ", "- ", "{", "}", "[", "]", ", ", "'", '"', "''"),
        *("|\n", ">-\n", "#", " # x", "\\n", "\\u0041", "é", "1", "~", "&a ", "*a", "!t ", "? "),
        *("\t", "---\n", "...\n", "%", "<<: ", "\r\n", "\u2028", "\u200b", "@", "`", ": "),
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_what_is_read_is_what_another_reader_reads(text: str) -> None:
    data = f"---\n{text}\n---\n".encode()
    front_matter, problems = parse_front_matter("a.md", data)
    if front_matter is None:
        assert len(problems) == 1
        return
    yaml = YAML(typ="base", pure=True)
    start, end, _ = StrictHandler("a.md").spans(front_matter.text)
    try:
        expected = yaml.load(front_matter.text[start:end].replace("\r\n", "\n"))
    except YAMLError:  # stricter than libyaml in corners such as tabs behind a dash
        return
    assert plain_value(front_matter.root) == (expected or {})


@given(st.lists(PIECES, max_size=20).map("".join))
def test_every_value_stands_where_the_tree_says(text: str) -> None:
    front_matter, _ = parse_front_matter("a.md", f"---\n{text}\n---\n".encode())
    if front_matter is None:
        return
    lines = front_matter.text.split("\n")
    for key, value in front_matter.root.entries:
        for scalar in (key, value):
            written = front_matter.text[scalar.start : scalar.end]
            assert lines[scalar.line - 1][scalar.column - 1 :].startswith(written.split("\n")[0])
            if isinstance(scalar, Scalar) and scalar.plain and "\n" not in written:
                assert written == scalar.text


@given(st.binary(max_size=100).map(b"---\n".__add__))
def test_no_bytes_are_beyond_a_diagnosis(data: bytes) -> None:
    front_matter, problems = parse_front_matter("a.md", data)

    assert front_matter is not None or len(problems) == 1


@pytest.mark.parametrize(
    ("field", "place"),
    [
        pytest.param(("a",), (2, 4), id="value"),
        pytest.param(("b", 1, "c"), (5, 9), id="inside"),
        pytest.param(("b", 7), (4, 3), id="deepest-that-exists"),
        pytest.param(("a", 0), (2, 4), id="one-for-a-list"),
        pytest.param(("z",), None, id="nowhere"),
    ],
)
def test_a_field_is_found(field: tuple[str | int, ...], place: tuple[int, int] | None) -> None:
    front_matter, _ = parse_front_matter("a.md", b"---\na: x\nb:\n  - y\n  - {c: z}\n---\n")
    assert front_matter is not None

    node = find_node(front_matter.root, field)

    assert (node and (node.line, node.column)) == place
