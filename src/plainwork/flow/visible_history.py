"""What happened, as an audience may know it: nothing of works that it does not see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from plainwork.model.history import Event, History

_STATUS = frozenset({"status"})


def filter_history(
    history: History, works: Collection[str], secret: Mapping[str, frozenset[str]]
) -> History:
    """Return a history without works that are not seen, and without fields that are not.

    A work that is gone is left out too, also if its id means another one now: nobody knows any
    more who might have seen it. So is work that ever stood in states that are not seen.

    Args:
        history: What happened; its commits stay, so that positions in it hold.
        works: Ids of the works that are seen, as they are now, in lower case.
        secret: Of each workflow, by id in lower case, the fields that are not seen.
    """
    lives = _find_lives(history.events, works)
    events = list(_strip(history.events, lives, secret))
    closed = {lives[place] for place, event in events if event is None}
    ids = {event.work.lower() for place, event in events if event and lives[place] not in closed}
    return msgspec.structs.replace(
        history,
        events=tuple(event for place, event in events if event and lives[place] not in closed),
        gaps=(),
        answers=tuple(
            each for each in history.answers if ids.issuperset(map(str.lower, each.record.about))
        ),
    )


def _find_lives(events: tuple[Event, ...], works: Collection[str]) -> dict[int, str]:
    """Return of each event that is of a work that is seen, by its place, the id of that work."""
    now = {id_: id_ for id_ in works}
    lives: dict[int, str] = {}
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        id_ = event.work.lower()
        if id_ not in now:
            continue
        lives[place] = now[id_]
        former = event.changes.get("id", (None, None))[0]
        if former:
            now[former.lower()] = now.pop(id_)
        elif event.created:  # what had this id before is another work
            del now[id_]
    return lives


def _strip(
    events: tuple[Event, ...], lives: Mapping[int, str], secret: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, Event | None]]:
    """Yield places and events; None: the work stands in a state that is not seen."""
    workflows: dict[str, str] = {}
    for place in sorted(lives):
        event, life = events[place], lives[place]
        if "workflow" in event.changes:
            workflows[life] = str(event.changes["workflow"][1] or "").lower()
        hidden = secret.get(workflows.get(life, ""), frozenset())
        if hidden >= _STATUS:
            yield place, None
        elif hidden.isdisjoint(event.changes):
            yield place, event
        else:
            changes = {name: each for name, each in event.changes.items() if name not in hidden}
            yield place, msgspec.structs.replace(event, changes=changes)
