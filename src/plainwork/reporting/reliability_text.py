"""Whether promises are kept, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plainwork.flow.clocks import ClockRun, Standing
from plainwork.flow.duties import Duty, DutyOutcome
from plainwork.flow.reliability import ClockReliability, ForecastReliability, Reliability
from plainwork.reporting.cases import format_cases
from plainwork.reporting.csv import format_csv
from plainwork.reporting.extent import describe_scope, format_days
from plainwork.reporting.table import format_table
from plainwork.reporting.text import plural, style, wrap
from plainwork.reporting.title import format_title

_HASH = 8
_MONTHS = 2
_NOTHING = "There is nothing of that sort in these days."
_CSV_HEADERS = ("promise", "name", "case", "due", "done", "outcome", "commits")


def format_reliability(
    found: Reliability, today: date, *, width: int, color: bool
) -> Iterator[str]:
    """Yield the lines of whether promises are kept.

    Args:
        found: What is known of them.
        today: The day of the question.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    title = f"Reliability{describe_scope(found.scope)}"
    yield format_title(title, today, width=width, color=color)
    yield format_days(found.since, found.until)
    yield ""
    yield from _format_routines(found, width=width, color=color)
    yield ""
    yield from _format_clocks(found, width=width, color=color)
    yield ""
    yield from _format_forecasts(found.forecasts, width=width, color=color)
    yield ""
    hint = "`plainwork reliability routines`, `clocks` or `forecasts` lists every case."
    yield style(hint, "dim", on=color)


def _format_routines(found: Reliability, *, width: int, color: bool) -> Iterator[str]:
    due = sum(row.due for row in found.routines)
    in_time = sum(row.in_time for row in found.routines)
    kept = f"{_share(in_time, due)} done by their date" if due else "nothing was due"
    yield style(f"Routines: {kept}", "bold", on=color)
    rows = [
        (row.routine, f"{_share(row.in_time, row.due)}{_postponed(row.postponed)}", row.title)
        for row in found.routines
    ]
    names = ("routine", "kept", "title")
    yield from format_cases(names, rows, width=width, whole=names[1:2])
    missed = [
        duty
        for row in found.routines
        for duty in row.duties
        if duty.outcome is not DutyOutcome.IN_TIME
    ]
    if found.not_told:
        yield "  What was never made cannot be told: `plainwork tick --dry-run` says why."
    if missed:
        yield style(f"Missed {len(missed)}", "bold", on=color)
        missed.sort(key=lambda duty: (duty.due, duty.work), reverse=True)
        cells = [_duty_row(duty, found.until, duty.commits[-1:]) for duty in missed]
        columns = ("work", "due", "outcome", "commit")
        yield from format_cases(columns, cells, width=width, whole=columns[1:])


def _format_clocks(found: Reliability, *, width: int, color: bool) -> Iterator[str]:
    all_ = sum(row.all for row in found.clocks)
    met = sum(row.met for row in found.clocks)
    kept = f"{_share(met, all_)} met" if all_ else "none has come to its end"
    yield style(f"Clocks: {kept}", "bold", on=color)
    rows = [
        (
            _name_clock(row),
            _share(row.met, row.all),
            f"{row.open} open" if row.open else "",
            " ".join(f"{month.month} {month.met}/{month.all}" for month in row.months[:_MONTHS]),
        )
        for row in found.clocks
    ]
    names = ("clock", "kept", "open", "months")
    yield from format_cases(names, rows, width=width, whole=names[1:])


def _format_forecasts(
    found: ForecastReliability | None, *, width: int, color: bool
) -> Iterator[str]:
    if found is None:
        yield style("Forecasts", "bold", on=color)
        text = "There is too little history: each rests on 84 days, and needs 28 to be judged."
        yield from wrap(text, width=width, indent="  ")
        return
    count = len(found.forecasts)
    yield style(
        f"Forecasts: {plural(count, 'week')}, each {found.horizon} days ahead from"
        f" {found.sample} days",
        "bold",
        on=color,
    )
    for each in found.confidences:
        yield f"  {each.confidence}% sure: held in {_share(each.right, each.cases)}"


