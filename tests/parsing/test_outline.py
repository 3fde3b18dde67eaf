"""Outlines say the same as reading the document does, or there is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.references import WORK_KINDS
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables
from plainwork.parsing.outline import parse_outline
from support.archive import unpack

PATH = "work/by-name.md"
TABLES = FieldTables()
IDS = ("a-1", "b.2", "by-name", "c_3")
EXAMPLES = sorted((Path(__file__).parents[1] / "rules").rglob("*.txt"))


def agrees(data: bytes) -> bool:
    """Return whether there is no outline, or it says what reading says."""
    outline = parse_outline(data)
    document = parse_document(PATH, "work", data, TABLES)
    if outline is None or not document.readable:
        return True
    uses = (use for use in document.references if use.to in WORK_KINDS)
    names = {use.target.lower() for use in uses}
    words = frozenset(name.encode() for name in (*names, *IDS))
    return (outline.id or "by-name") == document.id and outline.mentions(words) >= names


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_outlines_agree_with_the_examples_of_rules(example: Path) -> None:
    files = unpack(example.read_text(encoding="utf-8"))
    assert all(agrees(text.encode()) for path, text in files.items() if path.endswith(".md"))


LINES = st.sampled_from(
    [
        "id: a-1", "id: b.2 ", "id:  c_3", "id: 'a-1'", '"id": a-1', "id : a-1", "ID: a-1", "id:",
        "  id: a-1", "  c_3", "? id", ": a-1", "{id: a-1}", "id: a-1 # b.2", "title: 'x", "'", '"',
        'title: "x', "title: |", "title: x", "parent: a-1", "parent: 'A-1'", 'parent: "\\x61-1"',
        "depends_on: [a-1, {on: b.2}]", "depends_on:", "  - a-1", "- b.2",
        "links: {relates: [c_3]}", "aliases: [b.2]", "", "#", "...", "---x", "x-a: id",
        "links: {relates: [b.2,", "c_3]}",
    ]
)  # fmt: skip


@given(lines=st.lists(LINES, max_size=6), end=st.sampled_from(["\n", "\r\n", " \n"]))
def test_outlines_agree_with_whatever_is_written(lines: list[str], end: str) -> None:
    text = "---\n" + "".join(f"{line}{end}" for line in lines) + "---\nid: z\n---\n"
    assert agrees(text.encode())


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("---\nid: a-1\ntitle: x\n---\n", "a-1"),
        ("---\nid: a-1\n---", "a-1"),
        ("---\ntitle: x\nparent: a-1\n---\nid: z\n", ""),
        ("---\n---\n", ""),
    ],
)
def test_what_plainwork_writes_has_an_outline(text: str, id_: str) -> None:
    outline = parse_outline(text.encode())
    assert outline is not None
    assert outline.id == id_


@pytest.mark.parametrize(
    "text",
    ["", "id: a-1\n", "\ufeff---\nid: a\n---\n", "---\nid: a-1\n  b\n---\n", "---\nid: a-1\n",
     "---\nid: a-1\n\n  b\n---\n", "---\ntitle: x\nid: a-1\n---\n", "---\nid: a-1\n--- \n"],
)  # fmt: skip
def test_what_could_be_read_otherwise_has_none(text: str) -> None:
    assert parse_outline(text.encode()) is None
