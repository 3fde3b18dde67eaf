"""What a page also is: a table, a feed, a calendar; and where."""

from __future__ import annotations

import re

import msgspec

from plainwork.site.address import HOME, badge_address, data_address, feed_address, list_address


class OtherForm(msgspec.Struct, frozen=True):
    """A file that says the same as a page; ``type`` is its media type."""

    address: str
    label: str
    type: str


_TABLE = ("csv", "json")
_FEEDS = ("atom", "ics")
_ALL = (*_TABLE, *_FEEDS)
_TABLES = (
    *("approvals", "blocked", "decided", "decisions", "glossary", "offers", "overdue", "policies"),
    *("portfolio", "promises", "raci", "risks", "stale", "timeline", "unowned", "workflows"),
)

_LISTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    **{list_address(name): ((name, _TABLE),) for name in _TABLES},
    HOME: (("status", _TABLE), ("work", _FEEDS)),
    list_address("work"): (("work", _ALL),),
    list_address("calendar"): (("calendar", _TABLE), ("work", ("ics",))),
    list_address("people"): tuple((name, _TABLE) for name in ("owners", "teams", "people", "load")),
    list_address("teams"): (("teams", _TABLE),),
    list_address("routines"): (("routines", (*_TABLE, "ics")),),
    list_address("flow"): tuple((name, _TABLE) for name in ("flow", "reliability", "forecast")),
    list_address("waiting"): tuple((name, _TABLE) for name in ("friction", "handoffs")),
}
_PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "project": ("project", (*_ALL, "svg")),
    **{kind: (kind, _ALL) for kind in ("team", "person", "agent")},
    **{
        f"{kind}-{list_}": (kind, _TABLE)
        for kind in ("project", "team", "person", "workflow")
        for list_ in ("work", "overdue", "board")
    },
    "workflow": ("workflow", (*_TABLE, "svg")),
}
"""Of pages of one folder: whose data they are. Those of a list hold what a part of it is of."""

_NAMED = {
    "flow": "Items",
    "forecast": "Forecast",
    "friction": "Waiting",
    "handoffs": "Handoffs",
    "load": "Load",
    "owners": "Owners",
    "people": "Attendance",
    "reliability": "Promises",
    "status": "Counts",
    "teams": "Teams",
}
"""What tables hold that are not what their page lists, or not all of it."""

_FORMS = {
    "csv": ("Table (CSV)", "text/csv", data_address),
    "json": ("Data (JSON)", "application/json", data_address),
    "atom": ("Changes (Atom)", "application/atom+xml", feed_address),
    "ics": ("Calendar (ICS)", "text/calendar", feed_address),
    "svg": ("Badge (SVG)", "image/svg+xml", lambda name, _: badge_address(name)),
}
_FURTHER = re.compile(r"~\d+(?=\.html$)")
"""In the address of a further page of a list, which is the same as data as the first."""


def find_other_forms(address: str) -> tuple[OtherForm, ...]:
    """Return what the page at an address also is; of most pages, nothing.

    A page that is named by a hash has none of its own, for it may be of work whose id is taken;
    what it lists stands in the table of all work.
    """
    first = _FURTHER.sub("", address)
    kind, _, name = first.removesuffix(".html").partition("/")
    found = _LISTS.get(first, ())
    if kind == "flow" and name:
        found = (("flow", _TABLE),)
    elif kind in _PARTS and not name.startswith("~"):
        whose, forms = _PARTS[kind]
        found = ((f"{whose}-{name}", forms),)
    elif kind in _PARTS and "-" in kind:
        found = (("work", _TABLE),)
    return tuple(_describe(own, form) for own, forms in found for form in forms)


def _describe(name: str, form: str) -> OtherForm:
    label, type_, find_address = _FORMS[form]
    if form in _TABLE and name in _NAMED:
        label = f"{_NAMED[name]} ({form.upper()})"
    return OtherForm(find_address(name, form), label, type_)
