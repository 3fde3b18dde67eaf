"""The portfolio: one row a project."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.site.address import list_address
from plainwork.site.page import Output, Page
from plainwork.site.sources import Sources
from plainwork.views.portfolio import compute_portfolio


def plan_portfolio(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    address = list_address("portfolio")

    def make() -> Page:
        portfolio = compute_portfolio(sources.snapshot, today=sources.today)
        return Page(address, "Portfolio", "portfolio.html", portfolio, section="portfolio")

    yield Output(address, sources.keys.everything, make)
