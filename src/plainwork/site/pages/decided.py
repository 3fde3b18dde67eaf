"""The page of approvals that were given: who, when, by which rule, and whether that was kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from plainwork.site.address import list_address
from plainwork.site.decided import MOST_DECIDED, DecidedStep
from plainwork.site.digest import digest
from plainwork.site.page import Link, Output, Page
from plainwork.site.sources import Sources

_MOST = 60


class DecidedPage(msgspec.Struct, frozen=True):
    """What somebody had to approve.

    Attributes:
        steps: The latest 60, the last one first.
        total: How many there are.
        counts: How many of them kept the rules, broke them, or cannot be told.
        unknown: Why nobody knows of any, or ``""``.
        most: How many commits are decided again.
    """

    steps: tuple[DecidedStep, ...]
    total: int
    counts: Mapping[str, int]
    unknown: str
    most: int = MOST_DECIDED


def plan_decided(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    key = digest(sources.keys.everything, sources.notes)
    yield Output(list_address("decided"), key, partial(_make, sources), of_past=True)


def _make(sources: Sources) -> Page:
    found = sources.decided
    counts = Counter(step.verdict.value for step in found.steps)
    return Page(
        address=list_address("decided"),
        title="Approvals of the past",
        template="decided.html",
        model=DecidedPage(found.steps[:_MOST], len(found.steps), counts, found.unknown),
        crumbs=(Link(list_address("approvals"), "Waiting for approval"),),
        section="approvals",
        origin=sources.whole,
    )
