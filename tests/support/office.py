"""The small office of the transcripts, for tests of plans: real files, in memory or on disk."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.plans.situation import Situation
from plainwork.rules import check_document, check_workspace
from plainwork.storage.workspace import load_snapshot
from support.archive import unpack, write_files

ARCHIVE = Path(__file__).parents[1] / "cli/workspaces/office.txt"
TODAY = date(2026, 3, 2)


def office_files() -> dict[str, str]:
    return unpack(ARCHIVE.read_text(encoding="utf-8"))


def make_office(root: Path, **more: str) -> Path:
    """Write the office, and further work by its id, into a folder without Git."""
    files = {f"work/{id_}.md": text for id_, text in more.items()}
    return write_files(office_files() | files, root)


def situation_of(root: Path, *, actor: str = "ada") -> Situation:
    """Return what a command would find in a workspace."""

    def check(document: Document | None, around: Snapshot) -> Iterable[Diagnostic]:
        if document is not None:
            yield from check_document(document, around.workflows, around.settings)
        yield from check_workspace(around, TODAY)

    return Situation(
        load_snapshot(root),
        read_bytes=lambda path: (root / path).read_bytes(),
        check=check,
        today=TODAY,
        moment=TODAY.isoformat(),
        actor=actor,
    )
