"""iCalendar (RFC 5545): days, for calendars that subscribe to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import msgspec

from plainwork.site.text import one_line

_MOST_OCTETS = 75
_MOST_KEPT = 4096
"""Many events are on the same days, and were changed by the same commits."""


class Event(msgspec.Struct, frozen=True):
    """Something on a day.

    Attributes:
        id: A UUID, always the same for the same thing.
        title: What people read in their calendar.
        text: More of it.
        category: ``Due``, ``Milestone`` or ``Routine``.
        time: When what it says has changed last, in seconds.
        url: Its page, or ``""`` if nobody knows where the site is.
    """

    id: str
    day: date
    title: str
    text: str
    category: str
    time: int
    url: str = ""


def render_ics(name: str, events: Iterable[bytes]) -> bytes:
    """Return a calendar as UTF-8 in lines of at most 75 octets, each ended by CR LF.

    Args:
        name: What the calendar is called.
        events: What :func:`render_event` returns of each, in order.
    """
    return b"".join([_join(_head(name)), *events, _join(["END:VCALENDAR"])])


def render_event(event: Event) -> bytes:
    """Return an event as a part of a calendar.

    It takes a whole day, and nobody is busy because of it.
    """
    return _join(_event(event))


def _join(lines: Iterable[str]) -> bytes:
    return b"".join(map(_fold, lines))


def _head(name: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//plainwork//plainwork//EN"
    yield f"NAME:{_text(name)}"
    yield f"X-WR-CALNAME:{_text(name)}"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}"
    yield from _moment(event.time)
    yield from _days(event.day)
    yield f"SUMMARY:{_text(event.title)}"
    yield f"DESCRIPTION:{_text(event.text)}"
    yield f"CATEGORIES:{_text(event.category)}"
    yield "TRANSP:TRANSPARENT"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"


@lru_cache(_MOST_KEPT)
def _moment(seconds: int) -> Sequence[str]:
    time = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%dT%H%M%SZ")
    # A reader asks when it was made; a file that only says so would differ with every build.
    return f"DTSTAMP:{time}", f"LAST-MODIFIED:{time}"


@lru_cache(_MOST_KEPT)
def _days(day: date) -> Sequence[str]:
    first = f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day == date.max:
        return (first,)
    return first, f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"


def _text(text: str) -> str:
    line = one_line(text)
    for character in "\\;,":  # what escapes the others first
        line = line.replace(character, f"\\{character}")
    return line


def _fold(line: str) -> bytes:
    """Return a line with its end, broken where no character is cut."""
    rest, room = line.encode(), _MOST_OCTETS
    parts = []
    while len(rest) > room:
        end = room
        while rest[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a further octet of a character
            end -= 1
        parts.append(rest[:end])
        rest, room = rest[end:], _MOST_OCTETS - 1  # the blank that goes on counts
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
