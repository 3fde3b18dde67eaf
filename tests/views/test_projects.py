"""How projects stand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from plainwork.model.record import Record
from plainwork.model.workflow import CustomField, Workflow
from plainwork.views.portfolio import compute_portfolio
from plainwork.views.project_overview import ProjectOverview
from plainwork.views.work_index import WorkIndex
from support.builders import make_snapshot, make_workflow

TODAY = date(2026, 3, 2)
LEVELS = ("low", "medium", "high")
WORKFLOWS: list[Workflow] = [
    make_workflow(),
    make_workflow("project", {"running": "active", "closed": "done"}, kind="project"),
    make_workflow("milestone", {"planned": "ready", "reached": "done"}),
    make_workflow("deliverable", {"promised": "ready", "handed-over": "done"}),
    make_workflow(
        "risk",
        {"open": "ready", "over": "done"},
        fields=[CustomField(name, "choice", options=LEVELS) for name in ("likelihood", "impact")],
    ),
]
PROJECT = {"id": "p", "workflow": "project", "due": "2026-06-30", "budget": "1000"}

MILESTONE = {"workflow": "milestone"}
RISK = {"workflow": "risk"}


def _overview(
    works: Sequence[Mapping[str, Any]] = (),
    records: Sequence[Record] = (),
    **project: Any,
) -> ProjectOverview:
    mine = [{"project": "p", **work} for work in works]
    snapshot = make_snapshot([{**PROJECT, **project}, *mine], workflows=WORKFLOWS, records=records)
    (found,) = compute_portfolio(WorkIndex(snapshot), today=TODAY).projects
    return found


def _spent(number: int, about: str, **details: str) -> Record:
    return Record(
        f"r{number}", f"records/r{number}.md", "spent", (about,), "ada", "2026-02-01", {**details}
    )


@pytest.mark.parametrize(
    ("project", "works", "health"),
    [
        pytest.param({}, [], "on-track", id="nothing-wrong"),
        pytest.param({"due": "2026-03-01"}, [], "off-track", id="project-late"),
        pytest.param({"due": "2026-03-01", "status": "closed"}, [], "", id="closed"),
        pytest.param({}, [{"due": "2026-03-01"}], "at-risk", id="item-late"),
        pytest.param({}, [{"due": "2026-03-01", "status": "done"}], "on-track", id="item-done"),
        pytest.param(
            {}, [{"workflow": "milestone", "due": "2026-03-01"}], "off-track", id="milestone-late"
        ),
        pytest.param(
            {},
            [{**RISK, "likelihood": "high", "impact": "medium"}],
            "at-risk",
            id="high-risk",
        ),
        pytest.param(
            {},
            [{**RISK, "likelihood": "medium", "impact": "medium"}],
            "on-track",
            id="medium-risk",
        ),
        pytest.param({}, [{**RISK, "likelihood": "high"}], "on-track", id="half-a-risk"),
    ],
)
def test_health(project: dict[str, Any], works: list[dict[str, Any]], health: str) -> None:
    assert _overview(works, **project).computed == health


def test_a_milestone_that_waits_for_late_work_is_at_risk() -> None:
    works: list[Any] = [
        {"id": "m", "workflow": "milestone", "due": "2026-05-01", "depends_on": ["a"]},
        {"id": "a", "depends_on": ["b"]},
        {"id": "b", "due": "2026-03-01", "project": ""},
    ]
    found = _overview(works)
    assert (found.computed, found.reasons) == ("at-risk", ("milestone m waits for overdue work",))


def test_deliverables_and_milestones_stand_in_the_order_of_their_days() -> None:
    works = [
        {"id": f"{workflow}-{number}", "workflow": workflow, **({"due": due} if due else {})}
        for workflow in ("deliverable", "milestone")
        for number, due in enumerate(("", "2026-05-02", "2026-04-01"))
    ]
    found = _overview(works)
    for name, shown in (("deliverable", found.deliverables), ("milestone", found.milestones)):
        assert [work.id for work in shown] == [f"{name}-2", f"{name}-1", f"{name}-0"]


def test_progress_leaves_out_registers_and_dropped_work() -> None:
    works: list[Any] = [
        {"status": "done"},
        {"status": "doing"},
        {"status": "dropped"},
        {"workflow": "risk", "status": "over"},
        {"workflow": "milestone", "status": "reached"},
    ]
    found = _overview(works)
    assert (found.finished, found.of, found.counts.done) == (1, 2, 3)


def test_money_and_time_are_added_exactly_and_once() -> None:
    both = Record(
        "r9", "records/r9.md", "spent", ("p", "w2"), "ada", "2026-02-01", {"cost": "0.10"}
    )
    records = [
        _spent(1, "w2", cost="0.20"),
        _spent(2, "p", cost="5 USD", time="1d"),
        _spent(3, "elsewhere", cost="99"),
        both,
    ]
    spent = _overview([{}], records).spent
    assert [str(sum_) for sum_ in spent.money] == ["0.30 EUR", "5 USD"]
    assert spent.hours == 8


def test_more_spent_than_the_budget_is_off_track() -> None:
    assert _overview(records=[_spent(1, "p", cost="1000.00")]).computed == "on-track"
    assert _overview(records=[_spent(1, "p", cost="1000.01")]).computed == "off-track"


def test_the_latest_update_and_the_latest_health() -> None:
    records = [
        Record("b", "b.md", "update", ("p",), "ada", "2026-02-20", {"headline": "Only news"}),
        Record("a", "a.md", "update", ("p",), "ada", "2026-02-10T09:00:00Z", {"health": "at-risk"}),
        Record("c", "c.md", "update", ("p",), "ada", "2026-01-01", {"health": "on-track"}),
    ]
    found = _overview(records=records)
    assert found.update is not None
    assert (found.declared, found.update.headline) == ("at-risk", "Only news")
    assert found.update.day == date(2026, 2, 20)


def test_open_projects_come_first_by_their_due_day() -> None:
    works: list[Any] = [
        {**PROJECT, "id": "closed", "status": "closed"},
        {**PROJECT, "id": "later"},
        {**PROJECT, "id": "sooner", "due": "2026-04-01"},
        {"id": "item"},
    ]
    found = compute_portfolio(
        WorkIndex(make_snapshot(works, workflows=WORKFLOWS)), today=TODAY
    ).projects
    assert [project.work.id for project in found] == ["sooner", "later", "closed"]
