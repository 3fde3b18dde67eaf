"""Clocks by hand: what some commits made of a ticket, and what became of its promises.

The calendar is the office's, Monday to Friday from 9 to 17, unless a row says otherwise. The first
of June 2026 is a Monday.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.clocks import ClockRun, Standing, compute_clocks
from plainwork.flow.events import CommitFiles, WrittenWork
from plainwork.model.history import History
from plainwork.model.settings import Calendar, Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import (
    Category,
    Clock,
    CustomField,
    State,
    Target,
    Transition,
    Workflow,
)
from support.builders import make_snapshot, make_team, make_workflow
from support.events import commit, read

BERLIN = ZoneInfo("Europe/Berlin")
STATES = {
    "new": "proposed",
    "draft": "active",
    "asked": "waiting",
    "expert": "active",
    "sent": "done",
    "spam": "dropped",
}
TRANSITIONS = (
    Transition("begin", "draft", ("new",)),
    Transition("ask", "asked", ("draft",)),
    Transition("pass", "expert", ("asked",)),
    Transition("send", "sent", ("draft", "asked", "expert")),
    Transition("drop", "spam", ("new", "draft")),
)

Written = str | Mapping[str, Any] | None
Story = Sequence[tuple[str, Written]]
"""Moments, each with the new state or the new fields of the ticket; None: it is deleted."""


def clock(within: str = "8bh", *, when: str = "", otherwise: str = "", **more: Any) -> Clock:
    targets = [Target(within, when)] if within else []
    targets += [Target(otherwise)] if otherwise else []
    states = {"start": ("new",), "stop": ("sent",), "pause": ("asked",)}
    return Clock(**{"name": "answer", "targets": tuple(targets), **states, **more})


def support(*clocks: Clock, states: Mapping[str, str] = STATES, **more: Any) -> Workflow:
    values = {"clocks": clocks, "transitions": TRANSITIONS, "team": "support", **more}
    return make_workflow("support", states, **values)


def moment(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """Read ``1 09:30``: a day of June 2026, or a whole date and time."""
    day, _, time = text.partition(" ")
    full = text if "-" in text else f"2026-06-{int(day):02} {time}"
    return datetime.fromisoformat(full).replace(tzinfo=zone)


def tell(story: Story, *workflows: Workflow, zone: ZoneInfo = BERLIN) -> History:
    """Return the history of one ticket; each commit has the next workflow, the last ones the last.

    Args:
        story: What happened.
        workflows: The versions of its workflow.
        zone: Whose wall clock the moments are read from.
    """
    fields: dict[str, Any] = {"title": "T", "workflow": "support", "status": "new"}
    commits = []
    for number, (when, what) in enumerate(story):
        change = {"status": what} if isinstance(what, str) else what
        fields = {name: value for name, value in {**fields, **(change or {})}.items() if value}
        version = workflows[min(number, len(workflows) - 1)]
        ticket = [WrittenWork("work/t.md", "t", fields, "")] if what is not None else []
        files = commit(
            number,
            *ticket,
            removed=[] if ticket else ["work/t.md"],
            at=int(moment(when, zone).timestamp()),
        )
        commits.append(msgspec.structs.replace(files, workflows={version.id.lower(): version}))
    return read(*commits)


def judge(
    story: Story,
    *workflows: Workflow,
    now: str,
    snapshot: Snapshot | None = None,
    zone: ZoneInfo = BERLIN,
) -> tuple[ClockRun, ...]:
    history = tell(story, *workflows, zone=zone)
    return compute_clocks(history, snapshot or make_snapshot(), zone, moment(now, zone))


def told(run: ClockRun) -> tuple[str, str]:
    """Return how a run stands, and when it is or was due, in June 2026."""
    return run.standing.value, f"{run.due:%-d %H:%M}"


@pytest.mark.parametrize(
    ("within", "story", "now", "expected"),
    [
        pytest.param(
            "4h", [("1 16:00", "new")], "1 18:00", ("running", "1 20:00", 2), id="elapsed"
        ),
        pytest.param(
            "2bh", [("1 16:00", "new")], "2 09:30", ("running", "2 10:00", 0.5), id="hours"
        ),
        pytest.param("3bd", [("4 10:00", "new")], "5 10:00", ("running", "9 10:00", 16), id="days"),
        pytest.param(
            "1bd", [("6 23:00", "new")], "7 01:00", ("running", "8 23:00", 8), id="weekend"
        ),
        pytest.param(
            "2bh", [("1 09:00", "new")], "1 11:00", ("running", "1 11:00", 0), id="just-now"
        ),
        pytest.param(
            "2bh", [("1 09:00", "new")], "1 11:01", ("missed", "1 11:00", 0), id="too-late"
        ),
        pytest.param(
            "0m", [("1 09:00", "new")], "1 09:00", ("running", "1 09:00", 0), id="zero-now"
        ),
        pytest.param(
            "0m", [("1 09:00", "new")], "1 09:01", ("missed", "1 09:00", 0), id="zero-late"
        ),
        pytest.param(
            "2bh",
            [("1 09:00", "new"), ("1 11:00", "sent")],
            "9 09:00",
            ("met", "1 11:00", 0),
            id="met",
        ),
        pytest.param(
            "2bh",
            [("1 09:00", "new"), ("1 11:01", "sent")],
            "9 09:00",
            ("missed", "1 11:00", 0),
            id="stopped-too-late",
        ),
        pytest.param(
            "8bh",
            [("1 09:00", "new"), ("1 12:00", "asked")],
            "3 12:00",
            ("paused", "3 17:00", 5),
            id="paused",
        ),
        pytest.param(
            "8bh",
            [("1 09:00", "new"), ("1 12:00", "asked"), ("3 12:00", "draft")],
            "3 13:00",
            ("running", "3 17:00", 4),
            id="went-on",
        ),
        pytest.param(
            "8bh",
            [("1 09:00", "new"), ("2 12:00", "asked"), ("3 12:00", "draft")],
            "4 12:00",
            ("missed", "1 17:00", 0),
            id="paused-after-it-was-missed",
        ),
        pytest.param(
            "4h",
            [("1 09:00", "new"), ("1 10:00", "asked"), ("1 15:00", "draft")],
            "1 16:00",
            ("running", "1 18:00", 2),
            id="elapsed-time-pauses-by-night-and-day",
        ),
        pytest.param(
            "1bd",
            [("1 20:00", "new"), ("1 21:00", "asked"), ("1 22:00", "draft")],
            "2 09:00",
            ("running", "2 20:00", 8),
            id="a-pause-out-of-hours-takes-nothing",
        ),
        pytest.param(
            "8bh",
            [("1 09:00", "new"), ("1 10:00", {"blocked": "a part"}), ("3 09:00", "draft")],
            "3 10:00",
            ("missed", "1 17:00", 0),
            id="being-blocked-suspends-nothing",
        ),
        pytest.param(
            "8bh",
            [("1 12:00", "new")],
            "1 11:00",
            ("running", "2 12:00", 8),
            id="commits-of-the-future",
        ),
    ],
)
def test_how_a_run_stands(
    within: str, story: Story, now: str, expected: tuple[str, str, float]
) -> None:
    (run,) = judge(story, support(clock(within)), now=now)
    assert (*told(run), run.left / 3_600) == expected


@pytest.mark.parametrize(
    ("story", "workflow", "standings"),
    [
        pytest.param([("1 09:00", "draft")], support(clock()), [], id="never-in-a-start-state"),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", "sent"), ("2 09:00", "new"), ("2 10:00", "sent")],
            support(clock()),
            ["met", "met"],
            id="started-again",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", "draft"), ("1 11:00", "new")],
            support(clock()),
            ["running"],
            id="a-start-state-again-while-it-runs",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", None)],
            support(clock()),
            [],
            id="deleted",
        ),
        pytest.param(
            [("1 09:00", "new"), ("5 10:00", None)],
            support(clock()),
            ["missed"],
            id="deleted-after-it-was-missed",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", None), ("1 11:00", "new")],
            support(clock()),
            ["running"],
            id="there-again",
        ),
        pytest.param([("1 09:00", "new"), ("1 10:00", "spam")], support(clock()), [], id="dropped"),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", "spam")],
            support(clock(stop=("sent", "spam"))),
            ["met"],
            id="dropped-where-that-is-an-answer",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", "sent")],
            support(clock(stop=("expert",))),
            ["met"],
            id="done-ends-every-clock",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", "expert")],
            support(clock(stop=("asked",))),
            ["met"],
            id="passed-over-a-stop",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", "asked")],
            support(clock(start=("draft",))),
            [],
            id="passed-over-a-start",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", {"workflow": "task", "status": "todo"})],
            support(clock()),
            [],
            id="put-under-another-workflow",
        ),
        pytest.param([("1 09:00", "new")], support(clock("")), [], id="no-targets"),
        pytest.param(
            [("1 09:00", "new")], support(clock(when="priority == 'urgent'")), [], id="none-holds"
        ),
        pytest.param(
            [("1 09:00", "new")], support(clock(when="amount > 3")), [], id="none-makes-sense"
        ),
        pytest.param(
            [("1 09:00", "new")], support(clock(stop=("new",))), [], id="stops-where-it-starts"
        ),
        pytest.param(
            [("1 09:00", "new")],
            support(clock(), clock(name="other")),
            ["running", "running"],
            id="two-clocks",
        ),
    ],
)
def test_which_runs_there_are(story: Story, workflow: Workflow, standings: list[str]) -> None:
    assert [run.standing for run in judge(story, workflow, now=story[-1][0])] == standings


URGENT = "priority == 'urgent'"


@pytest.mark.parametrize(
    ("story", "now", "expected"),
    [
        pytest.param(
            [("1 09:00", {"priority": "urgent"})], "1 10:00", ("running", "1 13:00"), id="first"
        ),
        pytest.param([("1 09:00", "new")], "1 10:00", ("running", "2 17:00"), id="second"),
        pytest.param(
            [("1 09:00", "new"), ("1 10:00", {"priority": "urgent"})],
            "1 11:00",
            ("running", "1 13:00"),
            id="more-urgent-since",
        ),
        pytest.param(
            [("1 09:00", {"priority": "urgent"}), ("1 12:00", {"priority": ""})],
            "1 14:00",
            ("running", "2 17:00"),
            id="less-urgent-since",
        ),
        pytest.param(
            [("1 09:00", {"priority": "urgent"}), ("1 14:00", {"priority": ""})],
            "1 15:00",
            ("missed", "1 13:00"),
            id="less-urgent-after-it-was-missed",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 12:00", "asked"), ("1 13:00", {"priority": "urgent"})],
            "1 16:00",
            ("paused", "1 17:00"),
            id="more-urgent-while-paused",
        ),
        pytest.param(
            [("1 09:00", "new"), ("1 15:00", "asked"), ("1 16:00", {"priority": "urgent"})],
            "2 09:00",
            ("missed", "1 13:00"),
            id="too-late-for-the-new-target-when-it-was-paused",
        ),
    ],
)
def test_the_target_is_that_of_the_work_as_it_is(
    story: Story, now: str, expected: tuple[str, str]
) -> None:
    workflow = support(clock("4bh", when=URGENT, otherwise="16bh"))
    (run,) = judge(story, workflow, now=now)
    assert told(run) == expected


WIDER = support(clock("40bh"))
NARROW = support(clock("2bh"))


@pytest.mark.parametrize(
    ("versions", "story", "expected"),
    [
        pytest.param(
            [NARROW, WIDER], [("1 09:00", "new"), ("1 10:00", "draft")], "1 11:00", id="target"
        ),
        pytest.param(
            [WIDER, NARROW], [("1 09:00", "new"), ("1 10:00", "draft")], "5 17:00", id="other"
        ),
        pytest.param(
            [WIDER, support()],
            [("1 09:00", "new"), ("1 10:00", "draft")],
            "5 17:00",
            id="no-clock-now",
        ),
        pytest.param(
            [support(clock("40bh")), support(clock("40bh", pause=("draft",)))],
            [("1 09:00", "new"), ("1 10:00", "draft")],
            "5 17:00",
            id="pauses",
        ),
    ],
)
def test_the_definition_in_force_when_it_started_counts(
    versions: list[Workflow], story: Story, expected: str
) -> None:
    (run,) = judge(story, *versions, now="1 10:30")
    assert told(run) == ("running", expected)


def test_a_clock_that_came_later_promises_nothing_of_what_stood_there_already() -> None:
    story: Story = [("1 09:00", "new"), ("1 10:00", {"priority": "high"})]
    assert judge(story, support(), support(clock()), now="1 11:00") == ()


def test_a_new_name_of_the_state_that_stops_it_stops_it() -> None:
    states = {**{name: each for name, each in STATES.items() if name != "sent"}, "told": "active"}
    after = support(clock(stop=("told",)), states=states, migrate={"sent": "told"})
    story: Story = [("1 09:00", "new"), ("1 10:00", {"priority": "high"}), ("1 11:00", "told")]
    (run,) = judge(story, support(clock()), after, now="1 12:00")
    assert (run.standing, run.commits) == (Standing.MET, ("c0", "c2"))


def test_a_run_keeps_to_its_work_when_that_gets_another_id() -> None:
    workflow = support(clock())
    before = WrittenWork("work/t.md", "t", {"workflow": "support", "status": "new"}, "")
    after = WrittenWork(
        "work/t.md", "u", {"workflow": "support", "status": "asked", "aliases": ["t"]}, ""
    )
    commits = [
        msgspec.structs.replace(commit(number, work, at=at), workflows={"support": workflow})
        for number, work, at in ((0, before, 0), (1, after, 3_600))
    ]
    (run,) = compute_clocks(read(*commits), make_snapshot(), BERLIN, moment("1 09:00"))
    assert (run.work, run.standing) == ("u", Standing.PAUSED)


def make_part(id_: str, workflow: str = "support", **fields: Any) -> WrittenWork:
    values = {"title": id_, "workflow": workflow, "status": "new", **fields}
    return WrittenWork(f"work/{id_}.md", id_, values, "")


@pytest.mark.parametrize(
    ("when", "within"),
    [
        ("project == 'p'", "1bh"),
        ("owner == 'ada'", "1bh"),
        ("team == 'support'", "1bh"),
        ("owner == 'bob'", "9bh"),
        ("team == null", "9bh"),
        ("severity == 'bad'", "1bh"),
        ("today == date('2026-06-01')", "1bh"),
        ("old.title == 'a'", "9bh"),
        ("title == 1", "9bh"),
        ("nothing == 1", "9bh"),
        ("this is no condition", "9bh"),
        ("workflow == 'support' && kind == 'item'", "1bh"),
    ],
)
def test_conditions_see_what_a_work_inherits(when: str, within: str) -> None:
    workflow = support(
        clock("1bh", when=when, otherwise="9bh"), fields=(CustomField("severity", "text"),)
    )
    project = make_workflow("project", kind="project")
    works = [
        make_part("p", "project", status="todo", owner="ada"),
        make_part("b", parent="p", severity="good"),
        make_part("a", parent="b", severity="bad"),
    ]
    files = commit(0, *works, at=int(moment("1 09:00").timestamp()))
    versions = {"support": workflow, "project": project}
    history = read(msgspec.structs.replace(files, workflows=versions))
    runs = compute_clocks(history, make_snapshot(), BERLIN, moment("1 09:00"))
    assert {run.work: run.within for run in runs}["a"] == within


def hours(name: str, *spans: str, holidays: Sequence[str] = ()) -> Calendar:
    """Build a calendar whose days are all alike."""
    minutes = [
        tuple(60 * int(part[:2]) + int(part[3:]) for part in span.split("-")) for span in spans
    ]
    days = tuple(datetime.fromisoformat(day).date() for day in holidays)
    return Calendar(name, (tuple((begin, end) for begin, end in minutes),) * 7, days)


CALENDARS = {
    "all": hours("all", "00:00-24:00"),
    "shop": hours("shop", "08:00-12:00", "14:00-18:00", holidays=["2026-06-02"]),
}


def with_calendars(calendar: str = "", **teams: str) -> Snapshot:
    return make_snapshot(
        settings=Settings(calendars=CALENDARS, calendar=calendar),
        parties=[make_team(name, calendar=each) for name, each in teams.items()],
    )


@pytest.mark.parametrize(
    ("snapshot", "fields", "due"),
    [
        pytest.param(with_calendars(), {}, "4 12:00", id="office-hours"),
        pytest.param(with_calendars("shop"), {}, "5 12:00", id="the-workspace-s-with-a-holiday"),
        pytest.param(
            with_calendars("shop", support="all"), {}, "2 12:00", id="the-workflow-s-team"
        ),
        pytest.param(
            with_calendars("shop", support="all", desk="shop"),
            {"team": "desk"},
            "5 12:00",
            id="the-work-s-team",
        ),
        pytest.param(
            with_calendars("all", support="gone"), {}, "2 12:00", id="a-calendar-that-is-not-there"
        ),
        pytest.param(with_calendars("all"), {"team": "gone"}, "2 12:00", id="a-team-that-is-gone"),
    ],
)
def test_whose_calendar_counts(snapshot: Snapshot, fields: dict[str, str], due: str) -> None:
    story = [("1 10:00", {"status": "new", **fields})]
    (run,) = judge(story, support(clock("26bh")), now="1 10:00", snapshot=snapshot)
    assert told(run) == ("running", due)


def test_the_team_of_the_state_in_which_it_starts_counts_also_when_others_go_on() -> None:
    states = (
        State("new", Category.PROPOSED, team="desk"),
        State("draft", Category.ACTIVE, team="lab"),
        State("sent", Category.DONE),
    )
    workflow = msgspec.structs.replace(support(clock("26bh")), states=states)
    snapshot = with_calendars(desk="all", lab="shop")
    story = [("1 10:00", "new"), ("1 11:00", "draft")]
    (run,) = judge(story, workflow, now="1 12:00", snapshot=snapshot)
    assert (run.team, *told(run)) == ("desk", "running", "2 12:00")


@pytest.mark.parametrize(
    ("within", "start", "due"),
    [
        pytest.param("4h", "2026-03-29 00:30", "2026-03-29T05:30:00+02:00", id="elapsed-in-spring"),
        pytest.param("4h", "2026-10-25 00:30", "2026-10-25T03:30:00+01:00", id="elapsed-in-autumn"),
        pytest.param("1d", "2026-03-28 12:00", "2026-03-29T13:00:00+02:00", id="a-day-is-24-hours"),
        pytest.param("1bd", "2026-03-27 12:00", "2026-03-30T12:00:00+02:00", id="business-day"),
        pytest.param("8bh", "2026-10-23 12:00", "2026-10-26T12:00:00+01:00", id="business-hours"),
    ],
)
def test_clocks_run_on_when_those_on_the_wall_are_changed(
    within: str, start: str, due: str
) -> None:
    (run,) = judge([(start, "new")], support(clock(within)), now=start)
    assert run.due.isoformat() == due


def test_an_hour_that_comes_twice_is_counted_twice_of_elapsed_time() -> None:
    before = int(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN).timestamp())
    files = commit(0, make_part("t"), at=before)
    history = read(msgspec.structs.replace(files, workflows={"support": support(clock("30m"))}))
    now = datetime.fromtimestamp(before + 1_801, BERLIN)  # 02:00 again, as people see it
    (run,) = compute_clocks(history, make_snapshot(), BERLIN, now)
    assert run.standing is Standing.MISSED


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"])
@pytest.mark.parametrize("within", ["36525d", "36525bd", "800bh", "0m"])
@pytest.mark.parametrize("places", [["new"], ["new", "asked"], ["new", "asked", "draft"]])
@pytest.mark.parametrize("second", [0, 253_402_128_000])
def test_the_ends_of_time_are_bounds(
    second: int, places: list[str], within: str, zone: str
) -> None:
    works = [make_part("t", status=place) for place in places]
    commits = [commit(number, work, at=second) for number, work in enumerate(works)]
    workflows = {"support": support(clock(within))}
    history = read(*(msgspec.structs.replace(each, workflows=workflows) for each in commits))
    now = datetime(9999, 12, 31, 23, tzinfo=ZoneInfo(zone))
    (run,) = compute_clocks(history, make_snapshot(), ZoneInfo(zone), now)
    assert run.started <= run.due <= now


OFFSETS = st.lists(st.integers(1, 200_000), min_size=1, max_size=8)
PLACES = st.lists(
    st.sampled_from(["draft", "asked", "expert", "new", "sent", "spam"]), min_size=8, max_size=8
)
WITHIN = st.sampled_from(["0m", "90m", "4h", "3d", "4bh", "3bd", "1.5bd", "100bh"])
BEGIN = int(moment("1 09:00").timestamp())


def history_of(places: Sequence[str], offsets: Sequence[int], workflow: Workflow) -> History:
    commits: list[CommitFiles] = []
    time = BEGIN
    for number, (place, offset) in enumerate(zip(("new", *places), (0, *offsets), strict=False)):
        time += offset
        files = commit(number, make_part("t", status=place), at=time)
        commits.append(msgspec.structs.replace(files, workflows={"support": workflow}))
    return read(*commits)


@given(PLACES, OFFSETS, WITHIN, st.integers(0, 2_000_000))
def test_a_run_is_one_of_four(
    places: list[str], offsets: list[int], within: str, later: int
) -> None:
    history = history_of(places, offsets, support(clock(within)))
    now = datetime.fromtimestamp(BEGIN + sum(offsets) + later, BERLIN)
    for run in compute_clocks(history, make_snapshot(), BERLIN, now):
        end = (run.ended or now).timestamp()
        match run.standing:
            case Standing.MET:
                assert run.ended is not None
                assert run.due.timestamp() >= end
            case Standing.MISSED:
                assert run.due.timestamp() < end
            case _:
                assert run.ended is None
                assert run.due.timestamp() >= end
        assert (run.left > 0) <= (run.standing in (Standing.RUNNING, Standing.PAUSED))
        assert run.started <= run.due


@given(WITHIN, st.integers(0, 500_000), st.integers(0, 500_000), st.integers(0, 500_000))
def test_a_pause_never_shortens_what_is_left(
    within: str, before: int, pause: int, after: int
) -> None:
    workflow = support(clock(within))
    offsets = [before, pause, after]
    now = datetime.fromtimestamp(BEGIN + sum(offsets), BERLIN)

    def due(*places: str) -> float:
        history = history_of(places, offsets, workflow)
        (run,) = compute_clocks(history, make_snapshot(), BERLIN, now)
        return run.due.timestamp()

    assert due("asked", "draft") >= due("draft", "draft")


@given(st.lists(st.sampled_from(["draft", "asked"]), max_size=6), WITHIN)
def test_pausing_all_the_time_leaves_as_much_as_there_was(places: list[str], within: str) -> None:
    workflow = support(clock(within, start=("new",), pause=("new", "draft", "asked")))
    history = history_of(places, [3_600 * 7] * len(places), workflow)
    now = datetime.fromtimestamp(BEGIN + 10_000_000, BERLIN)
    (run,) = compute_clocks(history, make_snapshot(), BERLIN, now)
    (fresh,) = compute_clocks(
        history_of([], [], workflow), make_snapshot(), BERLIN, datetime.fromtimestamp(BEGIN, BERLIN)
    )
    assert (run.standing, run.left) == (Standing.PAUSED, fresh.left)
