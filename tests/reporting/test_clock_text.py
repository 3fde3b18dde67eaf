"""How much time is left, in words."""

from datetime import UTC, date, datetime

import pytest

from plainwork.model.clock_run import ClockRun, Standing
from plainwork.reporting.clock_text import format_clock, format_promise

DUE = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
HOUR = 3_600


def make_run(standing: str, left: float = 0, *, day: int = 8, ended: bool = False) -> ClockRun:
    """Build a run with so many hours left."""
    return ClockRun(
        work="w",
        workflow="task",
        clock="answer",
        team="",
        standing=Standing(standing),
        within="5bd",
        started=DUE,
        due=DUE,
        ended=DUE if ended else None,
        left=int(left * HOUR),
        day=day * HOUR,
        business=day != 24,
        creates=(),
        commits=(),
    )


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (make_run("running", 0), "0m left"),
        (make_run("running", 0.99), "59m left"),
        (make_run("running", 1), "1bh left"),
        (make_run("running", 15.99), "15bh left"),
        (make_run("running", 16), "2bd left"),
        (make_run("running", 23.9), "2bd left"),
        (make_run("running", 47.9, day=24), "47h left"),
        (make_run("running", 48, day=24), "2d left"),
        (make_run("paused", 3), "paused, 3bh left"),
        (make_run("met", ended=True), "met"),
        (make_run("missed"), "missed 2 days ago"),
    ],
)
def test_how_it_stands(run: ClockRun, text: str) -> None:
    assert format_clock(run, date(2026, 6, 3)) == text


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (make_run("running", 1), "5bd, until 1 Jun 09:30"),
        (make_run("missed"), "5bd, until 1 Jun 09:30"),
        (make_run("met", ended=True), "5bd, until 1 Jun 09:30; stopped 1 Jun 09:30"),
        (make_run("paused", 1), "5bd"),
    ],
)
def test_what_was_promised(run: ClockRun, text: str) -> None:
    assert format_promise(run, date(2026, 12, 31)) == text


def test_another_year_is_told() -> None:
    assert format_promise(make_run("missed"), date(2027, 1, 1)) == "5bd, until 1 Jun 2026 09:30"
