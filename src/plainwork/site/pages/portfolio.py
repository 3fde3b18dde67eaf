"""The portfolio: one row a project."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.site.address import list_address
from plainwork.site.groups import OVERDUE
from plainwork.site.page import Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.project_overview import ProjectOverview

_NAME = "portfolio"
_TITLE = "Portfolio"
_SIZE = 50


class PortfolioRow(msgspec.Struct, frozen=True):
    """A project, and where its work is listed and what of it is overdue, or ``""``."""

    project: ProjectOverview
    all_work: str
    overdue: str


def plan_portfolio(sources: Sources) -> Iterator[Output]:
    """Yield the pages; there is one even without any project."""
    projects = sources.portfolio.projects
    for part in split(projects, (each.work.id for each in projects), list_address(_NAME), _SIZE):
        yield Output(part.address, sources.keys.everything, partial(_make, sources, part))


def _make(sources: Sources, part: Part[ProjectOverview]) -> Page:
    rows = tuple(_describe(each, sources) for each in part.entries)
    return Page(
        address=part.address,
        title=name_part(_TITLE, part.number),
        template="portfolio.html",
        model=Part(rows, part.total, part.number, part.pages),
        crumbs=part.crumbs(_TITLE),
        section=_NAME,
        origin=sources.whole,
    )


def _describe(project: ProjectOverview, sources: Sources) -> PortfolioRow:
    group = sources.groups.projects.get(project.work.id.lower())
    if group is None:
        return PortfolioRow(project, "", "")
    return PortfolioRow(project, group.address, group.find(OVERDUE))
