"""The menu that every page has: which lists there are, in groups.

A register that a workspace does not keep would be a way to an empty page on every page, so it has
no entry; its page is there all the same.
"""

from __future__ import annotations

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.site.address import ABOUT, HOME, list_address


class MenuEntry(msgspec.Struct, frozen=True):
    """A page of the menu; ``section`` is what pages that belong to it say."""

    address: str
    label: str
    section: str


class MenuGroup(msgspec.Struct, frozen=True):
    """Entries with a heading."""

    label: str
    entries: tuple[MenuEntry, ...]


def _list(name: str, label: str) -> MenuEntry:
    return MenuEntry(list_address(name), label, name)


MENU = (
    MenuGroup(
        "Overview",
        (
            MenuEntry(HOME, "Needs attention", "home"),
            _list("portfolio", "Portfolio"),
            _list("timeline", "Timeline"),
            _list("calendar", "Calendar"),
            _list("flow", "Flow"),
        ),
    ),
    MenuGroup(
        "Work",
        (
            _list("work", "All work"),
            _list("approvals", "Approvals"),
            _list("risks", "Risks"),
            _list("decisions", "Decisions"),
            _list("routines", "Routines"),
        ),
    ),
    MenuGroup("People", (_list("people", "People and teams"), _list("raci", "Who is accountable"))),
    MenuGroup(
        "Rules",
        (
            _list("workflows", "Workflows"),
            _list("policies", "Policies"),
            _list("glossary", "Glossary"),
        ),
    ),
    MenuGroup("This site", (MenuEntry(ABOUT, "About", "about"),)),
)


def find_menu(snapshot: Snapshot) -> tuple[MenuGroup, ...]:
    """Return the menu of a workspace: without lists of which there has never been anything.

    Args:
        snapshot: The workspace without what is left out.
    """
    kinds = set(snapshot.works.columns["kind"])
    workflows = set(map(str.lower, snapshot.works.columns["workflow"]))
    kept = {
        "portfolio": "project" in kinds,
        "timeline": "project" in kinds or "milestone" in workflows,
        "risks": "risk" in workflows,
        "decisions": "decision" in workflows,
        "routines": "routine" in kinds,
        "policies": bool(snapshot.policies),
    }
    shown = (
        (group, tuple(each for each in group.entries if kept.get(each.section, True)))
        for group in MENU
    )
    return tuple(MenuGroup(group.label, entries) for group, entries in shown if entries)
