"""Ownership for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.reporting.sections import Section, format_sections
from plainwork.reporting.table import format_table
from plainwork.reporting.text import plural
from plainwork.reporting.title import format_title
from plainwork.views.ownership import OwnerRow, Ownership
from plainwork.views.roles import Roles

_NONE = "·"
_HEADERS = (
    "owner",
    "projects",
    "routines",
    "proposed",
    "ready",
    "active",
    "waiting",
    "late",
    "load",
)
_ROLE_HEADERS = ("RACI", "responsible", "accountable", "consulted", "informed")


def format_owners(found: Ownership, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of who is accountable for what.

    Args:
        found: Who it is.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    name = f"Owners of {found.workspace}" if found.workspace else "Owners"
    yield format_title(name, found.today, width=width, color=color)
    yield ""
    if not found.owners and not found.orphans.count:
        yield "There is no open work to answer for: `plainwork list` shows the rest."
        return
    if found.owners:
        rows = [_row(owner) for owner in found.owners]
        yield from _format_counts(_HEADERS, rows, width=width, color=color)
        yield ""
        yield "load: estimates of what is due in four weeks, of the hours they have until then"
    sections = [section for section in _sections(found) if section.count]
    if found.owners and sections:
        yield ""
    yield from format_sections(sections, width=width, lines=None, color=color)
    if found.roles:
        yield ""
        roles = [_roles_row(each) for each in found.roles]
        yield from _format_counts(_ROLE_HEADERS, roles, width=width, color=color)
        yield ""
        yield "Open work is counted; `plainwork raci open` shows who has which role in which."


def _format_counts(
    headers: Sequence[str], rows: Sequence[tuple[str, ...]], *, width: int, color: bool
) -> Iterator[str]:
    """Yield the lines of a table; columns in which nobody has anything are left out."""
    columns = zip(headers, zip(*rows, strict=True), strict=True)
    filled = [(name, cells) for name, cells in columns if set(cells) != {_NONE}]
    names = [name for name, _ in filled]
    yield from format_table(
        names,
        list(zip(*(cells for _, cells in filled), strict=True)),
        width=width,
        align="<" + ">" * (len(names) - 1),
        whole=names[1:],
        color=color,
    )


def _roles_row(roles: Roles) -> tuple[str, ...]:
    counts = (roles.responsible, roles.accountable, roles.consulted, roles.informed)
    return (roles.party, *(str(count or _NONE) for count in counts))


def _row(owner: OwnerRow) -> tuple[str, ...]:
    counts = (
        owner.projects,
        owner.routines,
        owner.proposed,
        owner.ready,
        owner.active,
        owner.waiting,
        owner.overdue,
    )
    return (owner.id, *(str(count or _NONE) for count in counts), _load(owner))


def _load(owner: OwnerRow) -> str:
    load = owner.load
    if load is None:
        return _NONE
    if load.share is None:
        return "no time" if load.hours else _NONE
    return f"{round(100 * load.share)}%{' !' if load.over else '  '}"


def _sections(found: Ownership) -> Iterator[Section]:
    over = [owner for owner in found.owners if owner.load is not None and owner.load.over]
    yield Section(
        "Overloaded",
        len(over),
        "",
        [
            (owner.id, f"{round(load.hours)} hours of work in {round(load.available)}")
            for owner in over
            if (load := owner.load) is not None
        ],
    )
    yield Section(
        "Nobody answers for",
        found.orphans.count,
        "plainwork list open unowned",
        [(orphan.work.id, orphan.why, orphan.work.title) for orphan in found.orphans.works],
    )
    yield Section(
        "Teams",
        len(found.teams),
        "",
        [
            (team.id, team.lead or "-", plural(team.people, "person", "people"), team.problem)
            for team in found.teams
        ],
    )
