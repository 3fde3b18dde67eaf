"""The home page: what needs attention, and who must act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from plainwork.analysis.attention import is_overdue
from plainwork.analysis.days import shift_day
from plainwork.flow.pace import Pace
from plainwork.model.workflow import Category, Workflow
from plainwork.site.address import HOME
from plainwork.site.decided import Verdict
from plainwork.site.digest import digest
from plainwork.site.groups import NO_PROJECT, OVERDUE, Group
from plainwork.site.page import Output, Page
from plainwork.site.pictures.status_bars import StatusBar, render_status_bars
from plainwork.site.sources import MOST_URGENT, Sources
from plainwork.views.counts import CountRow
from plainwork.views.found import Found, Picker
from plainwork.views.late import LateWork, describe_late
from plainwork.views.missed import MissedRoutine, find_missed_routines
from plainwork.views.offered import OfferedWork
from plainwork.views.project_overview import ProjectOverview
from plainwork.views.recent import Recent
from plainwork.views.status import Status
from plainwork.views.summary import Urgency, open_works

_MOST_CHANGES = 25
_MOST_GROUPS = 15
_WEEK = 7
_WORRYING = frozenset({"at-risk", "off-track"})


class Standing(msgspec.Struct, frozen=True):
    """How a group of work stands.

    Attributes:
        address: Of its page, or ``""``.
        label: What people call it.
        counts: How much work stands where.
        places: Where the work of each category is listed, and what is overdue.
    """

    address: str
    label: str
    counts: CountRow
    places: Mapping[str, str] = {}


class Home(msgspec.Struct, frozen=True):
    """What needs attention.

    Attributes:
        status: Counts, and the most urgent works of each sort.
        late: Overdue work: why it is late, and who must act.
        endangered: Open projects that are at risk or off track, declared or computed.
        missed: Routines whose work was not made in time.
        overlooked: Handoffs that nobody has answered in time, or for long.
        broken: How many steps of the last seven days did not keep the rules of approval.
        recent: What has changed in the last seven days.
        unreadable: How many documents cannot be read, and are not counted therefore.
        pace: How much was finished this week; None: nobody knows.
        groups: The counts of the projects, or of workflows where there are no projects; at most
            15, those with the most open work, and how many are left out.
        picture: The same as a picture.
    """

    status: Status
    late: Found[LateWork]
    endangered: tuple[ProjectOverview, ...]
    missed: tuple[MissedRoutine, ...]
    overlooked: Found[OfferedWork]
    broken: int
    recent: Recent
    unreadable: int
    pace: Pace | None
    groups: tuple[Standing, ...]
    groups_left_out: int
    picture: str


def plan_home(sources: Sources) -> Iterator[Output]:
    """Yield the home page."""
    # It tells of the latest commits, of what is missing, and of approvals that were kept.
    more = (sources.log.head, str(sources.unreadable), sources.notes)
    key = digest(sources.keys.everything, *more)
    yield Output(HOME, key, lambda: _make(sources), of_past=True)


def _make(sources: Sources) -> Page:
    snapshot, today, changes = sources.snapshot, sources.today, sources.changes
    status, since = sources.status, shift_day(today, -_WEEK)
    pick = Picker(Urgency(snapshot, changes.last_changed), MOST_URGENT)
    late = (work for work in open_works(snapshot) if is_overdue(work, today))
    groups = tuple(_describe(row, status.by, sources) for row in status.groups[:_MOST_GROUPS])
    home = Home(
        status=status,
        late=pick(late, lambda work: describe_late(work, snapshot, today)),
        endangered=tuple(
            project
            for project in sources.portfolio.projects
            if project.computed and _WORRYING & {project.computed, project.declared}
        ),
        missed=find_missed_routines(snapshot, today),
        overlooked=sources.offers.find_overlooked(MOST_URGENT),
        broken=sum(
            step.verdict is Verdict.BROKEN and step.at.date() >= since
            for step in sources.decided.steps
        ),
        recent=changes.since(since, _MOST_CHANGES),
        unreadable=sources.unreadable,
        pace=sources.pace,
        groups=groups,
        groups_left_out=len(status.groups) - len(groups),
        picture=render_status_bars([StatusBar(each.label, each.counts) for each in groups]),
    )
    return Page(
        HOME, "What needs attention", "home.html", home, section="home", origin=sources.whole
    )


def _describe(row: CountRow, by: str, sources: Sources) -> Standing:
    if by == "workflow":
        link = sources.directory.workflow(row.name)
        group = sources.groups.workflows.get(row.name.lower())
    else:
        link = sources.directory.project(row.name)
        group = sources.groups.projects.get(row.name.lower())
    label = link.label or f"No {by}"
    if group is None or not (link.address or row.name == NO_PROJECT):
        return Standing(link.address, label, row)
    workflow = sources.snapshot.workflows.get(row.name.lower()) if by == "workflow" else None
    return Standing(link.address, label, row, _find_places(group, workflow))


def _find_places(group: Group, workflow: Workflow | None) -> Mapping[str, str]:
    """Return where the work of each category begins; under the states of a workflow, if given."""
    places = {OVERDUE: group.find(OVERDUE)}
    if workflow is None:
        return places | {category.value: group.find(category.value) for category in Category}
    for state in workflow.states:
        if place := group.find(state.name):
            places.setdefault(state.category.value, place)
    return places
