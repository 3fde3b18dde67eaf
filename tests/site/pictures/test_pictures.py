"""Every picture, with any value: well-formed, described, inside its frame, texts side by side."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainwork.model.workflow import Approval, Category, State, Transition, Workflow
from plainwork.site.pictures.badge import render_badge
from plainwork.site.pictures.board import render_board
from plainwork.site.pictures.calendar_month import render_calendar_month
from plainwork.site.pictures.paint import PAINT
from plainwork.site.pictures.status_bars import StatusBar, render_status_bars
from plainwork.site.pictures.timeline import render_timeline
from plainwork.site.pictures.weekly_load import render_weekly_load
from plainwork.site.pictures.workflow_map import render_workflow_map
from plainwork.views.board import Board, Column
from plainwork.views.calendar_days import KINDS, Day, Month
from plainwork.views.counts import CountRow
from plainwork.views.summary import WorkSummary
from plainwork.views.timeline import Timeline, TimelineBar, TimelineLink
from plainwork.views.weekly_load import PersonLoad, WeeklyLoad, WeekOfLoad
from plainwork.views.workflow_map import compute_workflow_map
from support.drawn import HOSTILE, check

TODAY = date(2026, 3, 4)
CATEGORIES = ("", *(category.value for category in Category))
STYLES = Path(__file__).parents[3] / "site/assets/pictures.css"

texts = st.one_of(st.sampled_from(HOSTILE), st.text("ab WM日,", max_size=80), st.text(max_size=20))
numbers = st.one_of(st.integers(0, 30), st.integers(0, 100_000))


@st.composite
def summaries(draw: st.DrawFn) -> WorkSummary:
    return WorkSummary(
        id="w",
        title=draw(texts),
        kind="item",
        workflow=draw(st.sampled_from(["task", "milestone"])),
        status="s",
        state="S",
        category=draw(st.sampled_from(CATEGORIES)),
        priority="",
        owner="",
        assignees=(),
        team="",
        project="",
        due=draw(st.none() | st.dates()),
        overdue=draw(st.integers(0, 1)),
        blocked=draw(st.booleans()),
    )


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    reach = draw(st.sampled_from([3, 60, 731]))
    days = st.integers(-reach, reach).map(lambda number: TODAY + timedelta(days=number))
    bars = []
    for work in draw(st.lists(summaries(), max_size=8)):
        first, last = sorted((draw(days), draw(days)))
        bars.append(TimelineBar(work, first, last, draw(st.booleans()), draw(st.booleans())))
    places = st.integers(0, max(len(bars) - 1, 0))
    kinds = st.sampled_from(["FS", "SS", "FF", "SF"])
    links = st.builds(TimelineLink, places, places, kinds, st.booleans())
    return Timeline(
        today=TODAY,
        first=min((bar.first for bar in bars), default=TODAY),
        last=max((bar.last for bar in bars), default=TODAY),
        bars=tuple(bars),
        links=tuple(draw(st.lists(links, max_size=6))) if bars else (),
        left_out=draw(numbers),
        outside=draw(numbers),
        undated=draw(numbers),
        links_left_out=draw(numbers),
    )


@st.composite
def loads(draw: st.DrawFn) -> WeeklyLoad:
    hours = st.decimals(0, 100_000, places=2) | st.sampled_from([Decimal(0), Decimal(40)])
    weeks = st.builds(WeekOfLoad, hours, hours)
    count = draw(st.integers(1, 8))
    people = [
        PersonLoad(
            "p",
            draw(texts),
            tuple(draw(st.lists(weeks, min_size=count, max_size=count))),
            draw(hours),
            draw(numbers),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    mondays = tuple(date(2026, 3, 2) + timedelta(days=7 * number) for number in range(count))
    return WeeklyLoad(TODAY, mondays, tuple(people))


@st.composite
def calendar_months(draw: st.DrawFn) -> Month:
    counts = st.lists(numbers, min_size=len(KINDS), max_size=len(KINDS)).map(
        lambda found: tuple(pair for pair in zip(KINDS, found, strict=True) if pair[1])
    )
    first = draw(st.dates()).replace(day=1)
    days = [
        Day(date(2026, 3, number + 1), draw(st.booleans()), draw(counts), ())
        for number in range(28)
    ]
    weeks = [(*(None,) * 3, *days[:4]), *(tuple(days[at : at + 7]) for at in (4, 11, 18))]
    return Month(first, TODAY, tuple(weeks))


@st.composite
def boards(draw: st.DrawFn) -> Board:
    def column() -> Column:
        cards = tuple(draw(st.lists(summaries(), max_size=10)))
        return Column(
            name="c",
            label=draw(texts),
            category=draw(st.sampled_from(CATEGORIES)),
            count=len(cards) + draw(numbers),
            limit=draw(st.none() | numbers),
            over=draw(st.sampled_from([(), ("team",)])),
            cards=cards,
        )

    columns = tuple(column() for _ in range(draw(st.integers(0, 4)))) * draw(
        st.sampled_from([1, 4])
    )
    return Board(workspace="w", today=TODAY, workflow="", columns=columns, total=3)


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    count = draw(st.integers(0, 6))
    names = [f"s{number}" for number in range(count)]
    ends = st.sampled_from(["", *names]), st.sampled_from(names or [""])
    ways = draw(st.lists(st.tuples(*ends).filter(lambda way: way[0] != way[1]), unique=True))
    return Workflow(
        "w",
        "workflows/w.md",
        title=draw(texts),
        states=tuple(
            State(name, draw(st.sampled_from(list(Category))), title=draw(texts)) for name in names
        ),
        transitions=tuple(
            Transition(
                "n" * draw(st.integers(1, 64)),
                to,
                (source,) if source else (),
                approvals=draw(st.sampled_from([(), (Approval(by=("ann",)),)])),
            )
            for source, to in ways
        ),
    )


counts = st.builds(CountRow, st.just("x"), *[numbers] * 8)


@given(st.lists(st.builds(StatusBar, texts, counts), max_size=6), texts)
def test_status_bars(bars: list[StatusBar], title: str) -> None:
    check(render_status_bars(bars, title=title or "t"))


@given(timelines(), texts)
def test_timeline(timeline: Timeline, title: str) -> None:
    check(render_timeline(timeline, title=title or "t"))


@given(loads())
def test_weekly_load(load: WeeklyLoad) -> None:
    check(render_weekly_load(load))


@given(calendar_months())
def test_calendar_month(month: Month) -> None:
    check(render_calendar_month(month))


@settings(max_examples=50)
@given(boards())
def test_board(board: Board) -> None:
    check(render_board(board))


@pytest.mark.parametrize(
    ("columns", "width"), [(1, 288), (6, 938), (7, 1096), (9, 1097), (12, 1310)]
)
def test_the_columns_of_a_board_share_the_width_of_a_desk(columns: int, width: int) -> None:
    board = Board(
        workspace="",
        today=date(2026, 3, 2),
        workflow="w",
        columns=tuple(Column(f"s{at}", f"S{at}", "done", 1, None, (), ()) for at in range(columns)),
        total=columns,
    )
    assert f'width="{width}"' in render_board(board)


@given(workflows(), st.none() | st.dictionaries(st.sampled_from(["s0", "s1", "s2"]), numbers))
def test_workflow_map(workflow: Workflow, counted: dict[str, int] | None) -> None:
    if workflow.title:
        check(render_workflow_map(compute_workflow_map(workflow), counted))


@given(texts, texts, st.sampled_from(["", "on-track", "at-risk", "off-track"]))
def test_badge(subject: str, state: str, health: str) -> None:
    check(render_badge(f"a {subject}", f"b {state}", health=health))


def test_ten_thousand_bars_are_summarised_and_said() -> None:
    bars = [StatusBar("x", CountRow("x", 1, 2, 3, 4, 5, 6, 7, 8))] * 10_000
    text = render_status_bars(bars)
    assert len(text) < 60_000
    assert "and 9975 more" in check(text).words


@given(loads())
def test_no_week_is_fuller_than_full(load: WeeklyLoad) -> None:
    root = check(render_weekly_load(load)).root
    filled = [rect for rect in root if "p-fill" in rect.get("class", "")]
    assert all(0 <= float(rect.get("height", "")) <= 24 for rect in filled)


def test_people_beyond_the_first_are_said() -> None:
    person = PersonLoad("p", "P", (WeekOfLoad(Decimal(50), Decimal(40)),), Decimal(0), 0)
    text = render_weekly_load(WeeklyLoad(TODAY, (date(2026, 3, 2),), (person,) * 10_000))
    assert len(text) < 60_000
    assert "9975 more people" in check(text).words


def test_states_beyond_the_first_are_said() -> None:
    states = tuple(State(f"s{number}", Category.ACTIVE) for number in range(5_000))
    ways = tuple(
        Transition(f"t{number}", f"s{number}", (f"s{number + 1}",)) for number in range(4_999)
    )
    map_ = compute_workflow_map(Workflow("w", "w.md", title="W", states=states, transitions=ways))
    assert map_.left_out == 5_000 - 40 + 4_999 - 39
    assert len(render_workflow_map(map_)) < 60_000


def test_two_names_never_give_one_id() -> None:
    month = Month(TODAY.replace(day=1), TODAY, ())
    ids = {render_calendar_month(month, name=name).split('id="')[1] for name in ("a", "A", "a b")}
    assert len(ids) == 3


def test_the_style_sheet_colours_every_role() -> None:
    css = STYLES.read_text(encoding="utf-8")
    named = set(re.findall(r"\.p-([a-z-]+)", css))
    own = {word for role in PAINT for word in role.split() if not role.startswith("badge")}
    # It differs by its dashes only.
    assert own - named == {"proposed"}
    assert named <= own
