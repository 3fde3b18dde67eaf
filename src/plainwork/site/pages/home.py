"""The home page: what needs attention."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.site.address import HOME
from plainwork.site.page import Output, Page
from plainwork.site.sources import Sources
from plainwork.views.status import compute_status

_MOST = 25


def plan_home(sources: Sources) -> Iterator[Output]:
    """Yield the home page."""

    def make() -> Page:
        status = compute_status(
            sources.snapshot,
            today=sources.today,
            last_changed=sources.changes.last_changed,
            by="project",
            most=_MOST,
        )
        return Page(HOME, "What needs attention", "home.html", status, section="home")

    yield Output(HOME, sources.keys.everything, make)
