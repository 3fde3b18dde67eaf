"""The page for what is not there.

Forges show it wherever somebody asks for nothing, at any depth, so its links begin at their host.
Who does not say where the site will be has no such page: relative links would lead nowhere from
most of the places in which it is shown, and so would the way to its style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plainwork.site.address import MISSING, way_from_host
from plainwork.site.page import Output, Page
from plainwork.site.sources import Sources


def plan_missing(sources: Sources) -> Iterator[Output]:
    """Yield the page, if somebody says where the site will be."""
    if sources.base_url:
        yield Output(MISSING, sources.keys.rules, partial(_make, sources.base_url))


def _make(base: str) -> Page:
    return Page(MISSING, "There is no such page", "missing.html", None, root=way_from_host(base))
