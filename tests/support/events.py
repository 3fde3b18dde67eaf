"""Histories by hand: what some commits wrote, and what happened by that."""

from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo

from plainwork.flow.events import CommitFiles, WrittenWork, extend_history
from plainwork.model.history import Commit, History
from plainwork.model.party import Party
from plainwork.model.record import Record
from plainwork.model.workflow import Workflow
from support.builders import make_workflow

WORKFLOWS = {"task": make_workflow()}
NOBODY: Mapping[str, Party] = {}
DAY = 86_400


def written(id_: str, status: str = "todo", path: str = "", **more: object) -> WrittenWork:
    fields = {"title": id_, "workflow": "task", "status": status, **more}
    return WrittenWork(path or f"work/{id_}.md", id_, fields, "")


def commit(
    number: int,
    *works: WrittenWork,
    removed: Iterable[str] = (),
    unreadable: Iterable[str] = (),
    at: int | None = None,
    effective: str = "",
    zone: tzinfo = UTC,
    author: str = "",
    workflows: Mapping[str, Workflow] = WORKFLOWS,
    parties: Mapping[str, Party] = NOBODY,
    answers: Iterable[Record] = (),
) -> CommitFiles:
    """Build a commit that is made on a day of 1970 (the first: 0), at its beginning."""
    time = number * DAY if at is None else at
    return CommitFiles(
        Commit(f"c{number}", (), time, author_email=author, effective=effective),
        tuple(sorted(works, key=lambda work: work.path)),
        tuple(removed),
        tuple(unreadable),
        workflows,
        zone,
        parties,
        tuple(answers),
    )


def read(*commits: CommitFiles) -> History:
    return extend_history(History(), commits, commits[-1].commit.id)
