"""What keeps work from going on: the one definition of *blocked*.

Work is blocked if its ``blocked`` says so, if the team that it was handed to has rejected it, or
if it may not start yet because of other work: that must finish first (``FS``) or start first
(``SS``). ``FF`` and ``SF`` hold back only its end.
"""

from collections.abc import Iterator

from plainwork.analysis.handoffs import find_rejections
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Dependency, Work


def is_blocked(work: Work, snapshot: Snapshot) -> bool:
    """Return whether open work cannot go on."""
    return work.open and bool(find_obstacle(work, snapshot) or find_blockers(work, snapshot))


def find_obstacle(work: Work, snapshot: Snapshot) -> str:
    """Return what open work waits for, if that is not work: in words, or ``""``."""
    rejection = find_rejections(snapshot).get(work.id.lower())
    if work.blocked or rejection is None:
        return work.blocked
    return f"{rejection.team} rejected it{f': {rejection.reason}' if rejection.reason else ''}"


def find_blockers(work: Work, snapshot: Snapshot) -> tuple[Work, ...]:
    """Return the works that one directly waits for, each once, in the order of the file."""
    found: dict[Work, None] = {}
    for dependency in work.depends_on:
        other = snapshot.work(dependency.on)
        if other is not None and other != work and _holds_back(dependency, other):
            found[other] = None
    return tuple(found)


def waits_for(work: Work, snapshot: Snapshot) -> tuple[Work, ...]:
    """Return every work that one waits for, through the chain: the nearest first, each once.

    Works that wait for each other in a ring are named once, the first one never.
    """
    return tuple(other for level in blocker_levels(work, snapshot) for other in level)


def blocker_levels(work: Work, snapshot: Snapshot) -> Iterator[tuple[Work, ...]]:
    """Yield what a work waits for directly, then what that waits for, each work once."""
    found = {work: None}
    level: tuple[Work, ...] = (work,)
    while level:
        blockers = [other for waiter in level for other in find_blockers(waiter, snapshot)]
        level = tuple(other for other in dict.fromkeys(blockers) if other not in found)
        found |= dict.fromkeys(level)
        if level:
            yield level


def _holds_back(dependency: Dependency, other: Work) -> bool:
    match dependency.type:
        case "FS":
            return other.open
        case "SS":
            return other.open and not other.in_progress
        case _:
            return False
