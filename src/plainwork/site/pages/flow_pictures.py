"""The pictures of a page about flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from plainwork.flow.measures import Flow
from plainwork.flow.outlook import Outlook
from plainwork.flow.service_levels import AgeingItem, ServiceLevelRow
from plainwork.model.workflow import Workflow
from plainwork.site.directory import Directory
from plainwork.site.past import Past
from plainwork.site.pictures.ageing_work import render_ageing_work
from plainwork.site.pictures.cumulative_flow import render_cumulative_flow
from plainwork.site.pictures.cycle_times import render_cycle_times
from plainwork.site.pictures.forecast_odds import render_forecast_odds
from plainwork.site.pictures.kept_months import KeptMonth, KeptRow, render_kept_months
from plainwork.site.pictures.ranked_bars import RankedBar, render_ranked_bars
from plainwork.site.pictures.time_axis import TimeAxis
from plainwork.site.pictures.week_bars import render_week_bars
from plainwork.site.text import format_name
from plainwork.views.duration_words import describe_duration

if TYPE_CHECKING:
    from plainwork.flow.reliability import ClockReliability, RoutineReliability

_MOST_ROUTINES = 12


class FlowPictures(msgspec.Struct, frozen=True):
    """Pictures as SVG; ``""`` of what there is nothing of."""

    weeks: str = ""
    cumulative: str = ""
    odds: str = ""
    cycle_times: str = ""
    ageing: str = ""
    promises: str = ""
    routines: str = ""
    clocks: str = ""


def render_of_all(
    past: Past,
    outlook: Outlook | None,
    levels: Sequence[ServiceLevelRow],
    directory: Directory,
) -> FlowPictures:
    """Return the pictures of the whole workspace."""
    flow, reliability = past.flow, past.reliability
    return FlowPictures(
        weeks=_render_weeks(flow),
        cumulative=render_cumulative_flow(flow.days),
        odds=_render_odds(outlook),
        promises=_render_levels(levels, directory),
        routines=_render_routines(reliability.routines),
        clocks=_render_clocks(reliability.clocks, directory),
    )


def render_of_workflow(
    flow: Flow, outlook: Outlook | None, workflow: Workflow, directory: Directory
) -> FlowPictures:
    """Return the pictures of the items of a workflow."""
    percentiles = flow.numbers.cycle_time
    axis = TimeAxis(flow.since, flow.until)
    states = list(_by_state(flow, workflow))
    return FlowPictures(
        weeks=_render_weeks(flow),
        cumulative=render_cumulative_flow(flow.days),
        odds=_render_odds(outlook),
        cycle_times=render_cycle_times(flow.finished, percentiles, axis) if flow.finished else "",
        ageing=render_ageing_work(states, percentiles) if states else "",
        promises=_render_levels(flow.service_levels, directory),
    )


def _render_weeks(flow: Flow) -> str:
    return render_week_bars(flow.weeks) if flow.finished else ""


def _render_odds(outlook: Outlook | None) -> str:
    when = outlook.when if outlook else None
    return render_forecast_odds(when.chances, when.answers) if when and when.chances else ""


def _render_levels(rows: Sequence[ServiceLevelRow], directory: Directory) -> str:
    kept = [
        KeptRow(
            label=directory.workflow(row.workflow).label,
            said=(
                f"{row.percent:g} % within {describe_duration(row.within)}:"
                f" {row.kept.count} of {row.kept.of}"
            ),
            target=row.percent,
            months=tuple(KeptMonth(each.month, each.count, each.of) for each in row.months),
        )
        for row in rows
    ]
    title = "Promises kept, by workflow and month"
    return render_kept_months(kept, name="promises-kept", title=title) if kept else ""


def _render_clocks(rows: Sequence[ClockReliability], directory: Directory) -> str:
    kept = [
        KeptRow(
            label=f"{format_name(row.clock)}, {directory.workflow(row.workflow).label}",
            said=f"{row.met} of {row.all}",
            target=None,
            months=tuple(KeptMonth(each.month, each.met, each.all) for each in row.months),
        )
        for row in rows
        if row.months
    ]
    title = "Clocks met, by month"
    return render_kept_months(kept, name="clocks-met", title=title) if kept else ""


def _render_routines(rows: Sequence[RoutineReliability]) -> str:
    bars = [
        RankedBar(
            label=row.title or row.routine,
            said=f"{row.in_time} of {row.due} in time",
            part=row.in_time / row.due,
            over=row.in_time < row.due,
        )
        for row in rows[:_MOST_ROUTINES]
        if row.due
    ]
    title = "Routines done in time"
    return render_ranked_bars(bars, name="routines-kept", title=title) if bars else ""


def _by_state(flow: Flow, workflow: Workflow) -> Iterator[tuple[str, list[AgeingItem]]]:
    """Yield the states in which work is in progress, in the order of the workflow."""
    states: dict[str, list[AgeingItem]] = {state.name: [] for state in workflow.states}
    for each in flow.in_progress:
        states.setdefault(each.item.state, []).append(each)
    for name, ageing in states.items():
        if ageing:
            state = workflow.state(name)
            yield state.label if state else name, ageing
