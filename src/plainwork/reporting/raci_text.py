"""RACI for people: a row a work."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.reporting.listing_text import format_count
from plainwork.reporting.table import format_table
from plainwork.views.raci import Raci

_HEADERS = ("id", "responsible", "accountable", "consulted", "informed", "title")


def format_raci(found: Raci, *, width: int | None, color: bool) -> Iterator[str]:
    """Yield the lines of who does, owns, advises and is informed; the last one counts.

    Args:
        found: The roles.
        width: The columns of the terminal, or None to cut nothing.
        color: Whether headers are emphasised.
    """
    if found.works:
        rows = [
            (
                work.id,
                ", ".join(work.responsible) or "-",
                work.accountable or "-",
                ", ".join(work.consulted),
                ", ".join(work.informed),
                work.title,
            )
            for work in found.works
        ]
        yield from format_table(_HEADERS, rows, width=width, flexible="title", color=color)
        yield ""
    yield from format_count(len(found.works), found.total, found.left_out)
