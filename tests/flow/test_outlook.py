"""Outlooks: what is said beside the numbers, and what that rests on."""

from datetime import UTC, date, timedelta

import pytest

from plainwork.errors import UsageError
from plainwork.flow.outlook import Outlook, Question, Sample, compute_outlook
from plainwork.flow.scope import Scope
from plainwork.flow.throughput import Observed, observe
from support.builders import make_snapshot, make_team
from support.events import WORKFLOWS, commit, read, written

TODAY = date(2026, 6, 1)


def look(counts: list[int], question: Question, days: int = 0) -> Outlook:
    used = days or len(counts)
    sample = Sample("", Scope(), None, None, days=used, items=sum(counts[-used:]))
    return compute_outlook(counts, sample, question, TODAY)


def test_days_are_counted_from_today() -> None:
    found = look([1], Question(items=3, days=2))
    assert found.when is not None
    assert {(each.days, each.by) for each in found.when.answers} == {(3, date(2026, 6, 4))}
    assert found.how_many is not None
    assert (found.how_many.until, found.how_many.answers[0].value) == (date(2026, 6, 3), 2)


def test_a_forecast_rests_on_its_sample_alone() -> None:
    found = look([9] * 50 + [1] * 10, Question(items=3), days=10)
    assert found.when is not None
    assert {each.days for each in found.when.answers} == {3}


def test_nothing_finished_means_never() -> None:
    found = look([0, 0], Question(items=1, days=5))
    assert found.when is not None
    assert {(each.days, each.by) for each in found.when.answers} == {(None, None)}
    assert found.when.chances == ()
    assert found.how_many is not None
    assert found.how_many.chances == ()


def test_where_nothing_is_open_nothing_has_to_be_finished() -> None:
    found = look([1], Question(items=0, open=True))
    assert found.when is not None
    assert (found.when.items, found.when.answers) == (0, ())


def test_chances_lead_from_the_unlikely_to_the_likely() -> None:
    found = look([0, 1, 3, 0, 2], Question(items=40, days=40))
    assert found.when is not None
    days = [each.percent for each in found.when.chances]
    assert days == sorted(days)
    assert (days[0] < 15, days[-1] >= 95) == (True, True)
    assert found.how_many is not None
    items = [each.percent for each in found.how_many.chances]
    assert items == sorted(items, reverse=True)
    assert (items[0] >= 95, items[-1] < 10) == (True, True)


@pytest.mark.parametrize(
    ("known", "cases", "days"),
    [
        pytest.param(10 + 5 + 77, 12, 5, id="twelve weeks"),
        pytest.param(400, 12, 5, id="no more than twelve"),
        pytest.param(10 + 7, 1, 5, id="one"),
        pytest.param(10 + 5 + 13, 2, 5, id="those that are whole"),
    ],
)
def test_it_looks_back_as_far_as_history_goes(known: int, cases: int, days: int) -> None:
    backtest = look([1] * known, Question(days=5), days=10).backtest
    assert backtest is not None
    assert (backtest.days, backtest.sample) == (days, 10)
    assert {(each.right, each.cases) for each in backtest.confidences} == {(cases, cases)}


def test_where_history_is_short_it_looks_less_far_ahead() -> None:
    backtest = look([1] * (10 + 77 + 20), Question(days=50), days=10).backtest
    assert backtest is not None
    assert (backtest.days, backtest.confidences[0].cases) == (20, 12)
    assert look([1] * 12, Question(days=50), days=10).backtest is None


def test_the_last_weeks_are_looked_at() -> None:
    lately_less = [2] * 40 + [0] * 7
    backtest = look(lately_less, Question(days=7), days=14).backtest
    assert backtest is not None
    assert {(each.right, each.cases) for each in backtest.confidences} == {(3, 4)}


SNAPSHOT = make_snapshot(
    works=[],
    workflows=list(WORKFLOWS.values()),
    parties=[make_team("ops"), make_team("night", parent="ops")],
)


def see(today: date, since: date | None = None, scope: Scope = Scope()) -> Observed:  # noqa: B008
    history = read(
        commit(0, written("a", "todo", team="night"), written("b", "todo")),
        commit(2, written("a", "done", team="night"), written("c", "done")),
        commit(3, written("c", "todo")),
        commit(4, written("b", "dropped")),
        commit(9, written("c", "done")),
    )
    return observe(history, SNAPSHOT, scope, UTC, today=today, since=since)


START = date(1970, 1, 1)


def test_finished_items_are_counted_on_their_days_until_yesterday() -> None:
    found = see(START + timedelta(6))
    assert found.finished == (0, 0, 1, 0, 0, 0)
    assert (found.open, found.sample.items, found.sample.days) == (1, 1, 6)
    assert (found.sample.since, found.sample.until) == (START, START + timedelta(5))


def test_what_lies_ahead_has_not_happened() -> None:
    assert see(START + timedelta(3)).open == 2
    assert see(START + timedelta(9)).open == 0


def test_a_scope_holds_the_teams_below() -> None:
    ops = see(START + timedelta(6), scope=Scope(team="OPS"))
    assert (sum(ops.finished), ops.open) == (1, 0)
    assert see(START + timedelta(6), scope=Scope(workflow="other")).finished == (0,) * 6


def test_a_sample_begins_when_asked() -> None:
    late = see(START + timedelta(6), since=START + timedelta(3))
    assert (late.sample.days, late.sample.items, len(late.finished)) == (3, 0, 6)
    early = see(START + timedelta(6), since=START - timedelta(4))
    assert (early.sample.days, early.sample.items, early.sample.since) == (6, 1, START)


@pytest.mark.parametrize("since", [None, START])
def test_the_first_day_tells_nothing_yet(since: date | None) -> None:
    with pytest.raises(UsageError, match="no whole day"):
        see(START, since)
