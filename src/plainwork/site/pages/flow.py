"""How work flows: of the whole workspace, and of each workflow whose items history tells of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from plainwork.flow.friction import Friction
from plainwork.flow.measures import Flow
from plainwork.flow.outlook import Outlook
from plainwork.flow.service_levels import ServiceLevelRow
from plainwork.model.workflow import IN_PROGRESS, Workflow
from plainwork.site.address import document_address, list_address
from plainwork.site.digest import digest, encode
from plainwork.site.directory import Directory
from plainwork.site.page import Link, Output, Page
from plainwork.site.pages.flow_pictures import FlowPictures, render_of_all, render_of_workflow
from plainwork.site.pages.waiting import plan_waiting
from plainwork.site.past import NoPast, Past
from plainwork.site.sources import Sources

if TYPE_CHECKING:
    from plainwork.flow.reliability import Reliability

_SECTION = "flow"


class FlowPage(msgspec.Struct, frozen=True):
    """How some items flow.

    Attributes:
        workflow: The id of the one that they follow, or ``""``.
        outlook: When all that is open will be finished; None: nobody can tell.
        levels: How workflows keep what they promise, the worst first.
        others: The same page of each workflow.
        friction: Where time is lost; None on the page of a workflow, as is the rest.
        reliability: Whether promises are kept.
    """

    workflow: str
    flow: Flow
    pictures: FlowPictures
    outlook: Outlook | None
    levels: tuple[ServiceLevelRow, ...]
    others: tuple[Link, ...] = ()
    friction: Friction | None = None
    reliability: Reliability | None = None

    @property
    def promising(self) -> bool:
        """Whether any of what is in progress was promised within a time."""
        return any(each.late or each.odds for each in self.flow.in_progress)


def flow_address(workflow: Workflow) -> str:
    """Return where the flow of a workflow is shown; ``""``: nothing is ever in progress there.

    A register, say of risks, only opens and closes.
    """
    in_progress = any(state.category in IN_PROGRESS for state in workflow.states)
    return (
        document_address(_SECTION, workflow.id) if in_progress and workflow.kind == "item" else ""
    )


def plan_flow(sources: Sources) -> Iterator[Output]:
    """Yield the pages of the workspace, and one of each workflow with work in progress."""
    key = digest(sources.keys.past, encode(sources.whole))
    make = partial(_make, sources)
    yield Output(list_address(_SECTION), key, make, precise=True, of_past=True)
    yield from plan_waiting(sources, key)
    for workflow in sources.snapshot.workflows.values():
        if address := flow_address(workflow):
            make = partial(_make_of_workflow, sources, workflow)
            yield Output(address, key, make, precise=True, of_past=True)


def _make(sources: Sources) -> Page:
    past, address = sources.whole_past, list_address(_SECTION)
    if isinstance(past, NoPast):
        return Page(address, "Flow", "no_flow.html", past, section=_SECTION, origin=sources.whole)
    flow = past.flow
    outlook, levels = past.outlook, tuple(sorted(flow.service_levels, key=_margin))
    known = {row.workflow.lower() for row in (*flow.finished, *(e.item for e in flow.in_progress))}
    model = FlowPage(
        workflow="",
        flow=flow,
        pictures=render_of_all(past, outlook, levels, sources.directory),
        outlook=outlook,
        levels=levels,
        others=tuple(
            Link(place, each.title or each.id)
            for each in sources.snapshot.workflows.values()
            if each.id.lower() in known and (place := flow_address(each))
        ),
        friction=past.friction,
        reliability=past.reliability,
    )
    return Page(address, "Flow", "flow.html", model, section=_SECTION, origin=sources.whole)


def _make_of_workflow(sources: Sources, workflow: Workflow) -> Page:
    past = sources.whole_past
    return Page(
        address=document_address(_SECTION, workflow.id),
        title=f"Flow: {workflow.title or workflow.id}",
        template="flow.html" if isinstance(past, Past) else "no_flow.html",
        model=_describe(past, workflow, sources.directory) if isinstance(past, Past) else past,
        crumbs=(Link(list_address(_SECTION), "Flow"),),
        section=_SECTION,
        origin=sources.counting((workflow.path,), workflow.path),
    )


def _describe(past: Past, workflow: Workflow, directory: Directory) -> FlowPage:
    flow, outlook = past.flow_of(workflow.id), past.outlook_of(workflow.id)
    pictures = render_of_workflow(flow, outlook, workflow, directory)
    return FlowPage(workflow.id, flow, pictures, outlook, flow.service_levels)


def _margin(row: ServiceLevelRow) -> float:
    """Return by how many percent more was kept than was promised."""
    return 100 * row.kept.count / row.kept.of - row.percent
