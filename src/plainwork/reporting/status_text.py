"""The status for people: one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from plainwork.model.clock_run import ClockRun
from plainwork.model.workflow import Category
from plainwork.reporting.approval_text import format_decisions
from plainwork.reporting.clock_text import format_missed
from plainwork.reporting.listing_text import NO_WORK
from plainwork.reporting.sections import Section, format_sections
from plainwork.reporting.table import format_table
from plainwork.reporting.text import plural
from plainwork.reporting.title import format_title
from plainwork.views.blocked import BlockedWork
from plainwork.views.clock_words import describe_left
from plainwork.views.counts import CountRow
from plainwork.views.found import Found
from plainwork.views.promises import PromisedWork
from plainwork.views.status import Status

_ALL = "LINES=999 plainwork status"
_KIND_NAMES = {"item": "items", "project": "projects", "routine": "routines"}


def format_status(status: Status, *, width: int, height: int, color: bool) -> Iterator[str]:
    """Yield the lines of a status.

    Args:
        status: The status.
        width: The columns of the screen.
        height: Its lines; the most urgent of each sort are shown as far as they fit.
        color: Whether headings are coloured.
    """
    yield format_title(status.workspace or "Workspace", status.today, width=width, color=color)
    yield ""
    if not status.total:
        yield NO_WORK
        return
    if status.by:
        yield from _format_groups(status, width=width, color=color)
        return
    table = list(_format_counts(status.kinds, width=width, color=color))
    yield from table
    yield ""
    sections = [section for section in _sections(status) if section.count]
    # Above stand the title and two empty lines, below the line where the next command is typed.
    room = height - 4 - len(table)
    yield from format_sections(sections, width=width, lines=room, color=color)
    if not sections:
        yield "Nothing is overdue, breached, blocked, stale or unowned, or waits for approval."


def _format_counts(rows: Sequence[CountRow], *, width: int, color: bool) -> Iterator[str]:
    cells = [(_KIND_NAMES[row.name], *_counts(row, rows)) for row in rows]
    yield from _format_table_of_counts("", cells, rows, width=width, color=color)


def _format_groups(status: Status, *, width: int, color: bool) -> Iterator[str]:
    rows = status.groups
    cells = [
        (row.name or "(none)", *_counts(row, rows), str(row.open), str(row.overdue or ""))
        for row in rows
    ]
    extra = ("open", "late")
    yield from _format_table_of_counts(
        status.by, cells, rows, extra=extra, width=width, color=color
    )
    yield ""
    yield "Items are counted; `plainwork status` says what needs attention."


def _format_table_of_counts(
    first: str,
    cells: Sequence[tuple[str, ...]],
    rows: Sequence[CountRow],
    *,
    extra: tuple[str, ...] = (),
    width: int,
    color: bool,
) -> Iterator[str]:
    headers = (first, *Category, *(("unknown",) if _any_unknown(rows) else ()), *extra)
    align = "<" + ">" * (len(headers) - 1)
    yield from format_table(
        headers,
        cells,
        width=width,
        align=align,
        whole=headers[1:],
        color=color,
    )


def _counts(row: CountRow, rows: Sequence[CountRow]) -> Iterator[str]:
    for category in Category:
        yield str(getattr(row, category) or "·")
    if _any_unknown(rows):
        yield str(row.unknown or "·")


def _any_unknown(rows: Sequence[CountRow]) -> bool:
    return any(row.unknown for row in rows)


def _sections(status: Status) -> Iterator[Section]:
    yield _overdue(status)
    yield _promised("Breached", status.breached, lambda run: format_missed(run, status.today))
    yield _promised("Due soon", status.due_soon, describe_left)
    yield _blocked(status)
    yield _waiting_for_approval(status)
    yield _over_limit(status)
    yield _unowned(status)
    yield _stale(status)


def _overdue(status: Status) -> Section:
    return Section(
        "Overdue",
        status.overdue.count,
        "plainwork list overdue",
        [
            (work.id, plural(work.overdue, "day"), _who(work.assignees, work.owner), work.title)
            for work in status.overdue.works
        ],
    )


def _promised(
    heading: str, found: Found[PromisedWork], describe: Callable[[ClockRun], str]
) -> Section:
    return Section(
        heading,
        found.count,
        _ALL,
        [
            (
                each.work.id,
                each.clock.clock,
                describe(each.clock),
                _who(each.work.assignees, each.work.owner),
                each.work.title,
            )
            for each in found.works
        ],
    )


def _blocked(status: Status) -> Section:
    return Section(
        "Blocked",
        status.blocked.count,
        "plainwork list blocked",
        [
            (found.work.id, _who(found.work.assignees, found.work.owner), format_obstacle(found))
            for found in status.blocked.works
        ],
    )


def _waiting_for_approval(status: Status) -> Section:
    return Section(
        "Waiting for approval",
        status.waiting_for_approval.count,
        _ALL,
        [
            (found.work.id, found.work.state, format_decisions(found.decisions), found.work.title)
            for found in status.waiting_for_approval.works
        ],
    )


def _over_limit(status: Status) -> Section:
    return Section(
        "Over the limit",
        len(status.over_limit),
        "plainwork board",
        [
            (
                f"{over.workflow}:{over.state}",
                f"{over.count} of at most {over.limit}",
                over.team,
                f"plainwork list status:{over.state}",
            )
            for over in status.over_limit
        ],
    )


def _unowned(status: Status) -> Section:
    return Section(
        "Unowned",
        status.unowned.count,
        "plainwork list open unowned",
        [(orphan.work.id, orphan.why, orphan.work.title) for orphan in status.unowned.works],
    )


def _stale(status: Status) -> Section:
    return Section(
        "Stale",
        status.stale.count,
        "plainwork list stale",
        [
            (
                found.work.id,
                plural(found.days, "day"),
                _who(found.work.assignees, found.work.owner),
                found.work.title,
            )
            for found in status.stale.works
        ],
    )


def format_obstacle(found: BlockedWork) -> str:
    """Return in a line what blocked work waits for, the nearest first, and why the last does."""
    parts = [found.reason] if found.reason else []
    if found.waits_for:
        steps = groupby(found.waits_for, key=lambda blocker: blocker.distance)
        chain = " ← ".join(", ".join(blocker.id for blocker in step) for _, step in steps)
        root = found.waits_for[-1]
        parts.append(f"{chain} ({root.reason or root.owner or root.title})")
    return "; ".join(parts)


def _who(assignees: Iterable[str], owner: str) -> str:
    return ", ".join(assignees) or owner
