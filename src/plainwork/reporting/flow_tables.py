"""The cases behind each measure of flow, as tables for people and for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import msgspec

from plainwork.flow.data_quality import Doubt
from plainwork.flow.measures import Flow, FlowNumbers
from plainwork.flow.percentiles import PERCENTS, Percentile
from plainwork.flow.service_levels import Share
from plainwork.model.workflow import Category

Rows = Iterator[tuple[str, ...]]

_HOUR = 3_600
_DAY = 24 * _HOUR
_LARGE = 100
_NONE = ""
_PERCENTS = tuple(f"{percent}%" for percent in PERCENTS)


class FlowTable(msgspec.Struct, frozen=True):
    """One measure.

    Attributes:
        summary: What it tells, in a line.
        headers: Names of its columns.
        machine: Those of them that are for machines: people see the others.
        align: As :func:`~plainwork.reporting.table.format_table` has it.
        rows: Makes its rows; hashes are whole.
    """

    summary: str
    headers: tuple[str, ...]
    machine: frozenset[str]
    align: str
    rows: Callable[[Flow], Rows]


def format_number(value: float) -> str:
    """Return a number with a digit behind the point where it matters: ``3``, ``2.5``, ``120``."""
    return f"{value:.0f}" if value >= _LARGE else f"{value:.1f}".removesuffix(".0")


def format_share(share: Share) -> str:
    """Return a share in percent, or nothing of nothing; all and none are told only if it is so."""
    if not share.of:
        return _NONE
    percent = round(100 * share.count / share.of)
    if share.count < share.of:
        percent = min(percent, 99)
    return f"{max(percent, 1) if share.count else 0}%"


def format_efficiency(active: int, spent: int) -> str:
    """Return how much of the time in progress was work."""
    return format_share(Share(active, spent))


def name_state(state: str) -> str:
    """Return the name of a state; deleted work stands in none."""
    return state or "(deleted)"


def find_percentile(percentiles: Sequence[Percentile], percent: int) -> str:
    """Return a percentile, or nothing of nothing."""
    values = (each.value for each in percentiles if each.percent == percent)
    return next(map(format_number, values), _NONE)


def number_row(numbers: FlowNumbers) -> tuple[str, ...]:
    """Return the numbers of some items; see ``NUMBER_HEADERS``."""
    efficiency = numbers.efficiency
    return (
        numbers.name,
        str(numbers.finished),
        format_number(numbers.weekly),
        *(find_percentile(numbers.cycle_time, percent) for percent in PERCENTS),
        _NONE if numbers.in_progress is None else str(numbers.in_progress),
        _NONE if numbers.oldest is None else format_number(numbers.oldest),
        format_efficiency(efficiency.active_seconds, efficiency.open_seconds),
    )


NUMBER_HEADERS = (
    "",
    "finished",
    "a week",
    *_PERCENTS,
    "wip",
    "oldest",
    "work",
)


def _cycle_times(flow: Flow) -> Rows:
    for item in flow.finished:
        if item.finished is not None:
            yield (
                item.work,
                _day(item.started),
                _day(item.finished),
                format_number(item.days),
                format_number(item.working_seconds / _HOUR),
                format_efficiency(item.active_seconds, item.open_seconds),
                item.start_commit,
                item.finish_commit,
                item.title,
            )


def _throughput(flow: Flow) -> Rows:
    for week in flow.weeks:
        yield week.monday.isoformat(), str(week.days), str(week.finished), " ".join(week.works)


def _in_progress(flow: Flow) -> Rows:
    for each in flow.in_progress:
        item = each.item
        yield (
            item.work,
            item.state,
            format_number(item.days),
            "late" if each.late else "",
            format_share(each.odds) if each.odds else _NONE,
            str(each.odds.of) if each.odds else _NONE,
            "blocked" if item.blocked else "",
            item.start_commit,
            item.title,
        )


def _service_levels(flow: Flow) -> Rows:
    for row in flow.service_levels:
        promise = f"{format_number(row.percent)}%", row.within
        yield row.workflow, *promise, "all", *_share_cells(row.kept), " ".join(row.missed)
        for month in row.months:
            share = Share(month.count, month.of)
            yield row.workflow, *promise, month.month, *_share_cells(share), _NONE


def _share_cells(share: Share) -> tuple[str, str, str]:
    return format_share(share), str(share.count), str(share.of)


def _states(flow: Flow) -> Rows:
    total = sum(row.seconds for row in flow.states)
    for row in flow.states:
        yield (
            row.workflow,
            name_state(row.state),
            row.category,
            format_share(Share(row.seconds, total)),
            format_number(row.seconds / _DAY),
            str(len(row.works)),
            str(row.visits),
            *(find_percentile(row.days, percent) for percent in PERCENTS),
            " ".join(row.works),
        )


def _waste(flow: Flow) -> Rows:
    for item in flow.waste:
        yield (
            item.work,
            item.state,
            _day(item.dropped),
            "deleted" if item.deleted else "dropped",
            format_number(item.open_seconds / _DAY),
            item.commit,
            item.title,
        )


def _cumulative(flow: Flow) -> Rows:
    for day in flow.days:
        counts = (day.proposed, day.ready, day.active, day.waiting, day.done, day.dropped)
        yield day.day.isoformat(), *map(str, counts), str(day.in_progress), str(day.finished)


def _doubts(flow: Flow) -> Rows:
    for row in flow.doubts:
        for case in row.cases:
            yield case.commit, DOUBT_WORDS[row.doubt], case.work or case.path


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


DOUBT_WORDS: dict[Doubt, str] = {
    Doubt.NO_START: "finished without a start",
    Doubt.CHANGED_AFTER: "changed after done",
    Doubt.BACKDATED: "backdated",
    Doubt.BACKWARDS: "by a clock that ran backwards",
    Doubt.AHEAD: "in the future, not counted",
    Doubt.BEFORE_PARENT: "begun before the parent",
    Doubt.DELETED: "deleted while open",
    Doubt.UNKNOWN_STATE: "in a state that the workflow had not",
    Doubt.UNREADABLE: "not readable",
    Doubt.DUPLICATE: "with an id of other work",
    Doubt.NOT_PAST: "effective on no day of the past",
}
"""What each doubt says of work or of a file, in words that a number may precede."""

FLOW_TABLES: dict[str, FlowTable] = {
    "cycle-time": FlowTable(
        "what was finished, how long it took and how much of that was work",
        ("id", "started", "finished", "days", "hours", "work", "start", "finish", "title"),
        frozenset({"start"}),
        "<<<>>>",
        _cycle_times,
    ),
    "throughput": FlowTable(
        "what was finished in each week",
        ("week of", "days", "finished", "ids"),
        frozenset(),
        "<>>",
        _throughput,
    ),
    "in-progress": FlowTable(
        "what is in progress, how old it is, and its odds to keep the promise",
        ("id", "state", "age", "late", "odds", "of", "blocked", "start", "title"),
        frozenset(),
        "<<><>>",
        _in_progress,
    ),
    "service-level": FlowTable(
        "how often what workflows promise was kept, by month",
        ("workflow", "promise", "within", "month", "kept", "items", "of", "missed"),
        frozenset(),
        "<>><>>>",
        _service_levels,
    ),
    "states": FlowTable(
        "how long what was finished stood in each state, in days",
        ("workflow", "state", "category", "share", "days", "items", "visits", *_PERCENTS, "ids"),
        frozenset({"visits", "ids"}),
        "<<<>>>>>>>",
        _states,
    ),
    "cumulative": FlowTable(
        "how much had reached each category at the end of each day",
        ("day", *(category.value for category in Category), "wip", "finished"),
        frozenset(),
        "<>>>>>>>>",
        _cumulative,
    ),
    "waste": FlowTable(
        "what was dropped after it had been started",
        ("id", "last state", "on", "how", "days", "commit", "title"),
        frozenset(),
        "<<<<>",
        _waste,
    ),
    "doubts": FlowTable(
        "what in the history makes these numbers less certain",
        ("commit", "doubt", "work or file"),
        frozenset(),
        "",
        _doubts,
    ),
}
"""By the name of the measure."""
