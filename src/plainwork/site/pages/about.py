"""About the site: from what it was made, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from plainwork.site.address import ABOUT
from plainwork.site.digest import digest
from plainwork.site.page import Output, Page
from plainwork.site.sources import Sources


class About(msgspec.Struct, frozen=True):
    """What the site was made from; nothing of it stands on any other page.

    Attributes:
        commit: The last commit that counts, or ``""`` outside of Git.
        time: When that was made, in the workspace's time zone.
        left_out: Whether there is anything that this audience does not see.
        shallow: Whether the history was cut off, so that what is told of it begins late.
    """

    commit: str
    time: datetime | None
    version: str
    today: date
    audience: str
    left_out: bool
    shallow: bool


def plan_about(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    about = _describe(sources)
    key = digest(sources.keys.rules, msgspec.msgpack.encode(about))
    page = Page(ABOUT, "About this site", "about.html", about, section="about")
    yield Output(ABOUT, key, lambda: page)


def _describe(sources: Sources) -> About:
    log = sources.log
    return About(
        commit=log.head,
        time=datetime.fromtimestamp(log.time, sources.zone) if log.head else None,
        version=sources.version,
        today=sources.today,
        audience=sources.audience,
        left_out=sources.hidden.anything,
        shallow=log.shallow,
    )
