"""The page of all handoffs that nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.site.address import list_address
from plainwork.site.page import Link, Output, Page
from plainwork.site.sources import Sources
from plainwork.views.found import Found
from plainwork.views.offered import OfferedWork

_MOST = 100
"""How many there are only history tells: they are no list in parts, which would be planned."""


class OffersPage(msgspec.Struct, frozen=True):
    """What teams were offered and have not answered.

    Attributes:
        found: At most 100 are described.
        unknown: Why nobody knows of any, or ``""``.
    """

    found: Found[OfferedWork]
    unknown: str


def plan_offers(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    make = partial(_make, sources)
    yield Output(list_address("offers"), sources.keys.everything, make, of_past=True)


def _make(sources: Sources) -> Page:
    found = sources.offers.find_all(_MOST)
    return Page(
        address=list_address("offers"),
        title="Handed over, and not answered",
        template="offers.html",
        model=OffersPage(found, sources.offers.unknown),
        crumbs=(Link(list_address("waiting"), "What work waits for"),),
        section="flow",
        origin=sources.whole,
    )
