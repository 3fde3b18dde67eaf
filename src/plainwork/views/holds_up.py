"""Which work waits for other work: the dependencies, seen from the other end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plainwork.analysis.blocking import find_blockers
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


def find_held_up(works: Iterable[Work], snapshot: Snapshot) -> Mapping[Work, tuple[Work, ...]]:
    """Return, for each work that others wait for directly, those of them that are given."""
    found: dict[Work, list[Work]] = {}
    depends_on = snapshot.works.columns["depends_on"]
    for work in works:
        if depends_on[work.row]:
            for blocker in find_blockers(work, snapshot):
                found.setdefault(blocker, []).append(work)
    return {blocker: tuple(waiting) for blocker, waiting in found.items()}
