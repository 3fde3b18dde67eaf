"""Until when an approved change stays so if nobody does anything more.

What lets it through can end: an approval by the rule's ``max_age``, whoever gave it by their last
day here, an exception by its own. A success that outlives one of them would be stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from plainwork.approvals.exceptions import Waiver
from plainwork.approvals.maximum_age import end_of
from plainwork.model.decision import DecidedRequirement, Given
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_date


def find_expiry(
    needs: Iterable[DecidedRequirement],
    waivers: Iterable[Waiver],
    snapshot: Snapshot,
    zone: tzinfo,
) -> datetime | None:
    """Return the earliest moment at which something ends that a change was approved by.

    Args:
        needs: What the change needs; ``given`` counts.
        waivers: Exceptions that take effect.
        snapshot: The workspace at the base.
        zone: Its time zone.
    """
    given = [each for need in needs for each in need.given]
    ends = (
        *(each.until for each in given if each.until is not None),
        *_last_days(given, snapshot, zone),
        *_ends_of(waivers, zone),
    )
    return min(ends, default=None)


def _last_days(given: Iterable[Given], snapshot: Snapshot, zone: tzinfo) -> Iterator[datetime]:
    for id_ in {id_ for each in given for id_ in (each.person, each.by) if id_}:
        person = snapshot.person(id_)
        if person is not None and person.last is not None:
            yield end_of(person.last, zone)


def _ends_of(waivers: Iterable[Waiver], zone: tzinfo) -> Iterator[datetime]:
    for waiver in waivers:
        until = parse_date(waiver.until)
        if until is not None:
            yield end_of(until, zone)
