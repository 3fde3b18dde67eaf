"""The portfolio: one row a project."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.site.address import list_address
from plainwork.site.groups import OVERDUE
from plainwork.site.page import Output, Page
from plainwork.site.sources import Sources
from plainwork.views.project_overview import ProjectOverview


class PortfolioPage(msgspec.Struct, frozen=True):
    """The projects, each with where its work is listed, and what of it is overdue, or ``""``."""

    projects: tuple[tuple[ProjectOverview, str, str], ...]


def plan_portfolio(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    address = list_address("portfolio")

    def make() -> Page:
        groups = sources.groups.projects
        model = PortfolioPage(
            tuple(
                (each, group.address, group.find(OVERDUE))
                if (group := groups.get(each.work.id.lower()))
                else (each, "", "")
                for each in sources.portfolio.projects
            )
        )
        return Page(
            address,
            "Portfolio",
            "portfolio.html",
            model,
            section="portfolio",
            origin=sources.whole,
        )

    yield Output(address, sources.keys.everything, make)