def format_promise(
    found: Reliability, promise: str, *, width: int | None, color: bool
) -> Iterator[str]:
    """Yield a line for every case of one sort of promise, the latest first.

    Args:
        found: What is known of them.
        promise: ``routines``, ``clocks`` or ``forecasts``.
        width: The columns of the screen, or None if nothing is to be cut.
        color: Whether headings are emphasised.
    """
    if promise == "clocks":
        yield from _format_runs(found, width=width, color=color)
        return
    rows: list[tuple[str, ...]]
    if promise == "routines":
        headers: tuple[str, ...] = ("work", "due", "outcome", "commits")
        rows = [
            _duty_row(duty, found.until, duty.commits)
            for row in found.routines
            for duty in row.duties
        ]
    else:
        headers = ("from", "until", "finished", "50%", "70%", "85%", "95%")
        rows = [
            (
                f"{each.day}",
                f"{each.until}",
                str(each.actual),
                *(_said(answer.value) for answer in each.answers),
            )
            for each in (found.forecasts.forecasts if found.forecasts else ())
        ]
    if rows:
        yield from format_table(headers, rows, width=width, whole=headers[1:-1], color=color)
    else:
        yield _NOTHING


def _format_runs(found: Reliability, *, width: int | None, color: bool) -> Iterator[str]:
    """Yield a table a clock: two moments and an id leave no room for its name."""
    decided = [row for row in found.clocks if row.runs]
    if not decided:
        yield _NOTHING
    headers = ("work", "due", "ended", "outcome", "commits")
    for number, row in enumerate(decided):
        if number:
            yield ""
        yield style(f"{_name_clock(row)}  {_share(row.met, row.all)} met", "bold", on=color)
        rows = [_run_row(run) for run in row.runs]
        yield from format_table(headers, rows, width=width, whole=headers[1:-1], color=color)


def format_reliability_csv(found: Reliability, promise: str) -> str:
    """Return every case as CSV: of one sort of promise, or of all."""
    rows = {
        "routines": _routine_cells,
        "clocks": _clock_cells,
        "forecasts": _forecast_cells,
    }
    chosen = [rows[promise]] if promise else list(rows.values())
    return format_csv(_CSV_HEADERS, (row for cells in chosen for row in cells(found)))


def _routine_cells(found: Reliability) -> Iterator[tuple[str, ...]]:
    for row in found.routines:
        for duty in row.duties:
            done = f"{duty.done}" if duty.done else ""
            ids = " ".join(duty.commits)
            yield "routine", row.routine, duty.work, f"{duty.due}", done, duty.outcome.value, ids


def _clock_cells(found: Reliability) -> Iterator[tuple[str, ...]]:
    for row in found.clocks:
        for run in row.runs:
            name, ended = _name_clock(row), run.ended.isoformat() if run.ended else ""
            due, ids = run.due.isoformat(), " ".join(run.commits)
            yield "clock", name, run.work, due, ended, run.standing.value, ids


def _forecast_cells(found: Reliability) -> Iterator[tuple[str, ...]]:
    for each in found.forecasts.forecasts if found.forecasts else ():
        for answer in each.answers:
            said = f"at least {answer.value}, were {each.actual}"
            right = "held" if answer.value is not None and each.actual >= answer.value else "failed"
            name = f"{answer.confidence}%"
            yield "forecast", name, said, f"{each.until}", f"{each.until}", right, ""


def _name_clock(row: ClockReliability) -> str:
    return f"{row.workflow}: {row.clock}"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}, {round(100 * part / whole)}%" if whole else "·"


def _postponed(count: int) -> str:
    return f" ({count} postponed)" if count else ""


def _duty_row(duty: Duty, until: date, commits: Sequence[str]) -> tuple[str, ...]:
    ids = " ".join(commit[:_HASH] for commit in commits)
    return duty.work, f"{duty.due}", _describe_duty(duty, until), ids


def _describe_duty(duty: Duty, until: date) -> str:
    match duty.outcome:
        case DutyOutcome.LATE if duty.done:
            return f"{plural((duty.done - duty.due).days, 'day')} late"
        case DutyOutcome.OVERDUE:
            return f"open, {plural(max((until - duty.due).days, 0), 'day')}"
        case DutyOutcome.NOT_MADE:
            return "never made"
        case DutyOutcome.DROPPED:
            return "dropped"
        case _:
            return "in time"


def _run_row(run: ClockRun) -> tuple[str, ...]:
    return (
        run.work,
        f"{run.due:%Y-%m-%d %H:%M}",
        f"{run.ended:%Y-%m-%d %H:%M}" if run.ended else "open",
        "met" if run.standing is Standing.MET else f"missed {run.within}",
        " ".join(commit[:_HASH] for commit in run.commits),
    )


def _said(value: int | None) -> str:
    return "·" if value is None else str(value)
