"""Different people for every place: maximum bipartite matching.

Within one list of approvals distinct people fill the places (``FORMAT.md``, *Approvals*).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence


def match_places(places: Sequence[Collection[str]]) -> tuple[str | None, ...]:
    """Fill as many places as possible, each with another person.

    Args:
        places: Who may fill each place.

    Returns:
        The person for each place, None where nobody is left.
    """
    filled: dict[str, int] = {}
    for place in range(len(places)):
        _fill(place, places, filled)
    people: dict[int, str] = {place: person for person, place in filled.items()}
    return tuple(people.get(place) for place in range(len(places)))


def _fill(place: int, places: Sequence[Collection[str]], filled: dict[str, int]) -> None:
    """Find somebody for a place; others may have to change theirs for it (an augmenting path)."""
    came_from: dict[str, int] = {}
    waiting = deque([place])
    while waiting:
        current = waiting.popleft()
        for person in places[current]:
            if person in came_from:
                continue
            came_from[person] = current
            if person in filled:
                waiting.append(filled[person])
                continue
            _shift(person, place, came_from, filled)
            return


def _shift(person: str, place: int, came_from: dict[str, int], filled: dict[str, int]) -> None:
    """Give a free person the place that asked, whose former holder takes the place before it."""
    holders = {at: holder for holder, at in filled.items()}
    at = came_from[person]
    filled[person] = at
    while at != place:
        person = holders[at]
        at = came_from[person]
        filled[person] = at
