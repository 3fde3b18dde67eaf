"""What a page also is: a table, a feed, a calendar; and where."""

from __future__ import annotations

import msgspec

from plainwork.site.address import HOME, data_address, feed_address, list_address


class OtherForm(msgspec.Struct, frozen=True):
    """A file that says the same as a page; ``type`` is its media type."""

    address: str
    label: str
    type: str


_TABLE = ("csv", "json")
_ALL = (*_TABLE, "atom", "ics")
_PARTS = frozenset({"project", "team", "person", "agent"})

_LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    HOME: ("work", ("atom", "ics")),
    list_address("work"): ("work", _ALL),
    list_address("calendar"): ("work", ("ics",)),
    list_address("portfolio"): ("portfolio", _TABLE),
    list_address("approvals"): ("approvals", _TABLE),
    list_address("people"): ("people", _TABLE),
    list_address("raci"): ("raci", _TABLE),
    list_address("workflows"): ("workflows", _TABLE),
    list_address("routines"): ("routines", ("ics",)),
}
_FORMS = {
    "csv": ("Table (CSV)", "text/csv", data_address),
    "json": ("Data (JSON)", "application/json", data_address),
    "atom": ("Changes (Atom)", "application/atom+xml", feed_address),
    "ics": ("Calendar (ICS)", "text/calendar", feed_address),
}


def find_other_forms(address: str) -> tuple[OtherForm, ...]:
    """Return what the page at an address also is; of most pages, nothing.

    A page that is named by a hash has none, for it may be of work whose id is taken.
    """
    kind, _, name = address.removesuffix(".html").partition("/")
    own, forms = _LISTS.get(address, ("", ()))
    if kind in _PARTS and name and not name.startswith("~"):
        own, forms = f"{kind}-{name}", _ALL
    return tuple(_describe(own, form) for form in forms)


def _describe(name: str, form: str) -> OtherForm:
    label, type_, find_address = _FORMS[form]
    return OtherForm(find_address(name, form), label, type_)
