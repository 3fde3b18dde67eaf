"""What templates may do with a value, beside looping and testing: format it, and link it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from plainwork.model.quantity import Money
from plainwork.site.directory import Directory
from plainwork.site.links import from_root, is_own, is_safe
from plainwork.site.marked_text import make_marker
from plainwork.site.page import Link
from plainwork.site.pictures.time_axis import format_day
from plainwork.site.text import shorten, show_invisible

_NOWHERE = "#"


def make_filters(directory: Directory) -> dict[str, Callable[..., Any]]:
    """Return the filters of a site's templates by name.

    - ``address|url``: what stands in ``href``: a file of the site as seen from this page, or an
      address elsewhere that may be followed; all else leads nowhere.
    - ``id|work_url``, ``id|party_url``, ``id|workflow_url``, ``id|policy_url``: the same for the
      page of a document, ``""`` if there is none.
    - ``id|party_name``, ``id|workflow_name``: what people call it.
    - ``values|linked``: values of a field, each a link if it leads anywhere.
    - ``id|work_title``: what a work is called, or its id.
    - ``text|marked``: a sentence in which ids of work become links that say what it is called,
      and what stands between backticks is set as code.
    - ``money|money``: an amount as people read it.
    - ``html|trusted``: what :mod:`plainwork.site.markdown` and the pictures have made safe.
    - ``day|when``: a date as people write it, and for machines; ``""`` for none.
    - ``text|brief``: at most so much of a text as a line of a table bears.
    - ``name|words``: the name of a field or state as people write it.
    - ``count|of("work", "works")``: a number with the fitting word.
    """
    from markupsafe import Markup, escape

    def own(address: str) -> Markup:
        return Markup(from_root(address))  # noqa: S704 - our own names hold nothing to escape

    def url(address: str) -> Markup:
        if is_own(address):
            return own(address)
        return escape(address if is_safe(address) else _NOWHERE)

    def when(day: date | None) -> Markup | str:
        # Digits, letters and blanks: there is nothing to escape.
        return (
            Markup(f'<time datetime="{day.isoformat()}">{format_day(day)}</time>')  # noqa: S704
            if day is not None
            else ""
        )

    def link(value: Link) -> Markup:
        label = show_invisible(shorten(value.label) if value.address else value.label)
        if not value.address:
            return Markup("<bdi>{}</bdi>").format(label)
        pattern = Markup('<a href="{}" rel="noreferrer"><bdi>{}</bdi></a>')
        return pattern.format(url(value.address), label)

    def page_of(find: Callable[[str], Link]) -> Callable[[str], Markup]:
        return lambda id_: own(find(id_).address)

    return {
        "url": url,
        "work_url": lambda id_: own(directory.work(id_)),
        "party_url": page_of(directory.party),
        "workflow_url": page_of(directory.workflow),
        "policy_url": page_of(directory.policy),
        "party_name": lambda id_: directory.party(id_).label,
        "workflow_name": lambda id_: directory.workflow(id_).label,
        "linked": lambda values: Markup(", ").join(map(link, values)),
        "work_title": directory.title,
        "marked": make_marker(directory),
        "money": _format_money,
        "trusted": Markup,
        "when": when,
        "brief": shorten,
        "words": _format_name,
        "of": _count,
    }


def _format_name(name: str) -> str:
    words = name.removeprefix("x-").replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _format_money(money: Money) -> str:
    return f"{money.amount:,f} {money.currency}".rstrip()


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
