"""Where time is lost, by hand and by properties."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.approval_latency import GivenApproval
from plainwork.flow.evidence import Evidence
from plainwork.flow.friction import Friction, FrictionRow, compute_friction
from plainwork.flow.scope import Scope
from plainwork.model.history import History
from plainwork.model.record import Record
from plainwork.model.settings import Calendar, Settings
from plainwork.model.workflow import Approval, CustomField, Transition
from support.builders import make_snapshot
from support.desks import ORDER, PEOPLE, answer, commit, order
from support.events import DAY, read

_MORNING = ((9 * 60, 12 * 60),)
HOURS = Calendar("house", (*((_MORNING,) * 5), (), ()))  # Monday to Friday, 9 to 12
APPROVED = (
    Approval(by=("lab",)),
    Approval(by=("store",), when="amount > 100"),
    Approval(any=(Approval(by=("owner",)), Approval(by=("bo",))), when="nonsense("),
)
WORKFLOW = msgspec.structs.replace(
    ORDER,
    fields=(CustomField("amount", "money"),),
    transitions=(
        *ORDER.transitions[:2],
        Transition("pass", "done", ("testing",), approvals=APPROVED),
    ),
)
SNAPSHOT = make_snapshot(
    workflows=[WORKFLOW],
    parties=PEOPLE.values(),
    settings=Settings(calendars={"house": HOURS}, calendar="house"),
)


def change(number: int, who: str, *works: Any, **more: Any) -> Any:
    return commit(number, who, *works, **{"workflows": {"order": WORKFLOW}, **more})


def ask(history: History, now: int, **more: Any) -> Friction:
    evidence = Evidence(history, SNAPSHOT, UTC, datetime.fromtimestamp(now, UTC))
    return compute_friction(evidence, **more)


def rows(found: Sequence[FrictionRow]) -> list[tuple[str, int, list[int], int]]:
    """Return names, counts, days of each wait and how many go on."""
    return [
        (row.name, row.waits.count, [case.length.elapsed // DAY for case in row.cases], row.open)
        for row in found
    ]


# Thursday, 1 January 1970, is day 0.
HISTORY = read(
    change(0, "ada", *(order(each, "building") for each in "abc"), order("d", "free")),
    change(1, "ada", order("a", "testing", amount="500.00")),
    change(3, "cy", answers=[Record("r", "", "approval", ("a",), "cy", "", {"vote": "approve"})]),
    change(5, "cy", order("a", "done", amount="500.00")),
    change(6, "ada", order("b", "testing", amount="5.00"), order("c", "building", blocked="Bank")),
    change(7, "ada", order("d", "free", depends_on=["c"])),
    change(8, "cy", order("b", "building", amount="5.00"), order("c", "building", blocked=" bank")),
    change(9, "ada", order("b", "testing", amount="5.00"), order("c", "done")),
)


def test_four_rankings_by_hand() -> None:
    found = ask(HISTORY, 12 * DAY)
    assert rows(found.states) == [("testing", 3, [4, 3, 2], 1)]
    # The lab: the same; the shop took back what it got at once, which is no wait.
    assert rows(found.teams) == [("lab", 3, [4, 3, 2], 1), ("shop", 1, [1], 0)]
    assert rows(found.approvers) == [
        ("lab", 3, [4, 3, 2], 1),
        ("owner or bo", 3, [4, 3, 2], 1),
        ("store", 1, [4], 0),
        ("cy", 1, [2], 0),
    ]
    assert rows(found.blockers) == [("Bank", 2, [2, 1], 0), ("c", 1, [2], 0)]
    assert [row.work for row in found.blockers] == [False, True]


def test_all_of_it_counts_each_moment_of_a_work_once() -> None:
    found = ask(HISTORY, 12 * DAY)
    # a: 4 days; b: 2, the one at the shop between them, and 3; c: 3; d: 2.
    assert found.all.total == (4 + 6 + 3 + 2) * DAY
    assert (found.all.count, found.items) == (4, 4)
    assert (found.all.median, found.all.percentile_85) == (3 * DAY, 6 * DAY)


def test_working_time_stands_beside() -> None:
    (state,) = ask(HISTORY, 12 * DAY).states
    hours = [case.length.working // 3_600 for case in state.cases]
    # a: Friday and Monday; b: Saturday to Monday, and before that Wednesday and Thursday.
    assert hours == [6, 3, 6]


def test_every_wait_leads_to_its_commits() -> None:
    found = ask(HISTORY, 12 * DAY)
    (state,) = found.states
    assert [case.commits for case in state.cases] == [("c1", "c5"), ("c9",), ("c6", "c8")]
    (record,) = found.approvers[-1].cases
    assert (record.basis, record.commits) == ("record", ("c1", "c3"))
    assert {case.basis for case in found.approvers[0].cases} == {"state"}


@pytest.mark.parametrize(
    ("more", "days"),
    [
        pytest.param({}, [4, 3, 2], id="all"),
        pytest.param({"since": date(1970, 1, 4)}, [3, 2, 2], id="from the middle of one"),
        pytest.param({"until": date(1970, 1, 4)}, [3], id="to the middle of one"),
        pytest.param({"since": date(1970, 1, 3), "until": date(1970, 1, 3)}, [1], id="one day"),
        pytest.param({"scope": Scope(team="lab")}, [4, 3, 2], id="its team"),
        pytest.param({"scope": Scope(team="shop")}, [], id="another team"),
        pytest.param({"scope": Scope(workflow="Order")}, [4, 3, 2], id="its workflow"),
        pytest.param({"scope": Scope(workflow="task")}, [], id="another workflow"),
        pytest.param({"scope": Scope(project="boat")}, [], id="another project"),
    ],
)
def test_what_counts(more: dict[str, Any], days: list[int]) -> None:
    states = ask(HISTORY, 12 * DAY, **more).states
    assert [case.length.elapsed // DAY for row in states for case in row.cases] == days


def test_pull_requests_say_when_they_were_there() -> None:
    merged = [
        GivenApproval("bo", "a", 2 * DAY, 4 * DAY, "m"),
        GivenApproval("bo", "gone", 2 * DAY, 4 * DAY, "m"),
        GivenApproval("bo", "a", 5 * DAY, 4 * DAY, "n"),  # approved before it was seen: at once
        GivenApproval("bo", "a", 5 * DAY, 13 * DAY, "later"),
    ]
    found = ask(HISTORY, 12 * DAY, given=merged)
    (row,) = (each for each in found.approvers if each.name == "bo")
    cases = [(case.basis, case.length.elapsed // DAY, case.commits) for case in row.cases]
    assert cases == [("pull-request", 2, ("m",)), ("pull-request", 0, ("n",))]
    assert "bo" not in [
        each.name
        for each in ask(HISTORY, 12 * DAY, given=merged, scope=Scope(team="lab")).approvers
    ]


def test_a_handoff_waits_until_it_is_accepted() -> None:
    history = read(
        change(0, "ada", order("a", "free")),
        change(1, "ada", order("a", "free", team="lab")),
        change(4, "cy", answers=[answer("cy", "accept")]),
    )
    assert rows(ask(history, 9 * DAY).teams) == [("lab", 1, [3], 0)]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["todo", "building", "testing", "free", "done"]),
        st.sampled_from(["", "lab", "store"]),
        st.sampled_from(["", "Bank", "Dealer"]),
        st.lists(st.sampled_from("abc"), max_size=2),
        st.integers(0, 3 * DAY),
    ),
    max_size=25,
)
Steps = list[tuple[str, str, str, str, list[str], int]]


def _tell(steps: Steps, start: int) -> tuple[History, int]:
    time, commits = start, [change(0, "ada", at=start)]
    for number, (work, status, team, blocked, on, pause) in enumerate(steps, start=1):
        time += pause
        named = {
            "team": team,
            "blocked": blocked,
            "depends_on": [each for each in on if each != work],
        }
        more = {name: value for name, value in named.items() if value}
        commits.append(change(number, "ada", order(work, status, **more), at=time))
    return read(*commits), time + DAY


@given(_STEPS)
def test_no_ranking_counts_more_than_all_together(steps: Steps) -> None:
    history, now = _tell(steps, 0)
    found = ask(history, now)
    assert sum(row.waits.total for row in found.states) <= found.all.total
    assert all(row.waits.total <= found.all.total for row in (*found.teams, *found.blockers))
    assert found.all.total <= 3 * now
    spread = [row.waits.total for row in (*found.states, *found.teams, *found.blockers)]
    assert found.all.total <= sum(spread)


@given(_STEPS, st.integers(0, 200))
def test_shifting_all_times_by_weeks_changes_no_length(steps: Steps, weeks: int) -> None:
    shift = weeks * 7 * DAY
    before, after = ask(*_tell(steps, 0)), ask(*_tell(steps, shift))
    assert after.all == before.all
    for name in ("states", "teams", "approvers", "blockers"):
        for row, later in zip(getattr(before, name), getattr(after, name), strict=True):
            assert (later.name, later.waits) == (row.name, row.waits)
            starts = [case.start + timedelta(seconds=shift) for case in row.cases]
            assert [case.start for case in later.cases] == starts


@given(_STEPS, st.integers(0, 30))
def test_days_add_up_to_all_of_the_past(steps: Steps, cut: int) -> None:
    history, now = _tell(steps, 0)
    day = date(1970, 1, 1) + timedelta(cut)
    if cut * DAY > now:
        return
    before = ask(history, now, until=day).all.total
    after = ask(history, now, since=day + timedelta(1)).all.total
    assert before + after == ask(history, now).all.total
