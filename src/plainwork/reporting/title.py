"""The first line of a view or document, and days in words."""

from collections.abc import Iterator
from datetime import date

from plainwork.reporting.display_width import cut
from plainwork.reporting.text import ago, escape_line, style, wrap


def format_title(name: str, today: date, *, width: int, color: bool) -> str:
    """Return the first line of a view: what it is about, and for which day it holds."""
    day = f" · {today:%A}, {today.day} {today:%B %Y}"
    return style(f"{cut(escape_line(name), width - len(day))}{day}", "bold", on=color)


def format_heading(id_: str, title: str, *, width: int, color: bool) -> Iterator[str]:
    """Yield the first lines of a document: its id and its title."""
    for line in wrap(f"{id_}  {escape_line(title)}", width=width):
        yield style(line, "bold", on=color)


def format_day(day: date) -> str:
    """Return a day for people: ``23 Nov 2026``."""
    return f"{day.day} {day:%b %Y}"


def format_since(day: date | None, today: date) -> str:
    """Return in words how long ago a day was."""
    return ago((today - day).days) if day is not None else ""


def format_due(due: date | None, today: date) -> str:
    """Return in words how far away a due day is: ``3 days late``, ``today``, ``in 12 days``."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
