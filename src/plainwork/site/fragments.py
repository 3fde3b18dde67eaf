"""Pieces of HTML that stand in most pages: links, and days. Each is made once for a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache

from markupsafe import Markup, escape

from plainwork.site.directory import Directory
from plainwork.site.links import from_root, is_own, is_safe
from plainwork.site.page import Link
from plainwork.site.page_breaks import choose_pages
from plainwork.site.pictures.time_axis import format_day
from plainwork.site.text import shorten, show_invisible

_NOWHERE = "#"
_MOST_ADDRESSES = 4096
_MOST_WORKS = 50_000
_MOST_LISTS = 64


class Fragments:
    """The pieces of one site; all that they hold is escaped.

    Args:
        directory: What ids lead to.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.party = cache(self._party)
        self.parties = cache(self._parties)
        self.work = lru_cache(_MOST_WORKS)(self._work)
        self.state = cache(_state)
        self.day = cache(_day)
        self.moment = cache(_moment)
        self.asked = cache(self._asked)
        self.url = lru_cache(_MOST_ADDRESSES)(self._url)
        self._items = lru_cache(_MOST_LISTS)(self._make_items)

    def own(self, address: str) -> Markup:
        """Return what stands in ``href`` for a file of the site, ``""`` for ``""``."""
        return Markup(from_root(address))  # noqa: S704 - our own names hold nothing to escape

    def _url(self, address: str) -> Markup:
        """Return what stands in ``href`` for any address; what may not be followed: ``#``."""
        if is_own(address):
            return self.own(address)
        return escape(address if is_safe(address) else _NOWHERE)

    def page_items(self, links: tuple[Link, ...], number: int) -> Markup:
        """Return the links to pages of a list, of which the one with a number is this page."""
        items = self._items(links)
        here = items[number - 1].replace('">', '" aria-current="page">', 1)
        chosen = choose_pages(number, len(items))
        return Markup("\n".join(here if n == number else items[n - 1] for n in chosen))  # noqa: S704

    def _make_items(self, links: tuple[Link, ...]) -> Sequence[str]:
        return [
            f'<li><a href="{self.url(link.address)}">{_whole(link.label)}</a></li>'
            for link in links
        ]

    def values(self, values: Iterable[Link]) -> Markup:
        """Return the values of a field, each a link if it leads anywhere."""
        return Markup(", ".join(map(self._link, values)))  # noqa: S704

    def _link(self, value: Link) -> str:
        label = show_invisible(shorten(value.label) if value.address else value.label)
        if not value.address:
            return f"<bdi>{escape(label)}</bdi>"
        rel = "" if is_own(value.address) else ' rel="noreferrer"'
        return f'<a href="{self.url(value.address)}"{rel}><bdi>{escape(label)}</bdi></a>'

    def _party(self, id_: str) -> Markup:
        """Return the name of a party, as a link to its page if it has one."""
        return Markup(self._name(self._directory.party(id_)))  # noqa: S704

    def _parties(self, ids: tuple[str, ...], most: int) -> Markup:
        """Return so many parties like that, and how many more there are."""
        shown, more = ", ".join(map(self.party, ids[:most])), len(ids) - most
        return Markup(f"{shown} and {more} more" if more > 0 else shown)  # noqa: S704

    def _work(self, id_: str, title: str) -> Markup:
        """Return what a work is called, or its id, as a link to its page."""
        address, label = self.own(self._directory.work(id_)), _label(title) or _whole(id_)
        return Markup(f'<a href="{address}"><bdi>{label}</bdi></a>')  # noqa: S704

    def _asked(self, rule: str) -> Markup:
        """Return whom a rule asks: parties as their names, relations in words."""
        return Markup(" or ".join(map(self._name, self._directory.asked(rule))))  # noqa: S704

    def _name(self, party: Link) -> str:
        label = f"<bdi>{_label(party.label)}</bdi>"
        return f'<a href="{self.own(party.address)}">{label}</a>' if party.address else label


def _label(text: str) -> Markup:
    return _whole(shorten(text))


def _whole(text: str) -> Markup:
    return escape(show_invisible(text))


def _state(category: str, label: str) -> Markup:
    """Return a state as a mark that has the colour of its category."""
    words = _label(label) or "unknown"
    return Markup(f'<span class="state {escape(category)}">{words}</span>')  # noqa: S704


def _day(day: date | None) -> Markup | str:
    """Return a date as people write it, and for machines; ``""`` for none."""
    if day is None:
        return ""
    # Digits, letters and blanks: there is nothing to escape.
    return Markup(f'<time datetime="{day.isoformat()}">{format_day(day)}</time>')  # noqa: S704


def _moment(moment: datetime | None) -> Markup | str:
    """Return a moment as people write it, and for machines; ``""`` for none."""
    if moment is None:
        return ""
    words = f"{format_day(moment.date())}, {moment:%H:%M}"
    return Markup(f'<time datetime="{moment.isoformat()}">{words}</time>')  # noqa: S704
