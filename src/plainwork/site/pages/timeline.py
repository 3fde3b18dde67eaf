"""The timeline of the whole workspace: its projects and milestones."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.site.address import list_address
from plainwork.site.page import Output, Page
from plainwork.site.pictures.timeline import render_timeline
from plainwork.site.sources import Sources
from plainwork.views.timeline import Timeline, compute_timeline, find_landmarks

_NAME = "timeline"


class TimelinePage(msgspec.Struct, frozen=True):
    """A timeline, and a picture of it."""

    timeline: Timeline
    picture: str


def plan_timeline(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    yield Output(list_address(_NAME), sources.keys.everything, lambda: _make(sources))


def _make(sources: Sources) -> Page:
    snapshot = sources.snapshot
    timeline = compute_timeline(find_landmarks(snapshot), snapshot, today=sources.today)
    title = "Projects and milestones"
    return Page(
        address=list_address(_NAME),
        title="Timeline",
        template="timeline.html",
        model=TimelinePage(timeline, render_timeline(timeline, title=title)),
        section=_NAME,
        origin=sources.whole,
    )
