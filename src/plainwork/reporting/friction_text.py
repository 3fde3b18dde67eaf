"""Where time is lost, for people: four rankings, and every wait behind one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.flow.friction import Friction, FrictionRow, Wait
from plainwork.reporting.cases import format_cases
from plainwork.reporting.csv import format_csv
from plainwork.reporting.display_width import cut
from plainwork.reporting.extent import describe_scope, format_days
from plainwork.reporting.lengths import format_length, format_working
from plainwork.reporting.table import format_table
from plainwork.reporting.text import escape_line, plural, style, wrap
from plainwork.reporting.title import format_title

_HASH = 8
_MOST = 5
_NAME = 34
_HEADERS = ("waited", "working", "n", "half", "85%", "open")
_CSV_HEADERS = (
    *("ranking", "name", "workflow", "work", "title", "start", "end", "elapsed_seconds"),
    *("working_seconds", "basis", "commits"),
)
_TITLES = {
    "states": "Waiting states",
    "teams": "Teams waited for",
    "approvers": "Approvers",
    "blockers": "Blockers",
}
_BASES = {
    "pull-request": "when a pull request was there, and approved",
    "record": "records of approvals",
    "state": "how long work stood in a state that approvals lead out of",
}


def format_friction(found: Friction, today: date, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of where time is lost.

    Args:
        found: Where it is.
        today: The day of the question.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    yield format_title(f"Friction{describe_scope(found.scope)}", today, width=width, color=color)
    yield format_days(found.since, found.until)
    yield ""
    if not found.all.count:
        yield "Nothing waited in these days."
        return
    total = found.all
    yield from wrap(
        f"{plural(found.items, 'item')} waited {format_length(total.total)} together, "
        f"{format_working(total.working_total)} of it working time; half of "
        f"{plural(total.count, 'wait')} took up to {format_length(total.median)}, 85% up to "
        f"{format_length(total.percentile_85)}.",
        width=width,
    )
    for name, title in _TITLES.items():
        yield ""
        rows: tuple[FrictionRow, ...] = getattr(found, name)
        yield from _format_rows(name, title, rows, width=width, color=color)
        if name == "approvers" and rows:
            yield from wrap(f"by {_describe_bases(rows)}", width=width, indent="  ")
    yield ""
    yield style("`plainwork friction RANKING` lists every wait with its commits.", "dim", on=color)


def format_ranking(
    found: Friction, ranking: str, *, width: int | None, color: bool
) -> Iterator[str]:
    """Yield a line for every wait of a ranking, under what was waited for.

    Args:
        found: Where time is lost.
        ranking: ``states``, ``teams``, ``approvers`` or ``blockers``.
        width: The columns of the screen, or None if nothing is to be cut.
        color: Whether headings are emphasised.
    """
    rows: tuple[FrictionRow, ...] = getattr(found, ranking)
    if not rows:
        yield f"{_TITLES[ranking]}: nothing waited in these days."
    for number, row in enumerate(rows):
        if number:
            yield ""
        waits = row.waits
        told = f"  {format_length(waits.total)}, {plural(waits.count, 'wait')}"
        name = escape_line(_name(row))
        name = name if width is None else cut(name, width - len(told))
        yield style(f"{name}{told}", "bold", on=color)
        cells = [_case_row(case) for case in row.cases]
        names = ("work", "since", "waited", "working", "commits", "title")
        yield from format_cases(names, cells, width=width, align="<<>>", whole=names[1:-1])


def format_friction_csv(found: Friction, ranking: str) -> str:
    """Return every wait as CSV: of one ranking, or of all of them."""
    rankings = (ranking,) if ranking else tuple(_TITLES)
    return format_csv(
        _CSV_HEADERS,
        (
            _csv_row(name, row, case)
            for name in rankings
            for row in getattr(found, name)
            for case in row.cases
        ),
    )


def _csv_row(ranking: str, row: FrictionRow, case: Wait) -> tuple[str, ...]:
    return (
        ranking,
        row.name,
        row.workflow,
        case.work,
        case.title,
        case.start.isoformat(),
        case.end.isoformat() if case.end else "",
        str(case.length.elapsed),
        str(case.length.working),
        case.basis,
        " ".join(case.commits),
    )


def _describe_bases(rows: tuple[FrictionRow, ...]) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        for case in row.cases:
            counts[case.basis] = counts.get(case.basis, 0) + 1
    return "; ".join(
        f"{words} ({counts[base]})" for base, words in _BASES.items() if base in counts
    )


def _format_rows(
    name: str, title: str, rows: tuple[FrictionRow, ...], *, width: int, color: bool
) -> Iterator[str]:
    hidden = len(rows) - _MOST
    more = f" · {hidden} more: plainwork friction {name}" if hidden > 0 else ""
    yield style(f"{title} {len(rows)}", "bold", on=color) + style(more, "dim", on=color)
    if not rows:
        return
    lines = format_table(
        ("", *_HEADERS),
        [_row(row) for row in rows[:_MOST]],
        width=width - 2,
        align="<" + ">" * len(_HEADERS),
        whole=_HEADERS,
        color=color,
    )
    yield from (f"  {line}" for line in lines)


def _row(row: FrictionRow) -> tuple[str, ...]:
    waits = row.waits
    return (
        cut(_name(row), _NAME),
        format_length(waits.total),
        format_working(waits.working_total),
        str(waits.count),
        format_length(waits.median),
        format_length(waits.percentile_85),
        str(row.open or "·"),
    )


def _name(row: FrictionRow) -> str:
    return f"{row.workflow}: {row.name}" if row.workflow else row.name


def _case_row(case: Wait) -> tuple[str, ...]:
    return (
        case.work,
        f"{case.start:%Y-%m-%d}",
        f"{format_length(case.length.elapsed)}{'' if case.end else ' …'}",
        format_working(case.length.working),
        " ".join(commit[:_HASH] for commit in case.commits),
        case.title,
    )
