"""Presence in words."""

from plainwork.reporting.title import format_day
from plainwork.views.presence import Presence


def format_presence(presence: Presence) -> str:
    """Return whether somebody is there, in a line; ``""`` if there is nothing to say."""
    text = {
        "here": "",
        "away": "away",
        "not-yet": "not here yet",
        "left": "has left",
    }[presence.state]
    if presence.until is not None:
        text = f"{text or 'here'} until {format_day(presence.until)}"
    if presence.stand_ins and presence.state != "here":
        text += f"; {format_stand_ins(presence)} stands in"
    return text


def format_stand_ins(presence: Presence) -> str:
    """Return who stands in, and for what if not for everything."""
    return ", ".join(
        f"{stand_in.to} ({', '.join(stand_in.workflows)})" if stand_in.workflows else stand_in.to
        for stand_in in presence.stand_ins
    )
