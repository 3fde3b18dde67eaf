"""How work flows: of the whole workspace, and of each workflow whose items history tells of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.flow.friction import Friction
from plainwork.flow.handoffs import Handoffs
from plainwork.flow.measures import Flow
from plainwork.flow.outlook import Outlook
from plainwork.flow.reliability import Reliability
from plainwork.flow.service_levels import AgeingItem
from plainwork.model.workflow import Workflow
from plainwork.site.address import document_address, list_address
from plainwork.site.page import Link, Output, Page
from plainwork.site.past import Past
from plainwork.site.pictures.ageing_work import render_ageing_work
from plainwork.site.pictures.cumulative_flow import render_cumulative_flow
from plainwork.site.pictures.cycle_times import render_cycle_times
from plainwork.site.pictures.time_axis import TimeAxis
from plainwork.site.pictures.week_bars import render_week_bars
from plainwork.site.sources import Sources

_SECTION = "flow"
_NO_GIT = "It is not kept in a Git repository, so nothing is known of its past."
_CUT_OFF = "The site was built from a clone that is cut off, and any number would be wrong."
_EMPTY = "History tells of no work yet."


class FlowPictures(msgspec.Struct, frozen=True):
    """Pictures as SVG; ``""`` of what there is nothing of."""

    weeks: str
    cumulative: str
    cycle_times: str = ""
    ageing: str = ""


class FlowPage(msgspec.Struct, frozen=True):
    """How some items flow.

    Attributes:
        workflow: The id of the one that they follow, or ``""``.
        outlook: When all that is open will be finished; None: nobody can tell.
        others: The same page of each workflow.
        handoffs: What passed from team to team; None on the page of a workflow, as is the rest.
        friction: Where time is lost.
        reliability: Whether promises are kept.
    """

    workflow: str
    flow: Flow
    pictures: FlowPictures
    outlook: Outlook | None
    others: tuple[Link, ...] = ()
    handoffs: Handoffs | None = None
    friction: Friction | None = None
    reliability: Reliability | None = None


class NoFlow(msgspec.Struct, frozen=True):
    """Why there are no numbers."""

    reason: str


def plan_flow(sources: Sources) -> Iterator[Output]:
    """Yield the page of the workspace, and one of each workflow of items."""
    key = sources.keys.past
    make = partial(_make, sources)
    yield Output(list_address(_SECTION), key, make, precise=True)
    for workflow in sources.snapshot.workflows.values():
        if workflow.kind == "item":
            address = document_address(_SECTION, workflow.id)
            yield Output(address, key, partial(_make_of_workflow, sources, workflow), precise=True)


def _make(sources: Sources) -> Page:
    past, address = sources.past, list_address(_SECTION)
    if past is None or past.history.shallow or not past.history.events:
        return _make_none(sources, past, address, "Flow")
    flow = past.flow
    known = {row.workflow.lower() for row in (*flow.finished, *(e.item for e in flow.in_progress))}
    model = FlowPage(
        workflow="",
        flow=flow,
        pictures=FlowPictures(_render_weeks(flow), render_cumulative_flow(flow.days)),
        outlook=past.outlook_of(),
        others=tuple(
            Link(document_address(_SECTION, each.id), each.title or each.id)
            for each in sources.snapshot.workflows.values()
            if each.kind == "item" and each.id.lower() in known
        ),
        handoffs=past.handoffs,
        friction=past.friction,
        reliability=past.reliability,
    )
    return Page(address, "Flow", "flow.html", model, section=_SECTION, origin=sources.whole)


def _make_of_workflow(sources: Sources, workflow: Workflow) -> Page:
    past, address = sources.past, document_address(_SECTION, workflow.id)
    title = f"Flow: {workflow.title or workflow.id}"
    if past is None or past.history.shallow or not past.history.events:
        return _make_none(sources, past, address, title)
    flow = past.flow_of(workflow.id)
    return Page(
        address=address,
        title=title,
        template="flow.html",
        model=FlowPage(workflow.id, flow, _render(flow, workflow), past.outlook_of(workflow.id)),
        crumbs=(Link(list_address(_SECTION), "Flow"),),
        section=_SECTION,
        origin=sources.origin_of((workflow.path,), workflow.path),
    )


def _make_none(sources: Sources, past: Past | None, address: str, title: str) -> Page:
    reason = _NO_GIT if past is None else _CUT_OFF if past.history.shallow else _EMPTY
    crumbs = () if address == list_address(_SECTION) else (Link(list_address(_SECTION), "Flow"),)
    return Page(
        address,
        title,
        "no_flow.html",
        NoFlow(reason),
        crumbs=crumbs,
        section=_SECTION,
        origin=sources.whole,
    )


def _render(flow: Flow, workflow: Workflow) -> FlowPictures:
    percentiles = flow.numbers.cycle_time
    axis = TimeAxis(flow.since, flow.until)
    states = list(_by_state(flow, workflow))
    return FlowPictures(
        weeks=_render_weeks(flow),
        cumulative=render_cumulative_flow(flow.days),
        cycle_times=render_cycle_times(flow.finished, percentiles, axis) if flow.finished else "",
        ageing=render_ageing_work(states, percentiles) if states else "",
    )


def _render_weeks(flow: Flow) -> str:
    return render_week_bars(flow.weeks) if flow.finished else ""


def _by_state(flow: Flow, workflow: Workflow) -> Iterator[tuple[str, list[AgeingItem]]]:
    """Yield the states in which work is in progress, in the order of the workflow."""
    states: dict[str, list[AgeingItem]] = {state.name: [] for state in workflow.states}
    for each in flow.in_progress:
        states.setdefault(each.item.state, []).append(each)
    for name, ageing in states.items():
        if ageing:
            state = workflow.state(name)
            yield state.label if state else name, ageing
