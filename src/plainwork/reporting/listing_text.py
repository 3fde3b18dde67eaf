"""The list for people and for spreadsheets."""

from collections.abc import Iterator

from plainwork.reporting.csv import format_columns_csv
from plainwork.reporting.table import format_table
from plainwork.reporting.text import plural
from plainwork.reporting.values import format_column
from plainwork.views.listing import Listing

NO_WORK = 'There is no work yet: `plainwork new task "What it is"` writes some.'
_WHOLE = ("start", "due")


def format_listing(listing: Listing, *, width: int | None, color: bool) -> Iterator[str]:
    """Yield the lines of a list, the last of which counts.

    Args:
        listing: The list.
        width: The columns of the terminal, or None to cut nothing.
        color: Whether headers are emphasised.
    """
    if listing.count:
        cells = list(map(format_column, listing.values))
        flexible = "title" if "title" in listing.columns else ""
        rows = list(zip(*cells, strict=True))
        yield from format_table(
            listing.columns, rows, width=width, flexible=flexible, whole=_WHOLE, color=color
        )
        yield ""
    yield from format_count(listing.count, listing.total, listing.left_out)


def format_listing_csv(listing: Listing) -> str:
    """Return a list as CSV."""
    return b"".join(format_columns_csv(listing.columns, listing.values)).decode()


def format_count(count: int, total: int, left_out: int = 0) -> Iterator[str]:
    """Yield how many works are shown, of how many, and what to do if there are none."""
    if not total:
        yield NO_WORK
    elif not count:
        yield f"None of {plural(total, 'work')}: `plainwork list` shows them all"
    elif count == total:
        yield plural(count, "work")
    else:
        yield f"{count} of {plural(total, 'work')}"
    if left_out:
        yield f"{left_out} left out, where the condition fails: a field that is not set is null"
