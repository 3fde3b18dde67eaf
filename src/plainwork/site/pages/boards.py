"""The board of each project and team: their open work in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec

from plainwork.site.address import document_address
from plainwork.site.groups import Group
from plainwork.site.page import Link, Output, Page
from plainwork.site.sources import Sources
from plainwork.views.board import Board, compute_board

_MOST = 25


class BoardPage(msgspec.Struct, frozen=True):
    """A board, and where all of its work is listed, column by column."""

    board: Board
    group: Group


def plan_boards(sources: Sources) -> Iterator[Output]:
    """Yield the board of every project and team that has work."""
    directory, groups = sources.directory, sources.groups
    yield from _plan(sources, "team-board", groups.teams, directory.party, "people")
    yield from _plan(sources, "project-board", groups.projects, directory.project, "portfolio")


def board_address(kind: str, id_: str) -> str:
    """Return where the board of a project or team is."""
    return document_address(f"{kind}-board", id_.lower())


def _plan(
    sources: Sources,
    kind: str,
    groups: Mapping[str, Group],
    find: Callable[[str], Link],
    section: str,
) -> Iterator[Output]:
    over = msgspec.msgpack.encode([each for each in sources.limited_states if each.over])
    for id_, group in groups.items():
        subject = find(id_)
        if subject.address:
            address = document_address(kind, id_)
            key = sources.keys.of_rows(group.rows, sources.keys.day, over, subject.label)
            yield Output(address, key, partial(_make, sources, address, group, subject, section))


def _make(sources: Sources, address: str, group: Group, subject: Link, section: str) -> Page:
    board = compute_board(
        sources.snapshot,
        group.rows,
        today=sources.today,
        last_changed=sources.changes.last_changed,
        most=_MOST,
    )
    return Page(
        address=address,
        title=f"Board: {subject.label}",
        template="board.html",
        model=BoardPage(board, group),
        crumbs=(subject,),
        section=section,
        origin=sources.origin_of(sources.paths_of(group.rows)),
    )
