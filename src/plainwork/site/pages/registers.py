"""The registers of the workspace: risks, decisions, and who is what in which work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from plainwork.model.work import Work
from plainwork.model.workflow import CLOSED
from plainwork.site.address import list_address
from plainwork.site.page import Origin, Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.registers import list_decisions, list_risks
from plainwork.site.sources import Sources
from plainwork.views.listing import order_rows
from plainwork.views.raci import compute_raci
from plainwork.views.risks import Risk, find_risks
from plainwork.views.summary import WorkSummary, summarise

_SIZE = 100


def plan_risks(sources: Sources) -> Iterator[Output]:
    """Yield the open risks, the greatest first."""
    works = list_risks(sources)
    yield from _plan(sources, "risks", "Risks", list(find_risks(works, sources.snapshot)), works)


def plan_decisions(sources: Sources) -> Iterator[Output]:
    """Yield the decisions: open ones first, then what was changed last."""
    works = list_decisions(sources)
    found = [summarise(work, sources.snapshot, sources.today) for work in works]
    yield from _plan(sources, "decisions", "Decisions", found, works)


def plan_raci(sources: Sources) -> Iterator[Output]:
    """Yield who is responsible, accountable, consulted and informed, for all open work."""
    snapshot = sources.snapshot
    categories = snapshot.works.columns["category"]
    open_ = [row for row in range(len(snapshot.works)) if categories[row] not in CLOSED]
    rows, ids = order_rows(snapshot, open_), snapshot.works.columns["id"]
    parts = split(rows, map(ids.__getitem__, rows), list_address("raci"), _SIZE)

    def make(part: Part[int]) -> Page:
        raci = compute_raci(snapshot, part.entries, today=sources.today)
        origin = sources.origin_of(sources.paths_of(part.entries))
        shown = msgspec.structs.replace(part, entries=raci.works)
        return _page("raci", "Who is accountable", shown, origin)

    for part in parts:
        key = sources.keys.of_rows(part.entries, f"{part.number} {part.total}")
        yield Output(part.address, key, partial(make, part))


def _plan(
    sources: Sources,
    name: str,
    title: str,
    found: Sequence[Risk | WorkSummary],
    works: Sequence[Work],
) -> Iterator[Output]:
    origin = sources.origin_of_list([work.path for work in works])
    for part in split(found, (each.id for each in found), list_address(name), _SIZE):
        make = partial(_page, name, title, part, origin)
        yield Output(part.address, sources.keys.everything, make)


def _page(name: str, title: str, part: Part[Any], origin: Origin) -> Page:
    return Page(
        address=part.address,
        title=name_part(title, part.number),
        template=f"{name}.html",
        model=part,
        crumbs=part.crumbs(title),
        section=name,
        origin=origin,
    )
