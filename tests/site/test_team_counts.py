"""Teams: how much work each has, and which are below which, whatever their parents say."""

from datetime import date
from typing import Any

import pytest

from plainwork.site.groups import Groups
from plainwork.site.team_counts import Teams
from support.builders import make_snapshot, make_team

TODAY = date(2026, 3, 2)


def _teams(parents: dict[str, str], works: list[dict[str, Any]] | None = None) -> Teams:
    parties = [make_team(id_, parent=parent) for id_, parent in parents.items()]
    snapshot = make_snapshot(works or [], parties=parties)
    return Teams(snapshot, Groups(snapshot, TODAY, range(len(snapshot.works))).teams)


@pytest.mark.parametrize(
    ("parents", "below"),
    [
        pytest.param({"a": "", "b": ""}, [], id="none"),
        pytest.param({"a": "", "b": "A", "c": "b", "d": "a"}, ["b", "d", "c"], id="by levels"),
        pytest.param({"a": "a"}, [], id="its own parent"),
        pytest.param({"a": "c", "b": "a", "c": "b"}, ["b", "c"], id="in a circle"),
        pytest.param({"a": "nowhere", "b": "a"}, ["b"], id="an unknown parent"),
    ],
)
def test_the_teams_below_a_team(parents: dict[str, str], below: list[str]) -> None:
    assert [team.id for team in _teams(parents).below("A")] == below


def test_work_is_counted_where_it_is_listed() -> None:
    works: list[dict[str, Any]] = [
        {"team": "A", "due": "2026-03-01"},
        {"team": "a", "status": "doing", "due": "2026-03-02"},
        {"team": "a", "status": "done", "due": "2026-03-01"},
        {"team": "a", "status": "nowhere"},
    ]
    found = _teams({"a": "", "b": ""}, works).count("a")
    assert (found.open, found.overdue, found.counts["done"]) == (3, 1, 1)
    assert found.work is not None
    assert found.work.overdue is not None
    assert list(found.work.overdue.ids) == ["w1"]
    assert found.work.find("overdue") == "team-overdue/a.html"
    nothing = _teams({"a": "", "b": ""}, works).count("b")
    assert (nothing.open, nothing.overdue, nothing.work) == (0, 0, None)
