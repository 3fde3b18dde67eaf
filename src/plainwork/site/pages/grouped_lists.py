"""All work of a project, team, person or workflow, under headings, in pages of a bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

import msgspec

from plainwork.site.address import list_address
from plainwork.site.groups import NO_PROJECT, OVERDUE, PAGE_SIZE, Group
from plainwork.site.page import Link, Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.summary import WorkSummary, summarise_rows


class Block(msgspec.Struct, frozen=True):
    """A heading, and what stands below it on this page.

    Attributes:
        id: The fragment of the address that leads to it.
        count: How much work there is under this heading on all pages; 0: it began on another.
    """

    id: str
    label: str
    count: int
    works: tuple[WorkSummary, ...]


class Heading(msgspec.Struct, frozen=True):
    """Whose work it is.

    Attributes:
        title: Of the first page of the list.
        subject: The page of it, and what it is called.
        section: The entry of the menu that it belongs to.
        headings: Under which each entry of the page stands.
        counts: How much work there is under each heading that begins on the page.
    """

    title: str
    subject: Link
    section: str
    headings: Sequence[str]
    counts: Mapping[str, int]


class GroupedList(msgspec.Struct, frozen=True):
    """One page of a list under headings."""

    blocks: tuple[Block, ...]
    part: Part[int]


def plan_grouped_lists(sources: Sources) -> Iterator[Output]:
    """Yield the pages of every group that has any work and a page of its own."""
    groups, directory = sources.groups, sources.directory
    yield from _plan(sources, groups.teams, directory.party, "people")
    yield from _plan(sources, groups.owners, directory.party, "people")
    yield from _plan(sources, groups.projects, partial(_find_project, sources), "portfolio")
    yield from _plan(sources, groups.workflows, directory.workflow, "workflows")


def _plan(
    sources: Sources, groups: Mapping[str, Group], find: Callable[[str], Link], section: str
) -> Iterator[Output]:
    for id_, group in groups.items():
        subject = find(id_)
        if subject.address:
            yield from _plan_list(sources, group, "All work", subject, section)
            if group.overdue is not None:
                yield from _plan_list(sources, group.overdue, "Overdue", subject, section)


def _find_project(sources: Sources, id_: str) -> Link:
    if id_ == NO_PROJECT:
        return Link(list_address("portfolio"), "No project")
    return sources.directory.project(id_)


def _plan_list(
    sources: Sources, group: Group, words: str, subject: Link, section: str
) -> Iterator[Output]:
    title = f"{words}: {subject.label}"
    counts = {name: sum(1 for _ in each) for name, each in groupby(group.headings)}
    first, seen = 0, set[str]()
    for part in split(group.rows, group.ids, group.address, PAGE_SIZE):
        here = group.headings[first : first + len(part.entries)]
        # Only where a heading begins it tells how much there is: other pages need not change.
        begins = {name: counts[name] for name in here if name not in seen}
        numbers = f"{part.number} {len(part.pages)} {part.total} {begins}"
        key = sources.keys.of_rows(part.entries, sources.keys.day, title, numbers)
        heading = Heading(title, subject, section, here, begins)
        yield Output(part.address, key, partial(_make, sources, part, heading))
        first += len(part.entries)
        seen.update(here)


def _make(sources: Sources, part: Part[int], whose: Heading) -> Page:
    snapshot, today = sources.snapshot, sources.today
    blocks = []
    entries = zip(whose.headings, part.entries, strict=True)
    for heading, pairs in groupby(entries, key=itemgetter(0)):
        rows = [row for _, row in pairs]
        by_state = whose.section == "workflows" and heading != OVERDUE
        state = snapshot.state(snapshot.works[rows[0]]) if by_state else None
        label = state.label if state else heading.capitalize()
        described = summarise_rows(rows, snapshot, today)
        blocks.append(Block(heading, label, whose.counts.get(heading, 0), described))
    return Page(
        address=part.address,
        title=name_part(whose.title, part.number),
        template="grouped_list.html",
        model=GroupedList(tuple(blocks), part),
        crumbs=(whose.subject, *part.crumbs(whose.title)),
        section=whose.section,
        origin=sources.origin_of(sources.paths_of(part.entries)),
    )
