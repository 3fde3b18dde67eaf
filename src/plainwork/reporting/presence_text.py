"""Presence in words."""

from datetime import timedelta

from plainwork.reporting.title import format_day
from plainwork.views.presence import Presence


def format_presence(presence: Presence) -> str:
    """Return whether somebody is there, in a line; ``""`` if there is nothing to say."""
    until = presence.until
    match presence.state:
        case "left":
            return "has left"
        case "not-yet":
            return f"not here before {format_day(until + timedelta(days=1))}" if until else ""
        case "here":
            return f"here until {format_day(until)}" if until else ""
    text = f"away until {format_day(until)}" if until else "away"
    return f"{text}; {format_stand_ins(presence)} stands in" if presence.stand_ins else text


def format_stand_ins(presence: Presence) -> str:
    """Return who stands in, and for what if not for everything."""
    return ", ".join(
        f"{stand_in.to} ({', '.join(stand_in.workflows)})" if stand_in.workflows else stand_in.to
        for stand_in in presence.stand_ins
    )
