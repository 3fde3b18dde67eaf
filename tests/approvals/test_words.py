"""A change in words: short, in one line, and without what cannot be seen."""

from typing import Any

import pytest

from plainwork.approvals.words import clean, describe_changes, title_of
from plainwork.model.change import ChangedDocument
from support.changes import make_change
from support.purchases import BASE_FILES, LATHE, edited


def described(*edits: tuple[str, str, str]) -> list[str]:
    (document,) = make_change(BASE_FILES, edited(*edits)).documents
    return list(describe_changes(document))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("status: review", "status: ordering", "status: review → ordering"),
        ("amount: 800", "amount: 61000", "amount: 800 → 61000"),
        ("vendor: Hubwerk\n", "", "vendor: Hubwerk → nothing"),
        ("status:", "labels: [a, b]\nstatus:", "labels: a, b"),
        (
            "status:",
            "depends_on: [{on: saw, type: SS}]\nstatus:",
            'depends_on: [{"on": "saw", "type": "SS"}]',
        ),
        ("It turns.\n", "It turns.\nFast.\nVery fast.\n", "body: 2 lines"),
        ("It turns.", "It stands.", "body: 1 line"),
        ("status: review", "status: review # so far", "how it is written"),
    ],
)
def test_a_change_in_words(old: str, new: str, words: str) -> None:
    assert described((LATHE, old, new)) == [words]


def test_files_and_documents_come_and_go() -> None:
    axe = {**BASE_FILES, "work/axe.md": "---\ntitle: Axe\nworkflow: task\n---\n", "CODEOWNERS": "x"}
    made = {each.id: describe_changes(each) for each in make_change(BASE_FILES, axe).documents}
    assert made == {"axe": ("created", "title: Axe", "workflow: task"), "CODEOWNERS": ("created",)}
    gone = {each.id: describe_changes(each) for each in make_change(axe, BASE_FILES).documents}
    assert gone == {"axe": ("deleted",), "CODEOWNERS": ("deleted",)}
    (file,) = make_change(axe, {**axe, "CODEOWNERS": "y"}).documents
    assert describe_changes(file) == ("the file's content",)


def test_a_move_is_told() -> None:
    moved = {path: text for path, text in BASE_FILES.items() if path != LATHE}
    moved["work/old/lathe.md"] = BASE_FILES[LATHE]
    (document,) = make_change(BASE_FILES, moved).documents
    assert describe_changes(document) == ("path: work/lathe.md → work/old/lathe.md",)
    assert title_of(document) == "A lathe"


def test_many_changes_are_bounded() -> None:
    text = "".join(f"x-{number}: {'long ' * 50}\n" for number in range(100))
    lines = described((LATHE, "status:", f"{text}status:"))
    assert len(lines) == 30
    assert lines[-1] == "71 more changes"
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("\x1b[31mred\x07", "�[31mred�"),
        ("a\u202eb\u200bc", "a�b�c"),
        ("lone \ud800", "lone �"),
        ("x" * 81, "x" * 79 + "…"),
        ("x" * 80, "x" * 80),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_shown_as_such(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_document_that_cannot_be_read_is_called_by_its_id() -> None:
    values: dict[str, Any] = {"fields": frozenset({"body"})}
    assert title_of(ChangedDocument("work", "lost", None, None, **values)) == "lost"
