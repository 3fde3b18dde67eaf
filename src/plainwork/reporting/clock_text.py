"""How promises stand, for people."""

from __future__ import annotations

from datetime import date, datetime

from plainwork.model.clock_run import ClockRun, Standing
from plainwork.reporting.text import ago
from plainwork.views.clock_words import describe_left


def format_clock(run: ClockRun, today: date) -> str:
    """Return how a run stands, in words: ``5bh left``, ``paused, 2d left``, ``missed today``."""
    match run.standing:
        case Standing.RUNNING:
            return f"{describe_left(run)} left"
        case Standing.PAUSED:
            return f"paused, {describe_left(run)} left"
        case Standing.MISSED:
            return f"missed {format_missed(run, today)}"
        case Standing.MET:
            return "met"


def format_missed(run: ClockRun, today: date) -> str:
    """Return in words when a target was missed."""
    return ago((today - run.due.date()).days)


def format_promise(run: ClockRun, today: date) -> str:
    """Return what was promised, and when it ended: ``5bd, until 23 Nov 09:45``."""
    if run.standing is Standing.PAUSED:  # until it goes on, it is never due
        return run.within
    ended = f"; stopped {_format_moment(run.ended, today)}" if run.ended else ""
    return f"{run.within}, until {_format_moment(run.due, today)}{ended}"


def _format_moment(moment: datetime, today: date) -> str:
    """Return a moment for people, with its year unless that is this one."""
    year = "" if moment.year == today.year else f" {moment:%Y}"
    return f"{moment.day} {moment:%b}{year} {moment:%H:%M}"
