"""The page of each project: it fits on paper, and says what a sponsor asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from plainwork.model.work import Work
from plainwork.model.workflow import CLOSED
from plainwork.site.groups import OVERDUE
from plainwork.site.markdown import render_markdown
from plainwork.site.page import Output, Page
from plainwork.site.pages.boards import board_address
from plainwork.site.pages.works import WorkPage, crumbs_of, describe, show
from plainwork.site.pictures.timeline import render_timeline
from plainwork.site.sources import Sources
from plainwork.views.summary import WorkSummary, summarise
from plainwork.views.timeline import Timeline, compute_timeline

_MOST = 40
_MOST_BARS = 40
_MOST_ON_PAPER = 12
"""With so many bars all that a sponsor asks fits on one page."""

_REGISTERS = frozenset({"milestone", "deliverable", "risk", "decision"})
"""Workflows that the page shows in parts of their own."""


class ProjectPage(WorkPage, frozen=True, kw_only=True):
    """What a project's page shows beside what every work's does.

    Attributes:
        works: Its open work, what is due soonest first; at most 40.
        total: How many works belong to it.
        timeline: Its open work and milestones along the days, and a `picture` of that;
            `paper_picture` is what is printed instead, or ``""`` if all of it fits.
        board: Where its board is, or ``""`` if it has no work; `all_work` and `overdue` likewise.
    """

    works: tuple[WorkSummary, ...]
    total: int
    timeline: Timeline
    picture: str
    paper_picture: str
    board: str
    all_work: str
    overdue: str


def plan_projects(sources: Sources) -> Iterator[Output]:
    """Yield the page of every project."""
    works = sources.snapshot.works
    for row, kind in enumerate(works.columns["kind"]):
        if kind == "project":
            id_ = works.columns["id"][row]
            more = (sources.clocks.key(id_), sources.decisions.key(id_))
            key = sources.keys.of_work(row, sources.keys.day, *more)
            address = sources.directory.addresses[row]
            yield Output(address, key, partial(_make, sources, works[row]))


def _make(sources: Sources, project: Work) -> Page:
    snapshot, today = sources.snapshot, sources.today
    group = sources.groups.projects.get(project.id.lower())
    items = [snapshot.works[row] for row in group.rows] if group else []
    open_ = [item for item in items if item.category not in CLOSED]
    listed = [item for item in open_ if item.workflow.lower() not in _REGISTERS]
    listed.sort(key=lambda item: (item.due or date.max, item.row))
    dated = [item for item in open_ if item.workflow.lower() != "risk"]
    timeline = compute_timeline(dated, snapshot, today=today, most=_MOST_BARS)
    title, paper_picture = f"Timeline of {project.title}", ""
    if len(timeline.bars) > _MOST_ON_PAPER:
        less = compute_timeline(dated, snapshot, today=today, most=_MOST_ON_PAPER)
        paper_picture = render_timeline(less, name="paper", title=title)
    shown, fields = show(project, sources)
    text = render_markdown(shown.body, sources.directory.work)
    model = ProjectPage(
        **describe(project, shown, fields, text, sources),
        works=tuple(summarise(item, snapshot, today) for item in listed[:_MOST]),
        total=len(items),
        timeline=timeline,
        picture=render_timeline(timeline, title=title),
        paper_picture=paper_picture,
        board=board_address("project", project.id) if group else "",
        all_work=group.address if group else "",
        overdue=group.find(OVERDUE) if group else "",
    )
    paths = (project.path, *(item.path for item in items))
    return Page(
        address=sources.directory.of(project),
        title=project.title,
        template="project.html",
        model=model,
        crumbs=crumbs_of(project, sources),
        section="portfolio",
        origin=sources.origin_of(paths, project.path),
        mentions=text.mentions,
    )
