"""The list: works as rows, and of each the fields that were asked for.

A list may have 100,000 rows, so it is kept column by column.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from plainwork.analysis.query_words import QueryProblem
from plainwork.analysis.work_fields import COLUMNS, work_field_types
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Dependency

_ALWAYS_SET = frozenset({"id", "path", "title"})
DEFAULT_COLUMNS = ("id", "status", "owner", "due", "title")


class Listing(msgspec.Struct, frozen=True):
    """Works in display order.

    Attributes:
        columns: The fields that are shown.
        values: Of each column the effective values, one a work; what is not set is None.
        total: How many works there are, shown or not.
        left_out: How many a condition could not judge.
    """

    columns: tuple[str, ...]
    values: tuple[Sequence[Any], ...]
    total: int
    left_out: int = 0

    @property
    def count(self) -> int:
        """How many works are shown."""
        return len(self.values[0])


class ListedWorks(msgspec.Struct, frozen=True):
    """A listing as machines read it: an object a work."""

    columns: tuple[str, ...]
    works: tuple[dict[str, Any], ...]
    count: int
    total: int
    left_out: int = 0


def parse_columns(text: str, snapshot: Snapshot) -> tuple[str, ...] | QueryProblem:
    """Read ``id,owner,x-source``: names of fields, and ``path``."""
    if not text:
        return DEFAULT_COLUMNS
    known: dict[str, object] = {"path": None, **work_field_types(snapshot)}
    columns = tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split(",")))))
    for name in columns:
        if name not in known and not name.startswith("x-"):
            from plainwork.parsing.near_match import did_you_mean

            hint = did_you_mean(name, known) or f"known are {', '.join(known)}"
            return QueryProblem(f"there is no column `{name}`", hint)
    return columns or QueryProblem("no column is named", "--columns id,title")


def compute_listing(
    snapshot: Snapshot,
    rows: Sequence[int],
    columns: Sequence[str],
    *,
    today: date,
    left_out: int = 0,
) -> Listing:
    """Look up the fields of works.

    Args:
        snapshot: The workspace.
        rows: The works by their rows, in display order.
        columns: Names of fields, at least one.
        today: The day of the question, after which routines recur.
        left_out: How many works a condition could not judge.
    """
    values = tuple(
        _schedules(snapshot, rows, today) if name == "schedule" else _values(snapshot, name, rows)
        for name in columns
    )
    return Listing(tuple(columns), values, len(snapshot.works), left_out)


def listed_works(listing: Listing) -> ListedWorks:
    """Return a listing with an object a work."""
    works = tuple(
        dict(zip(listing.columns, row, strict=True)) for row in zip(*listing.values, strict=True)
    )
    return ListedWorks(listing.columns, works, listing.count, listing.total, listing.left_out)


def order_rows(snapshot: Snapshot, rows: Sequence[int]) -> list[int]:
    """Return rows in the usual order: open before closed, what is due soonest first."""
    columns = snapshot.works.columns
    due: Sequence[date | None] = columns["due"]
    days = sorted(day for day in set(due) if day is not None)
    # Numbers are compared faster than days, and a workspace has fewer days than works.
    place: dict[date | None, int] = {day: number for number, day in enumerate(days)}
    place[None] = len(days)
    closed = {
        category: len(place) if category is not None and not category.open else 0
        for category in set(columns["category"])
    }
    keys = [
        place[day] + closed[category]
        for day, category in zip(due, columns["category"], strict=True)
    ]
    return sorted(rows, key=keys.__getitem__)


def _values(snapshot: Snapshot, name: str, rows: Sequence[int]) -> Sequence[Any]:
    columns = snapshot.works.columns
    if name in _ALWAYS_SET:
        return _take(columns[name], rows)
    if name in COLUMNS:
        return _shown(_take(columns[name], rows))
    fields = columns["fields"]
    return [fields[row].get(name) for row in rows]


def _schedules(snapshot: Snapshot, rows: Sequence[int], today: date) -> Sequence[Any]:
    """Return when routines recur: in words, on which days next, and as written."""
    from plainwork.views.occurrences import compute_recurrence  # few lists show it

    shown: list[Any] = []
    for row in rows:
        work = snapshot.works[row]
        schedule = work.fields.get("schedule")
        found = compute_recurrence(work, snapshot, today) if work.kind == "routine" else None
        if found is not None:
            days = [occurrence.day for occurrence in found.next]
            schedule = {"words": found.words, "next": days, **work.fields["schedule"]}
        shown.append(schedule)
    return shown


def _take(column: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    return list(map(column.__getitem__, rows))


def _shown(values: Sequence[Any]) -> Sequence[Any]:
    """Return values of a column for display: each distinct one is looked at once."""
    shown = {value: _show(value) for value in set(values)}
    if all(value is new for value, new in shown.items()):
        return values
    return list(map(shown.__getitem__, values))


def _show(value: Any) -> Any:
    if value == "":
        return None
    if isinstance(value, tuple):
        return tuple(_dependency(each) if isinstance(each, Dependency) else each for each in value)
    return value


def _dependency(dependency: Dependency) -> str:
    plain = dependency.type == "FS" and not dependency.lag
    return dependency.on if plain else f"{dependency.on} {dependency.type} {dependency.lag}".strip()
