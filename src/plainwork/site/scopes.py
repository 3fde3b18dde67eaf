"""Whose data and feeds there are: of the whole workspace, each project, team, person and agent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from plainwork.site.address import HOME, document_name
from plainwork.site.page import Link
from plainwork.site.sources import Sources
from plainwork.views.belonging import find_belonging
from plainwork.views.listing import order_rows


class Scope(msgspec.Struct, frozen=True):
    """Some of the work that a list, feed or calendar is about.

    Attributes:
        name: What its files are called.
        page: The page about it, and its title.
        rows: Its works in the usual order.
    """

    name: str
    page: Link
    rows: Sequence[int]


def find_scopes(sources: Sources) -> Iterator[Scope]:
    """Yield the whole workspace, and then each part of it."""
    snapshot = sources.snapshot
    rows = order_rows(snapshot, range(len(snapshot.works)))
    yield Scope("work", Link(HOME, sources.title), rows)
    for (kind, id_), own in find_belonging(snapshot, rows).items():
        yield Scope(document_name(kind, id_), _page_of(kind, id_, sources), own)


def _page_of(kind: str, id_: str, sources: Sources) -> Link:
    if kind == "project":
        work = sources.snapshot.work(id_)
        return Link(sources.directory.work(id_), work.title if work else id_)
    return Link(HOME, sources.directory.party(id_).label)
