"""What promises press: which work, in which order."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from plainwork.model.clock_run import ClockRun, Standing
from plainwork.views.next_work import compute_next
from plainwork.views.promises import Promises
from plainwork.views.status import compute_status
from plainwork.views.summary import Urgency
from support.builders import make_person, make_snapshot

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = 3_600


def make_run(work: str, standing: str = "running", hours: float = 4, **more: Any) -> ClockRun:
    """Build a run that is due so many hours from now."""
    values: Mapping[str, Any] = {
        "clock": "answer",
        "due": NOW + timedelta(hours=hours),
        "left": max(0, int(hours * HOUR)),
        "day": 8 * HOUR,
        **more,
    }
    return ClockRun(
        work=work,
        workflow="task",
        team="",
        standing=Standing(standing),
        within="4bh",
        started=NOW,
        ended=None,
        business=True,
        creates=(),
        commits=(),
        **values,
    )


SNAPSHOT = make_snapshot(
    [
        {"id": "a", "owner": "ada", "due": "2026-06-03"},
        {"id": "b", "owner": "ada"},
        {"id": "c", "owner": "ada", "priority": "high"},
        {"id": "d", "owner": "ada"},
        {"id": "closed", "owner": "ada", "status": "done"},
    ],
    parties=[make_person("ada")],
)
RUNS = (
    make_run("b", hours=40),
    make_run("b", "missed", -1, clock="first"),
    make_run("d", "paused", 1),
    make_run("a", hours=8),
    make_run("c", "missed", -50),
    make_run("closed", "missed", -3),
    make_run("gone", "missed", -3),
)
PROMISES = Promises(SNAPSHOT, RUNS)


def works(found: Any) -> list[tuple[str, str]]:
    return [(each.work.id, each.clock.clock) for each in found.works]


def test_what_was_missed_is_told_of_open_work_oldest_first() -> None:
    found = PROMISES.find_breached(TODAY)
    assert (found.count, works(found)) == (2, [("c", "answer"), ("b", "first")])
    assert works(PROMISES.find_breached(TODAY, most=1)) == [("c", "answer")]
    assert PROMISES.find_breached(TODAY, most=1).count == 2


def test_due_soon_is_what_has_a_working_day_or_less() -> None:
    assert works(PROMISES.find_soon_due(TODAY)) == [("a", "answer")]


@pytest.mark.parametrize(
    ("id_", "clock", "presses"),
    [("a", "answer", True), ("b", "first", True), ("c", "answer", True), ("d", "answer", False)],
)
def test_of_a_work_the_promise_counts_that_ends_first(id_: str, clock: str, presses: bool) -> None:
    work = SNAPSHOT.work(id_)
    assert work is not None
    run = PROMISES.first(work)
    assert run is not None
    assert (run.clock, PROMISES.presses(work)) == (clock, presses)


def test_promises_put_work_forward_as_due_days_do() -> None:
    open_ = [work for work in SNAPSHOT.works if work.open]
    plain = Urgency(SNAPSHOT, lambda _: None).sort(open_)
    promised = Urgency(SNAPSHOT, lambda _: None, PROMISES.days).sort(open_)
    assert [work.id for work in plain] == ["c", "a", "b", "d"]
    assert [work.id for work in promised] == ["c", "a", "b", "d"]
    later = Promises(SNAPSHOT, [make_run("d", hours=20)]).days
    first = Urgency(SNAPSHOT, lambda _: None, later).sort(open_)
    assert [work.id for work in first] == ["c", "d", "a", "b"]


def test_a_promise_never_puts_work_off() -> None:
    days = Promises(SNAPSHOT, [make_run("a", hours=999)]).days
    open_ = [work for work in SNAPSHOT.works if work.open]
    found = Urgency(SNAPSHOT, lambda _: None, days).sort(open_)
    assert [work.id for work in found] == ["c", "a", "b", "d"]


def test_views_tell_them() -> None:
    status = compute_status(
        SNAPSHOT, today=TODAY, last_changed=lambda _: None, promises=PROMISES, most=1
    )
    assert (status.breached.count, status.due_soon.count) == (2, 1)
    ada = SNAPSHOT.party("ada")
    assert ada is not None
    found = compute_next(SNAPSHOT, ada, today=TODAY, last_changed=lambda _: None, promises=PROMISES)
    assert {id_: run.clock for id_, run in found.clocks.items()} == {
        "a": "answer",
        "b": "first",
        "c": "answer",
        "d": "answer",
    }
    nothing = compute_next(SNAPSHOT, ada, today=TODAY, last_changed=lambda _: None)
    assert nothing.clocks == {}
