"""What templates may do with a value, beside looping and testing: format it, and link it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from plainwork.site.directory import Directory
from plainwork.site.links import from_root, is_own, is_safe
from plainwork.site.page import Link

_NOWHERE = "#"


def make_filters(directory: Directory) -> dict[str, Callable[..., Any]]:
    """Return the filters of a site's templates by name.

    - ``address|url``: what stands in ``href``: a file of the site as seen from this page, or an
      address elsewhere that may be followed; all else leads nowhere.
    - ``id|work_url``, ``id|party_url``, ``id|workflow_url``, ``id|policy_url``: the same for the
      page of a document, ``""`` if there is none.
    - ``id|party_name``, ``id|workflow_name``: what people call it.
    - ``html|trusted``: what :mod:`plainwork.site.markdown` has made safe.
    - ``day|day``: a date as ISO 8601 writes it, ``""`` for none.
    """
    from markupsafe import Markup, escape

    def own(address: str) -> Markup:
        return Markup(from_root(address))  # noqa: S704 - our own names hold nothing to escape

    def url(address: str) -> Markup:
        if is_own(address):
            return own(address)
        return escape(address if is_safe(address) else _NOWHERE)

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
        "trusted": Markup,
        "day": _format_day,
    }


def _format_day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
