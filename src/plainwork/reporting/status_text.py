"""The status for people: one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from plainwork.reporting.approval_text import format_decisions
from plainwork.reporting.table import format_table
from plainwork.reporting.text import ago, plural, style
from plainwork.views.blocked import BlockedWork
from plainwork.views.counts import CountRow
from plainwork.views.status import Status

_CATEGORIES = ("proposed", "ready", "active", "waiting", "done", "dropped")
_KIND_NAMES = {"item": "items", "project": "projects", "routine": "routines"}
_INDENT = "  "


class Section(msgspec.Struct, frozen=True):
    """Something that needs attention: a heading, where to see all of it, and rows."""

    heading: str
    count: int
    more: str
    rows: Sequence[tuple[str, ...]]


def format_status(status: Status, *, width: int, height: int, color: bool) -> Iterator[str]:
    """Yield the lines of a status.

    Args:
        status: The status.
        width: The columns of the screen.
        height: Its lines; the most urgent of each sort are shown as far as they fit.
        color: Whether headings are coloured.
    """
    day = f"{status.today:%A}, {status.today.day} {status.today:%B %Y}"
    yield style(f"{status.workspace or 'Workspace'} · {day}", "bold", on=color)
    yield ""
    if not status.total:
        yield 'There is no work yet: `plainwork new task "What it is"` writes some.'
        return
    if status.by:
        yield from _format_groups(status, width=width, color=color)
        return
    table = list(_format_counts(status.kinds, width=width, color=color))
    yield from table
    yield ""
    sections = [section for section in _sections(status) if section.count]
    # The first lines, the headings of sections, and the line where the next command is typed.
    room = height - 4 - len(table) - len(sections)
    for section, rows in zip(sections, _share(sections, room), strict=True):
        yield from _format_section(section, rows, width=width, color=color)
    if not sections:
        yield "Nothing is overdue, blocked, stale or unowned, and nothing waits for an approval."


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
    headers = (first, *_CATEGORIES, *(("unknown",) if _any_unknown(rows) else ()), *extra)
    align = "<" + ">" * (len(headers) - 1)
    yield from format_table(
        headers,
        cells,
        width=width,
        align=align,
        flexible=first,
        whole=headers[1:],
        color=color,
    )


def _counts(row: CountRow, rows: Sequence[CountRow]) -> Iterator[str]:
    for category in _CATEGORIES:
        yield str(getattr(row, category) or "·")
    if _any_unknown(rows):
        yield str(row.unknown or "·")


def _any_unknown(rows: Sequence[CountRow]) -> bool:
    return any(row.unknown for row in rows)


def _sections(status: Status) -> Iterator[Section]:
    yield Section(
        "Overdue",
        status.overdue.count,
        "plainwork list overdue",
        [
            (work.id, plural(work.overdue, "day"), _who(work.assignees, work.owner), work.title)
            for work in status.overdue.works
        ],
    )
    yield Section(
        "Blocked",
        status.blocked.count,
        "plainwork list blocked",
        [
            (found.work.id, _who(found.work.assignees, found.work.owner), format_obstacle(found))
            for found in status.blocked.works
        ],
    )
    yield Section(
        "Waiting for approval",
        status.waiting_for_approval.count,
        "plainwork list category:waiting",
        [
            (found.work.id, found.work.state, format_decisions(found.decisions), found.work.title)
            for found in status.waiting_for_approval.works
        ],
    )
    yield Section(
        "Over the limit",
        len(status.over_limit),
        "plainwork board",
        [
            (
                f"{over.workflow}:{over.state}",
                f"{over.count} of at most {over.limit}",
                over.team,
                f"plainwork list workflow:{over.workflow} status:{over.state}",
            )
            for over in status.over_limit
        ],
    )
    yield Section(
        "Unowned",
        status.unowned.count,
        "plainwork list open unowned",
        [
            (work.id, f"owner {work.owner} is nobody" if work.owner else "no owner", work.title)
            for work in status.unowned.works
        ],
    )
    yield Section(
        "Stale",
        status.stale.count,
        "plainwork list stale",
        [
            (
                found.work.id,
                f"changed {ago(found.days)}",
                _who(found.work.assignees, found.work.owner),
                found.work.title,
            )
            for found in status.stale.works
        ],
    )


def format_obstacle(found: BlockedWork) -> str:
    """Return in a line what blocked work waits for."""
    parts = [found.reason] if found.reason else []
    chain = " ← ".join(blocker.id for blocker in found.waits_for)
    if chain:
        root = found.waits_for[-1]
        parts.append(f"{chain} ({root.reason or root.owner or root.title})")
    return "; ".join(parts)


def _who(assignees: Iterable[str], owner: str) -> str:
    return ", ".join(assignees) or owner


def _share(sections: Sequence[Section], room: int) -> list[int]:
    """Return how many rows each section shows: in turns, so that none is left without."""
    shares = [min(1, len(section.rows)) for section in sections]
    left = room - sum(shares)
    while left > 0:
        growing = [at for at, section in enumerate(sections) if shares[at] < len(section.rows)]
        if not growing:
            break
        for at in growing[:left]:
            shares[at] += 1
        left -= len(growing)
    return shares


def _format_section(section: Section, rows: int, *, width: int, color: bool) -> Iterator[str]:
    heading = style(f"{section.heading} {section.count}", "bold", on=color)
    hidden = section.count - rows
    yield heading + (style(f" · {hidden} more: {section.more}", "dim", on=color) if hidden else "")
    headers = [""] * len(section.rows[0])
    table = format_table(headers, section.rows[:rows], width=width - len(_INDENT))
    yield from (f"{_INDENT}{line}" for line in table)
