"""How work flows, for people: one screen of numbers, or the cases behind one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.flow.measures import Flow
from plainwork.flow.percentiles import Percentile
from plainwork.flow.service_levels import AgeingItem, ServiceLevelRow, Share
from plainwork.flow.states import StateTime
from plainwork.reporting.charts import choose_bins, draw_bar, draw_columns
from plainwork.reporting.csv import format_csv
from plainwork.reporting.display_width import cut
from plainwork.reporting.flow_tables import (
    DOUBT_WORDS,
    FLOW_TABLES,
    NUMBER_HEADERS,
    format_efficiency,
    format_number,
    format_share,
    name_state,
    number_row,
)
from plainwork.reporting.sections import Section, format_sections
from plainwork.reporting.table import format_table
from plainwork.reporting.text import escape_line, plural, style, wrap
from plainwork.reporting.title import format_day

_HASH = 8
_HOUR = 3_600
_DAY = 24 * _HOUR
_BINS = 10
_LABEL = 17
_BAR = 30
_MONTHS = 12
_WEEK_BAR = 20


def format_flow(
    flow: Flow, *, width: int, height: int | None, color: bool, blocks: bool
) -> Iterator[str]:
    """Yield the lines of the summary: what matters first, each number with its cases.

    Args:
        flow: The measures.
        width: The columns of the screen.
        height: Its lines, or None to show every row.
        color: Whether headings are emphasised.
        blocks: Whether charts may be drawn with block characters.
    """
    head = list(_format_title(flow, width=width, color=color))
    if flow.by:
        yield from head
        yield from _format_groups(flow, width=width, color=color)
        return
    for label, text in _summarise(flow, blocks=blocks):
        first, *more = wrap(text, width=width - _LABEL)
        head.append(f"{style(f'{label:<{_LABEL}}', 'bold', on=color)}{first}")
        head += (f"{'':<{_LABEL}}{line}" for line in more)
    foot = list(_format_doubts(flow, width=width))
    yield from head
    sections = [section for section in _sections(flow, blocks=blocks) if section.count]
    if sections:
        yield ""
    room = None if height is None else height - len(head) - len(foot) - 3
    yield from format_sections(sections, width=width, lines=room, color=color)
    yield from foot


def format_measure(
    flow: Flow, name: str, *, width: int | None, color: bool, blocks: bool
) -> Iterator[str]:
    """Yield the lines of one measure: the number, a chart, and every case behind it.

    Args:
        flow: The measures.
        name: Of ``FLOW_TABLES``.
        width: The columns of the screen, or None to cut nothing.
        color: Whether headings are emphasised.
        blocks: Whether charts may be drawn with block characters.
    """
    table = FLOW_TABLES[name]
    yield from _format_title(flow, width=width or 80, color=color)
    shown = [at for at, header in enumerate(table.headers) if header not in table.machine]
    rows = [tuple(_shorten_hash(row[at]) for at in shown) for row in table.rows(flow)]
    if not rows:
        yield "nothing in these days; `--since DATE` looks further back"
        return
    chart = list(_draw_measure(flow, name, blocks=blocks))
    if chart:
        yield from chart
        yield ""
    headers = [table.headers[at] for at in shown]
    align = "".join(table.align[at : at + 1] or "<" for at in shown)
    if name == "throughput":
        headers, align, rows = _add_bars(flow, headers, align, rows, blocks=blocks)
    whole = [header for header in headers[1:-1] if header not in _NAMES]
    yield from format_table(headers, rows, width=width, align=align, whole=whole, color=color)


def format_flow_csv(flow: Flow, name: str) -> str:
    """Return a measure for spreadsheets, or the numbers of all items and of each group.

    Args:
        flow: The measures.
        name: Of ``FLOW_TABLES``, or ``""``.
    """
    if name:
        table = FLOW_TABLES[name]
        return format_csv(table.headers, table.rows(flow))
    rows = map(number_row, (flow.numbers, *flow.groups))
    return format_csv((flow.by or "group", *NUMBER_HEADERS[1:]), rows)


_NAMES = frozenset({"state", "last state"})
"""Columns of names, which may be long, so that they are cut rather than numbers."""


def _shorten_hash(cell: str) -> str:
    return cell[:_HASH] if len(cell) in _HASHES and set(cell) <= _HEX else cell


_HASHES = (40, 64)
_HEX = frozenset("0123456789abcdef")


def _format_title(flow: Flow, *, width: int, color: bool) -> Iterator[str]:
    name = f"Flow of {flow.workspace}" if flow.workspace else "Flow"
    days = f" · {format_day(flow.since)} to {format_day(flow.until)}"
    title = f"{cut(escape_line(name), width - len(days))}{days}"
    yield style(title, "bold", on=color)
    scope = [
        f"{word} {escape_line(value)}"
        for word, value in (
            ("workflow", flow.workflow),
            ("team", flow.team),
            ("project", flow.project),
        )
        if value
    ]
    scope.append(_tell_source(flow))
    yield from (style(line, "dim", on=color) for line in wrap(", ".join(scope), width=width))
    if flow.changes:
        text = f"as {flow.compat} counts: {'; '.join(flow.changes)}"
        yield from wrap(text, width=width)
    yield ""


def _tell_source(flow: Flow) -> str:
    if not flow.commit:
        return "before the first commit"
    partial = ", of a history that is cut off" if flow.shallow else ""
    return f"from {plural(flow.commits, 'commit')} up to {flow.commit[:_HASH]}{partial}"


def _summarise(flow: Flow, *, blocks: bool) -> Iterator[tuple[str, str]]:
    """Yield the numbers of all items: a word, and what is to be said."""
    numbers = flow.numbers
    weeks = draw_columns([week.finished for week in flow.weeks], _BAR, blocks=blocks)
    finished = f"{numbers.finished} finished"
    rate = f"{format_number(numbers.weekly)} a week"
    yield "Throughput", f"{rate} · {finished} · {weeks}" if numbers.finished else "none"
    if numbers.finished:
        straight = f", {numbers.straight} of them straight to done" if numbers.straight else ""
        yield "Cycle time", f"{_tell(numbers.cycle_time, 'days')} · {finished}{straight}"
        yield "Working time", f"{_tell(numbers.working_time, 'hours')} · {finished}"
    if numbers.efficiency.items:
        active, spent = numbers.efficiency.active_seconds, numbers.efficiency.open_seconds
        share = format_efficiency(active, spent)
        days = plural_number(spent / _DAY, "day")
        items = plural(numbers.efficiency.items, "item")
        yield "Flow efficiency", f"{share} of {days} in progress was work · {items}"
    daily = [day.in_progress for day in flow.days][::-1][::_WEEK][::-1]
    now = draw_columns(daily, _BAR, blocks=blocks)
    oldest = "" if numbers.oldest is None else f", the oldest {_days(numbers.oldest)} old"
    yield "In progress", f"{numbers.in_progress}{oldest} · {now}"
    if flow.waste:
        lost = plural_number(sum(item.open_seconds for item in flow.waste) / _DAY, "day")
        yield "Waste", f"{len(flow.waste)} dropped after {lost} in progress"


_WEEK = 7


def _tell(percentiles: Sequence[Percentile], unit: str) -> str:
    values = [f"{each.percent}% in {format_number(each.value)}" for each in percentiles]
    return f"{', '.join(values)} {unit if percentiles[-1].value != 1 else unit[:-1]}"


def plural_number(number: float, noun: str) -> str:
    """Return a number that need not be whole with its noun: ``1 day``, ``2.5 days``."""
    text = format_number(number)
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"


def _days(number: float) -> str:
    return plural_number(number, "day")


def _sections(flow: Flow, *, blocks: bool) -> Iterator[Section]:
    levels = sorted(flow.service_levels, key=_distance)
    yield Section(
        "Promises",
        len(levels),
        "plainwork flow service-level",
        [_level_row(row, blocks=blocks) for row in levels],
    )
    yield Section(
        "In progress",
        len(flow.in_progress),
        "plainwork flow in-progress",
        [_ageing_row(each) for each in flow.in_progress],
    )
    total = sum(row.seconds for row in flow.states)
    yield Section(
        "Where time goes",
        len(flow.states),
        "plainwork flow states",
        [_state_row(row, total) for row in flow.states],
    )


def _distance(row: ServiceLevelRow) -> float:
    """Return how far a promise is kept beyond what was promised, or how far it is missed."""
    return 100 * row.kept.count / row.kept.of - row.percent


def _level_row(row: ServiceLevelRow, *, blocks: bool) -> tuple[str, ...]:
    kept = f"{row.kept.count} of {row.kept.of}"
    mark = "missed" if _distance(row) < 0 else ""
    promise = f"{format_number(row.percent)}% in {row.within}"
    months = [round(100 * month.count / month.of) for month in row.months]
    chart = draw_columns([*months, 100], _MONTHS + 1, blocks=blocks)[:-1]
    return row.workflow, promise, f"kept {format_share(row.kept)}", kept, chart, mark


def _ageing_row(each: AgeingItem) -> tuple[str, ...]:
    odds = f"odds {each.odds.count} of {each.odds.of}" if each.odds and not each.late else ""
    return (
        each.item.work,
        each.item.state,
        _days(each.item.days),
        "late" if each.late else odds,
        each.item.title,
    )


def _state_row(row: StateTime, total: int) -> tuple[str, ...]:
    share = format_share(Share(row.seconds, total))
    items = plural(len(row.works), "item")
    median = _days(next(each.value for each in row.days))
    return (
        row.workflow,
        name_state(row.state),
        share,
        _days(row.seconds / _DAY),
        items,
        f"half in {median}",
    )


def _format_groups(flow: Flow, *, width: int, color: bool) -> Iterator[str]:
    rows = [number_row(group) for group in (*flow.groups, flow.numbers)]
    rows = [(row[0] or "(none)", *row[1:]) for row in rows[:-1]] + [("all", *rows[-1][1:])]
    headers = (flow.by, *NUMBER_HEADERS[1:])
    yield from format_table(
        headers,
        rows,
        width=width,
        align="<" + ">" * (len(headers) - 1),
        whole=headers[1:],
        color=color,
    )
    yield ""
    text = (
        "50%, 85%, 95%: so much was finished in that many days or fewer; oldest: days; "
        "work: of the time in progress"
    )
    yield from wrap(text, width=width)


def _format_doubts(flow: Flow, *, width: int) -> Iterator[str]:
    counts = [f"{len(row.cases)} {DOUBT_WORDS[row.doubt]}" for row in flow.doubts]
    if counts:
        yield ""
        yield from wrap(f"Doubts: {'; '.join(counts)}: `plainwork flow doubts`", width=width)


def _draw_measure(flow: Flow, name: str, *, blocks: bool) -> Iterator[str]:
    """Yield the number and the chart of a measure, if it has them."""
    numbers = flow.numbers
    if name == "cycle-time":
        yield f"{_tell(numbers.cycle_time, 'days')} · {numbers.finished} finished"
        yield ""
        yield from _draw_histogram([int(item.days) for item in flow.finished], blocks=blocks)
    elif name == "throughput":
        yield f"{format_number(numbers.weekly)} a week · {numbers.finished} finished"


def _add_bars(
    flow: Flow, headers: list[str], align: str, rows: list[tuple[str, ...]], *, blocks: bool
) -> tuple[list[str], str, list[tuple[str, ...]]]:
    """Return a table of weeks with a bar for each before its last column."""
    most = max(week.finished for week in flow.weeks) or 1
    bars = [draw_bar(week.finished, most, _WEEK_BAR, blocks=blocks) for week in flow.weeks]
    wider = [(*row[:-1], bar, row[-1]) for row, bar in zip(rows, bars, strict=True)]
    return [*headers[:-1], "", headers[-1]], f"{align[:-1]}<<", wider


def _draw_histogram(days: Sequence[int], *, blocks: bool) -> Iterator[str]:
    bins = choose_bins(days, _BINS)
    counts = [sum(first <= each <= last for each in days) for first, last in bins]
    names = [f"{first}" if first == last else f"{first}-{last}" for first, last in bins]
    width = max(map(len, names))
    for name, count in zip(names, counts, strict=True):
        bar = draw_bar(count, max(counts), _BAR, blocks=blocks)
        yield f"{name:>{width}}d {count:>6} {bar}".rstrip()
