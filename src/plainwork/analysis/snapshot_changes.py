"""What has become of work between two moments of a workspace, matched by id."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


def find_moves(before: Snapshot, after: Snapshot) -> Iterator[tuple[Work | None, Work]]:
    """Yield the work that is new, or whose workflow or status has changed; the old one first."""
    old = {id_.lower(): (workflow.lower(), status) for id_, workflow, status in _rows(before)}
    for row, (id_, workflow, status) in enumerate(_rows(after)):
        if old.get(id_.lower()) != (workflow.lower(), status):
            work = after.works[row]
            known = find_former(before, work)
            if known is None or (known.workflow.lower(), known.status) != (
                workflow.lower(),
                status,
            ):
                yield known, work


def find_former(before: Snapshot, work: Work) -> Work | None:
    """Return what work was: the one with its id, or with an id that it keeps as an alias."""
    ids = (work.id, *work.aliases)
    return next((found for id_ in ids if (found := before.work(id_)) is not None), None)


def find_gone(before: Snapshot, after: Snapshot) -> Iterator[Work]:
    """Yield the work that is there no more, neither by its id nor by an alias."""
    left = after.works.by_id
    for row, id_ in enumerate(before.works.columns["id"]):
        if id_.lower() not in left:
            yield before.works[row]


def find_renamed(before: Snapshot, after: Snapshot) -> dict[str, Work]:
    """Return what work has become whose id went with its file's name or place: by its old id.

    It stands at the same path under another id, or, where no ``id`` is written, says the same
    under another name.
    """
    gone = list(find_gone(before, after))
    if not gone:
        return {}
    by_path = {work.path: work for work in after.works}
    new = [work for work in after.works if work.id.lower() not in before.works.by_id]
    by_title: dict[tuple[str, str], list[Work]] = {}
    for work in new:
        by_title.setdefault((work.workflow.lower(), work.title), []).append(work)
    found: dict[str, Work] = {}
    for work in gone:
        alike = by_title.get((work.workflow.lower(), work.title), ())
        same = next((each for each in alike if each.fields == work.fields), None)
        renamed = by_path.get(work.path) or same
        if renamed is not None:
            found[work.id] = renamed
    return found


def _rows(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    columns = snapshot.works.columns
    return zip(columns["id"], columns["workflow"], columns["status"], strict=True)
