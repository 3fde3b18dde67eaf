"""Pictures of flow, with any value: inside their frames, small, and the same each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainwork.flow.daily import FlowDay, FlowWeek
from plainwork.flow.items import StartedItem
from plainwork.flow.outlook import DayAnswer, DayChance
from plainwork.flow.percentiles import compute_percentiles
from plainwork.flow.service_levels import AgeingItem
from plainwork.site.pictures.ageing_work import render_ageing_work
from plainwork.site.pictures.cumulative_flow import render_cumulative_flow
from plainwork.site.pictures.cycle_times import render_cycle_times
from plainwork.site.pictures.forecast_odds import render_forecast_odds
from plainwork.site.pictures.kept_months import KeptMonth, KeptRow, render_kept_months
from plainwork.site.pictures.ranked_bars import RankedBar, render_ranked_bars
from plainwork.site.pictures.time_axis import TimeAxis
from plainwork.site.pictures.week_bars import render_week_bars
from support.drawn import HOSTILE, check

GOLDEN = Path(__file__).parents[2] / "golden/pictures"
FIRST = date(2026, 1, 5)
LARGEST = 30_000
"""Bytes of a picture."""

texts = st.one_of(st.sampled_from(HOSTILE), st.text("ab WM日,", max_size=80), st.text(max_size=20))
counts = st.one_of(st.integers(0, 30), st.integers(0, 100_000))
parts = st.floats(0, 1, allow_subnormal=False)
spans = st.integers(1, 4_000)


def item(days: int, finished: int | None = None) -> StartedItem:
    """Return an item that took so many days, and was finished so many days after the first."""
    begun = datetime(2026, 1, 5, 12, tzinfo=UTC)
    ended = None if finished is None else begun + timedelta(finished)
    return StartedItem(
        work="w",
        title="W",
        workflow="task",
        team="",
        project="",
        state="doing",
        blocked=False,
        started=begun,
        finished=ended,
        days=days,
        working_seconds=0,
        active_seconds=0,
        open_seconds=0,
        start_commit="",
        finish_commit="",
    )


def weeks(numbers: list[int]) -> list[FlowWeek]:
    return [FlowWeek(FIRST + timedelta(7 * at), 7, count, ()) for at, count in enumerate(numbers)]


def days(rises: list[int]) -> list[FlowDay]:
    return [
        FlowDay(FIRST + timedelta(at), 4 * each, 3 * each, 2 * each, each, each // 2, 0, each, 1)
        for at, each in enumerate(accumulate(rises))
    ]


def cycle_times(took: list[tuple[int, int]], length: int) -> str:
    items = [item(days, at % length) for days, at in took]
    axis = TimeAxis(FIRST, FIRST + timedelta(length - 1))
    return render_cycle_times(items, compute_percentiles([days for days, _ in took]), axis)


def ageing(rows: list[tuple[str, list[tuple[int, bool]]]], took: list[int]) -> str:
    states = [
        (name, [AgeingItem(item(old), late, None) for old, late in row]) for name, row in rows
    ]
    return render_ageing_work(states, compute_percentiles(took))


def odds(percents: list[float], step: int) -> str:
    chances = [
        DayChance(FIRST + timedelta(step * at), each) for at, each in enumerate(sorted(percents))
    ]
    answers = [
        DayAnswer(confidence, at, FIRST + timedelta(at))
        for confidence, at in ((50, step), (70, 2 * step), (85, 3 * step), (95, 9 * step))
    ]
    return render_forecast_odds(chances, answers)


def kept(row: list[tuple[int, int]], name: str, target: float | None) -> KeptRow:
    months = [
        KeptMonth(f"{2025 + at // 12}-{at % 12 + 1:02}", min(pair), max(pair))
        for at, pair in enumerate(row)
    ]
    return KeptRow(name, "85 % within 5d: 12 of 20", target, tuple(months))


@settings(max_examples=25)
@given(st.lists(counts, min_size=1, max_size=30))
def test_week_bars(numbers: list[int]) -> None:
    check(render_week_bars(weeks(numbers)))


@settings(max_examples=25)
@given(st.lists(counts, min_size=1, max_size=200))
def test_cumulative_flow(rises: list[int]) -> None:
    check(render_cumulative_flow(days(rises)))


@settings(max_examples=25)
@given(st.lists(st.tuples(spans, counts), min_size=1, max_size=400), st.integers(1, 200))
def test_cycle_times(took: list[tuple[int, int]], length: int) -> None:
    check(cycle_times(took, length))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(texts, st.lists(st.tuples(spans, st.booleans()), min_size=1, max_size=9)),
        min_size=1,
        max_size=5,
    ),
    st.lists(spans, max_size=9),
)
def test_ageing_work(rows: list[tuple[str, list[tuple[int, bool]]]], took: list[int]) -> None:
    check(ageing(rows, took))


@settings(max_examples=25)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=10), st.integers(1, 400))
def test_forecast_odds(percents: list[float], step: int) -> None:
    check(odds(percents, step))


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(RankedBar, texts, st.just("81 days, 6 times"), parts, st.booleans()),
        min_size=1,
        max_size=30,
    )
)
def test_ranked_bars(bars: list[RankedBar]) -> None:
    check(render_ranked_bars(bars, name="r", title="Waits"))


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            kept,
            st.lists(st.tuples(counts, counts), min_size=1, max_size=30),
            texts,
            st.none() | st.floats(0, 100),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_kept_months(rows: list[KeptRow]) -> None:
    check(render_kept_months(rows, name="k", title="Kept"))


MANY: dict[str, Callable[[], str]] = {
    "cycle-times": lambda: cycle_times([(at % 997 + 1, at) for at in range(10_000)], 184),
    "ageing": lambda: ageing([("s" * 99, [(at, True) for at in range(1, 2_000)])] * 4, [3, 9]),
    "cumulative": lambda: render_cumulative_flow(days(list(range(1, 185)))),
    "ranked": lambda: render_ranked_bars(
        [RankedBar("日" * 999, "2 days, once", 0.5)] * 10_000, name="r", title="Waits"
    ),
    "kept": lambda: render_kept_months(
        [kept([(1, 2)] * 30, "日" * 999, 85)] * 10_000, name="k", title="Kept"
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_it_stays_small_whatever_there_is(name: str) -> None:
    text = MANY[name]()
    assert len(text.encode()) < LARGEST
    check(text)


def test_what_is_left_out_is_said() -> None:
    assert "and 9975 more" in check(MANY["ranked"]()).words
    assert "and 9990 more" in check(MANY["kept"]()).words


def test_a_month_below_its_promise_is_marked_without_colour() -> None:
    words = check(render_kept_months([kept([(1, 2), (2, 2)], "Task", 85)], name="k", title="K"))
    assert [each for each in words.words if "/" in each] == ["!1/2", "2/2"]


def test_a_bar_is_as_long_as_its_part() -> None:
    bars = [RankedBar("a", "4 days", 1), RankedBar("b", "1 day", 0.25), RankedBar("c", "", 0)]
    root = check(render_ranked_bars(bars, name="r", title="Waits")).root
    filled = [rect.get("width") for rect in root if "p-fill" in rect.get("class", "")]
    assert filled == ["56%", "14%"]


def test_limits_do_not_cross_the_words_of_rows() -> None:
    drawn = check(ageing([("Doing", [(9, True)]), ("In review", [(3, False)])], [1, 4, 6]))
    lines = [box for box in drawn.boxes if box.what == "line"]
    names = [box for box in drawn.texts if box.what.startswith(("Doing", "In review"))]
    assert lines
    assert names
    for line in lines:
        assert all(line.bottom <= box.top or line.top >= box.bottom for box in names)


PICTURES: dict[str, Callable[[], str]] = {
    "week-bars": lambda: render_week_bars(weeks([3, 0, 1, 5, 2, 2])),
    "cumulative-flow": lambda: render_cumulative_flow(days([1, 0, 2, 0, 0, 4, 1])),
    "cycle-times": lambda: cycle_times([(3, 5), (8, 20), (2, 22), (13, 41)], 60),
    "ageing-work": lambda: ageing(
        [("Doing", [(9, True), (2, False)]), ("R & D", [(3, False)])], [4]
    ),
    "forecast-odds": lambda: odds([5, 20, 40, 52, 68, 80, 88, 93, 97, 99], 6),
    "ranked-bars": lambda: render_ranked_bars(
        [
            RankedBar("In review <Task>", "81 days, 6 times", 1),
            RankedBar("Ann", "once", 0.3, over=True),
        ],
        name="waits",
        title="What work waits for",
    ),
    "kept-months": lambda: render_kept_months(
        [kept([(1, 2), (2, 2), (0, 1)], "Task", 85), kept([(3, 3)], "Answer", None)],
        name="kept",
        title="Promises kept",
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str) -> None:
    drawn = PICTURES[name]()
    assert drawn == PICTURES[name]()
    assert drawn == (GOLDEN / f"{name}.svg").read_text(encoding="utf-8")
