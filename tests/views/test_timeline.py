"""The timeline: which days work has, what it waits for, and what is left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from plainwork.model.work import Dependency
from plainwork.views.timeline import Timeline, compute_timeline
from support.builders import make_snapshot, make_workflow

TODAY = date(2026, 3, 2)


def timeline(*works: Mapping[str, Any], most: int = 100) -> Timeline:
    snapshot = make_snapshot(works)
    return compute_timeline(snapshot.works, snapshot, today=TODAY, most=most)


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        pytest.param(
            {"start": "2026-03-01", "due": "2026-03-09"},
            ("2026-03-01", "2026-03-09", False),
            id="both days",
        ),
        pytest.param({"due": "2026-03-09"}, ("2026-03-09", "2026-03-09", False), id="due only"),
        pytest.param(
            {"start": "2026-02-01"}, ("2026-02-01", "2026-03-02", True), id="begun, without an end"
        ),
        pytest.param(
            {"start": "2026-04-01"}, ("2026-04-01", "2026-04-01", True), id="to begin, no end"
        ),
        pytest.param(
            {"start": "2026-02-01", "status": "done"},
            ("2026-02-01", "2026-02-01", False),
            id="done, without an end",
        ),
        pytest.param(
            {"start": "2026-03-09", "due": "2026-03-01"},
            ("2026-03-01", "2026-03-09", False),
            id="the wrong way round",
        ),
        pytest.param(
            {"start": "2026-03-01", "due": "9999-12-31"},
            ("2026-03-01", "2028-03-02", True),
            id="to the end of time",
        ),
    ],
)
def test_days(work: Mapping[str, Any], expected: tuple[str, str, bool]) -> None:
    (bar,) = timeline(work).bars
    assert (bar.first.isoformat(), bar.last.isoformat(), bar.goes_on) == expected


def test_bars_are_in_order_of_their_days() -> None:
    found = timeline({"due": "2026-03-09"}, {"start": "2026-03-03", "due": "2026-05-01"})
    assert [bar.work.id for bar in found.bars] == ["w2", "w1"]
    assert (found.first, found.last) == (date(2026, 3, 3), date(2026, 5, 1))


def test_what_is_not_shown_is_counted() -> None:
    found = timeline(
        {},
        {"due": "2020-01-01"},
        {"due": "2026-03-09"},
        {"due": "2026-03-08"},
        {"due": "2026-03-01", "status": "done"},
        most=1,
    )
    assert [bar.work.id for bar in found.bars] == ["w4"]
    assert (found.left_out, found.outside, found.undated) == (2, 1, 1)


def test_routines_have_no_days_of_their_own() -> None:
    routine = make_workflow("routine", kind="routine")
    snapshot = make_snapshot(
        [{"workflow": "routine", "start": "2026-03-01"}], workflows=[make_workflow(), routine]
    )
    found = compute_timeline(snapshot.works, snapshot, today=TODAY)
    assert (found.bars, found.undated) == ((), 0)
    assert found.first == found.last == TODAY


@pytest.mark.parametrize(
    ("kind", "start", "due", "broken"),
    [
        pytest.param("FS", "2026-03-10", "2026-03-12", False, id="begins when the other ends"),
        pytest.param("FS", "2026-03-09", "2026-03-12", True, id="begins before the other ends"),
        pytest.param("SS", "2026-03-05", "2026-03-06", False, id="begins with the other"),
        pytest.param("SS", "2026-03-04", "2026-03-12", True, id="begins before the other"),
        pytest.param("FF", "2026-03-01", "2026-03-10", False, id="ends with the other"),
        pytest.param("FF", "2026-03-01", "2026-03-09", True, id="ends before the other"),
        pytest.param("SF", "2026-03-01", "2026-03-05", False, id="ends when the other begins"),
        pytest.param("SF", "2026-03-01", "2026-03-04", True, id="ends before the other begins"),
    ],
)
def test_links(kind: str, start: str, due: str, broken: bool) -> None:
    found = timeline(
        {"start": "2026-03-05", "due": "2026-03-10"},
        {"start": start, "due": due, "depends_on": [Dependency("W1", kind)]},
    )
    (link,) = found.links
    assert (found.bars[link.source].work.id, found.bars[link.target].work.id) == ("w1", "w2")
    assert (link.type, link.broken) == (kind, broken)


def test_links_to_what_is_not_shown_are_none() -> None:
    found = timeline({}, {"due": "2026-03-09", "depends_on": ["w1", "w2", "nothing"]})
    assert found.links == ()


def test_links_are_bounded() -> None:
    works = [{"id": f"w{n}", "due": "2026-03-09"} for n in range(4)]
    last = {"id": "last", "due": "2026-03-10", "depends_on": [f"w{n}" for n in range(4)] * 9}
    snapshot = make_snapshot([*works, last])
    found = compute_timeline(snapshot.works, snapshot, today=TODAY, most=5)
    assert (len(found.links), found.links_left_out) == (4, 0)


def test_everything_is_there_or_counted() -> None:
    works: Sequence[Mapping[str, Any]] = [{"due": f"2026-03-{day:02}"} for day in range(1, 31)]
    found = timeline(*works, most=7)
    assert len(found.bars) + found.left_out == len(works)
