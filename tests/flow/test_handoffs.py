"""The matrix of handoffs, by hand and by properties."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.evidence import Evidence
from plainwork.flow.handoffs import Handoffs, compute_handoffs
from plainwork.flow.offers import Outcome
from plainwork.model.history import History
from plainwork.model.settings import Calendar, Settings
from support.builders import make_snapshot, make_team
from support.desks import ORDER, PEOPLE, answer, commit, order
from support.events import DAY, read

_MORNING = ((9 * 60, 12 * 60),)
LAB_HOURS = Calendar("lab", (*((_MORNING,) * 5), (), ()))  # Monday to Friday, 9 to 12
PARTIES = {
    **PEOPLE,
    "lab": make_team("lab", lead="cy", calendar="lab", parent="house"),
    "house": make_team("house"),
}
SNAPSHOT = make_snapshot(
    workflows=[ORDER],
    parties=PARTIES.values(),
    settings=Settings(calendars={"lab": LAB_HOURS}),
)
HOUR = 3_600


def ask(history: History, now: int, **more: Any) -> Handoffs:
    evidence = Evidence(history, SNAPSHOT, UTC, datetime.fromtimestamp(now, UTC))
    return compute_handoffs(evidence, **more)


# 1 January 1970 was a Thursday. Offers wait 1 day, 5 days (rejected, then accepted) and 2 days
# (closed), and one is open since the 11th; back came one after 3 days, which was accepted.
HISTORY = read(
    commit(0, "ada", *(order(each, "building") for each in "abcd")),
    commit(1, "ada", order("a", "testing"), order("b", "testing")),
    commit(2, "cy", order("a", "testing", due="1970-02-01")),
    commit(3, "cy", answers=[answer("cy", "reject", "b", reason="Too early")]),
    commit(4, "ada", order("c", "testing")),
    commit(6, "cy", order("b", "building")),
    commit(6, "ada", order("c", "done")),
    commit(9, "ada", order("b", "building", due="1970-02-01")),
    commit(10, "ada", order("d", "testing")),
)


def test_a_matrix_by_hand() -> None:
    found = ask(HISTORY, 12 * DAY)
    assert found.teams == ("lab", "shop")
    to_lab, to_shop = found.pairs
    assert (to_lab.giver, to_lab.receiver, to_lab.works) == ("shop", "lab", ("a", "b", "c", "d"))
    assert (to_lab.count, to_lab.open, to_lab.rejections, to_lab.returned) == (4, 1, 1, 1)
    # a is accepted after just the day that was promised, b is rejected a day late.
    assert (to_lab.promised, to_lab.late) == (4, 3)
    assert (to_lab.wait.count, to_lab.wait.total, to_lab.wait.median) == (1, DAY, DAY)
    assert to_lab.waited.elapsed == (1 + 5 + 2 + 2) * DAY
    assert (to_shop.count, to_shop.wait.median, to_shop.promised) == (1, 3 * DAY, 0)
    assert (found.wait.count, found.wait.median, found.wait.percentile_85) == (2, DAY, 3 * DAY)


def test_what_lies_ahead_has_not_happened() -> None:
    found = ask(HISTORY, 3 * DAY + 1)
    assert [(each.work, each.outcome.value) for each in found.handoffs] == [
        ("a", "accepted"),
        ("b", "open"),
    ]
    assert [each.wait.elapsed for each in found.handoffs] == [DAY, 2 * DAY + 1]


def test_working_time_is_that_of_the_receiving_team() -> None:
    found = ask(HISTORY, 12 * DAY)
    working = [(each.work, each.wait.working // HOUR) for each in found.handoffs]
    # a: Friday; b: Friday, Monday, Tuesday; c: Monday, Tuesday; back at the shop, whose calendar
    # is the usual one: Wednesday to Friday; d: Sunday and Monday.
    assert working == [("a", 3), ("b", 9), ("c", 6), ("b", 24), ("d", 3)]


def test_every_figure_leads_to_its_commits() -> None:
    first, second, *_, last = ask(HISTORY, 12 * DAY).handoffs
    assert (first.commit, first.answer_commit, first.by, first.late) == ("c1", "c2", "cy", False)
    assert [(each.commit, each.reason) for each in second.rejections] == [("c3", "Too early")]
    assert (second.outcome, second.answer_commit) == (Outcome.REJECTED, "c6")
    assert (last.outcome, last.commit, last.answer_commit) == (Outcome.OPEN, "c10", "")
    assert (last.due, last.late) == (datetime(1970, 1, 12, tzinfo=UTC), True)


@pytest.mark.parametrize(
    ("since", "until", "works"),
    [
        pytest.param(None, None, ["a", "b", "c", "b", "d"], id="all"),
        pytest.param(date(1970, 1, 5), None, ["c", "b", "d"], id="since"),
        pytest.param(None, date(1970, 1, 5), ["a", "b", "c"], id="until"),
        pytest.param(date(1970, 1, 5), date(1970, 1, 5), ["c"], id="one day"),
        pytest.param(date(1970, 2, 1), None, [], id="none"),
    ],
)
def test_the_days_of_offers_that_count(
    since: date | None, until: date | None, works: Sequence[str]
) -> None:
    found = ask(HISTORY, 12 * DAY, since=since, until=until)
    assert [each.work for each in found.handoffs] == works
    assert sum(pair.count for pair in found.pairs) == len(works)


@pytest.mark.parametrize(
    ("team", "count"),
    [
        pytest.param("Shop", 6, id="gives or receives"),
        pytest.param("store", 1, id="receives"),
        pytest.param("house", 5, id="the teams below it"),
        pytest.param("nobody", 0, id="none"),
    ],
)
def test_handoffs_of_a_team(team: str, count: int) -> None:
    more = read(
        commit(0, "ada", order("e", "free")), commit(1, "ada", order("e", "free", team="store"))
    )
    history = read(
        commit(0, "ada", *(order(each, "building") for each in "abcd"), order("e", "free")),
        commit(1, "ada", order("a", "testing"), order("b", "testing"), order("c", "testing")),
        commit(2, "cy", order("a", "building"), order("b", "building")),
        commit(3, "ada", order("e", "free", team="store")),
    )
    assert len(ask(more, 9 * DAY).handoffs) == 1
    assert len(ask(history, 9 * DAY, team=team).handoffs) == count


_STATUSES = st.sampled_from(["todo", "building", "testing", "free", "done"])
_STEPS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        _STATUSES,
        st.sampled_from(["", "lab", "store"]),
        st.sampled_from(["ada", "bo", "cy", "eve"]),
        st.integers(0, 3 * DAY),
    ),
    max_size=25,
)


def _tell(steps: Sequence[tuple[str, str, str, str, int]], start: int) -> tuple[History, int]:
    time, commits = start, [commit(0, "ada", at=start)]
    for number, (work, status, team, who, pause) in enumerate(steps, start=1):
        time += pause
        more = {"team": team} if team else {}
        commits.append(commit(number, who, order(work, status, **more), at=time))
    return read(*commits), time + DAY


@given(_STEPS)
def test_the_sum_of_the_matrix_is_the_number_of_handoffs(
    steps: list[tuple[str, str, str, str, int]],
) -> None:
    found = ask(*_tell(steps, 0))
    assert sum(pair.count for pair in found.pairs) == len(found.handoffs)
    assert sum(pair.waited.elapsed for pair in found.pairs) == sum(
        each.wait.elapsed for each in found.handoffs
    )
    assert all(pair.giver != pair.receiver for pair in found.pairs)
    assert all(each.wait.working <= each.wait.elapsed for each in found.handoffs)
    open_ = [each.work for each in found.handoffs if each.outcome is Outcome.OPEN]
    assert len(open_) == len(set(open_))


@given(_STEPS, st.integers(0, 200))
def test_shifting_all_times_by_weeks_changes_no_length(
    steps: list[tuple[str, str, str, str, int]], weeks: int
) -> None:
    shift = weeks * 7 * DAY
    before, after = ask(*_tell(steps, 0)), ask(*_tell(steps, shift))
    assert [pair.wait for pair in after.pairs] == [pair.wait for pair in before.pairs]
    for each, later in zip(before.handoffs, after.handoffs, strict=True):
        assert later.offered - each.offered == timedelta(seconds=shift)
        assert (later.wait, later.late, later.outcome) == (each.wait, each.late, each.outcome)


def test_a_promise_that_makes_no_sense_is_none() -> None:
    lab = msgspec.structs.replace(ORDER.transitions[1], accept_within="soon")
    workflow = msgspec.structs.replace(ORDER, transitions=(lab,))
    history = read(
        commit(0, "ada", order("a", "building"), workflows={"order": workflow}),
        commit(1, "ada", order("a", "testing"), workflows={"order": workflow}),
    )
    (found,) = ask(history, 9 * DAY).handoffs
    assert (found.within, found.due, found.late) == ("", None, False)
