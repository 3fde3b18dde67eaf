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
_ALL = (*_TABLE, "atom", "ics")
_PARTS = frozenset({"project", "team", "person", "agent"})
_TABLES = (
    *("approvals", "blocked", "decisions", "flow", "overdue", "policies", "portfolio", "raci"),
    *("risks", "stale", "unowned", "workflows"),
)

_LISTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    **{list_address(name): ((name, _TABLE),) for name in _TABLES},
    HOME: (("work", ("atom", "ics")),),
    list_address("work"): (("work", _ALL),),
    list_address("calendar"): (("work", ("ics",)),),
    list_address("people"): (("owners", _TABLE), ("teams", ("csv",)), ("people", ("csv",))),
    list_address("routines"): (("routines", (*_TABLE, "ics")),),
}
_NAMED = {"teams": "Teams (CSV)", "people": "Attendance (CSV)"}
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

    A page that is named by a hash has none, for it may be of work whose id is taken.
    """
    kind, _, name = address.removesuffix(".html").partition("/")
    found = _LISTS.get(_FURTHER.sub("", address), ())
    if name and not name.startswith("~"):
        if kind in _PARTS:
            found = ((f"{kind}-{name}", (*_ALL, *(("svg",) if kind == "project" else ()))),)
        elif kind == "workflow":
            found = ((f"{kind}-{name}", ("svg",)),)
    return tuple(_describe(own, form) for own, forms in found for form in forms)


def _describe(name: str, form: str) -> OtherForm:
    label, type_, find_address = _FORMS[form]
    return OtherForm(find_address(name, form), _NAMED.get(name, label), type_)
