"""One document with all that belongs to it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from plainwork.model.policy import Policy, Scope
from plainwork.model.record import Record
from plainwork.model.workflow import Approval, Category, State, Transition, Workflow
from plainwork.views.inheritance import find_source
from plainwork.views.occurrences import compute_recurrence
from plainwork.views.shown_party import compute_shown_party
from plainwork.views.statements import describe_record
from plainwork.views.ways_on import WayOn, compute_ways_on
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 3, 2)
DOING = State("doing", Category.ACTIVE)
REVIEW = Workflow(
    id="task",
    path="workflows/task.md",
    owner="boss",
    team="crew",
    visibility="restricted",
    states=(State("todo", Category.READY), State("review", Category.WAITING, team="finance")),
)


@pytest.mark.parametrize(
    ("field", "work", "written", "source"),
    [
        pytest.param("owner", {"owner": "ada"}, {"owner": "ada"}, "", id="own-owner"),
        pytest.param("owner", {"owner": "ada", "parent": "up"}, {}, "parent up", id="parent"),
        pytest.param("owner", {"owner": "ada", "project": "up"}, {}, "project up", id="project"),
        pytest.param("owner", {"owner": "boss"}, {}, "workflow task", id="workflow"),
        pytest.param("owner", {}, {}, "", id="nobody"),
        pytest.param("team", {"status": "review"}, {"team": "x"}, "state review", id="state"),
        pytest.param("team", {}, {"team": "x"}, "", id="own-team"),
        pytest.param("team", {}, {}, "workflow task", id="team-of-workflow"),
        pytest.param("project", {"parent": "up", "project": "up"}, {}, "parent up", id="by-parent"),
        pytest.param(
            "visibility", {"visibility": "restricted"}, {}, "workflow task", id="strict-workflow"
        ),
        pytest.param(
            "visibility", {"visibility": "public"}, {"visibility": "public"}, "", id="own"
        ),
        pytest.param(
            "visibility", {"visibility": "internal", "parent": "up"}, {}, "default", id="default"
        ),
        pytest.param("title", {}, {}, "", id="never-inherited"),
    ],
)
def test_where_a_value_comes_from(
    field: str, work: dict[str, Any], written: dict[str, str], source: str
) -> None:
    works = [{**work, "fields": written}, {"id": "up", "owner": "ada", "parent": "w1"}]
    snapshot = make_snapshot(works, workflows=[REVIEW])
    assert find_source(snapshot.works[0], field, snapshot) == source


def test_a_visibility_that_nobody_wrote_is_the_default() -> None:
    snapshot = make_snapshot([{"visibility": "internal", "parent": "w2", "fields": {}}, {}])
    assert find_source(snapshot.works[0], "visibility", snapshot) == "default"


def test_ways_on_say_what_is_missing() -> None:
    ways = [
        Transition("start", "doing", ("todo",), by=("owner",)),
        Transition("drop", "dropped", ("todo",), require=("reason",)),
        Transition("finish", "done", ("doing",)),
        Transition("file", "waiting", ("todo",), approvals=(Approval(by=("bo",)),)),
    ]
    snapshot = make_snapshot(
        [{"owner": "ada"}],
        workflows=[make_workflow(transitions=ways)],
        parties=[make_person("ada"), make_person("bo")],
    )
    (work,) = snapshot.works
    found = compute_ways_on(work, snapshot, today=TODAY, me="ada")
    assert [(way.transition, way.label, way.unmet) for way in found] == [
        ("start", "Doing", ()),
        ("drop", "Dropped", ("`reason` must be set",)),
        ("file", "Waiting", ()),
    ]
    assert [needed.people for needed in found[2].approvals] == [("bo",)]
    (start, *_) = compute_ways_on(work, snapshot, today=TODAY, me="bo")
    assert start.unmet == ("only owner may make it",)


@pytest.mark.parametrize(
    "guard",
    [
        pytest.param({"require": ("cost",)}, id="require"),
        pytest.param({"by": ("owner",)}, id="by"),
        pytest.param({"checklist": ("Done when",)}, id="checklist"),
        pytest.param({"children_closed": True}, id="children"),
        pytest.param({"depends_on_closed": True}, id="depends-on"),
        pytest.param({"when": "labels.size() > 3"}, id="when"),
        pytest.param({"approvals": (Approval(by=("bo",)),)}, id="approvals"),
    ],
)
def test_a_way_on_asks_for_each_guard(guard: dict[str, Any]) -> None:
    (way,) = _ways_on(Transition("start", "doing", ("todo",), **guard))
    assert way.unmet or way.approvals


def test_a_way_on_asks_for_room() -> None:
    doing = State("doing", Category.ACTIVE, wip_limit=0)
    (way,) = _ways_on(Transition("start", "doing", ("todo",)), doing)
    assert way.unmet == ("1 in Doing, at most 0",)


@pytest.mark.parametrize(
    ("policy", "asked"),
    [
        pytest.param({}, [("bo",)], id="of-everything"),
        pytest.param({"applies_to": Scope(fields=("due", "status"))}, [("bo",)], id="of-status"),
        pytest.param({"applies_to": Scope(fields=("due",))}, [], id="of-another-field"),
        pytest.param({"applies_to": Scope(paths=("law/**",))}, [], id="elsewhere"),
        pytest.param({"default": True}, [], id="default"),
        pytest.param({"approvals": None}, [], id="checks-only"),
    ],
)
def test_a_way_on_asks_what_policies_ask(
    policy: dict[str, Any], asked: list[tuple[str, ...]]
) -> None:
    given: dict[str, Any] = {"approvals": (Approval(by=("bo",)),), **policy}
    rule = Policy("p", "policies/p.md", "Rule", **given)
    (way,) = _ways_on(Transition("start", "doing", ("todo",)), policies=[rule])
    assert [needed.people for needed in way.approvals] == asked


def _ways_on(
    transition: Transition,
    to: State = DOING,
    policies: Sequence[Policy] = (),
) -> tuple[WayOn, ...]:
    """Return where work can go that another one is part of, and that waits for it."""
    workflow = make_workflow(transitions=[transition])
    states = tuple(to if state.name == to.name else state for state in workflow.states)
    snapshot = make_snapshot(
        [{"id": "w1", "owner": "ada", "depends_on": ["w2"]}, {"id": "w2", "parent": "w1"}],
        workflows=[msgspec.structs.replace(workflow, states=states)],
        parties=[make_person("ada"), make_person("bo")],
        policies=policies,
    )
    return compute_ways_on(snapshot.works[0], snapshot, today=TODAY, me="")


@pytest.mark.parametrize(
    ("fields", "words", "days"),
    [
        pytest.param(
            {"schedule": {"rrule": "FREQ=WEEKLY;BYDAY=MO"}, "creates": {"due": "date + 3bd"}},
            "every Monday",
            (
                "2026-03-09 2026-W11 2026-03-12",
                "2026-03-16 2026-W12 2026-03-19",
                "2026-03-23 2026-W13 2026-03-26",
            ),
            id="weekly",
        ),
        pytest.param(
            {"schedule": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=-1", "shift": "previous"}},
            "the last day of every month",
            ("2026-03-31 2026-03 None", "2026-04-30 2026-04 None", "2026-05-29 2026-05 None"),
            id="shifted",
        ),
        pytest.param({"schedule": {"rrule": "FREQ=NEVER"}}, None, (), id="wrong"),
    ],
)
def test_recurrence(fields: dict[str, Any], words: str | None, days: tuple[str, ...]) -> None:
    snapshot = make_snapshot([{"start": "2026-01-05", **fields}])
    found = compute_recurrence(snapshot.works[0], snapshot, TODAY)
    assert found is not None
    assert words is None or found.words == words
    assert tuple(f"{each.day} {each.period} {each.due}" for each in found.next) == days


def test_a_standing_responsibility_does_not_recur() -> None:
    snapshot = make_snapshot([{}])
    assert compute_recurrence(snapshot.works[0], snapshot, TODAY) is None


def test_what_a_person_approves_is_told_by_rule() -> None:
    ways = [
        Transition("approve", "done", ("todo",), approvals=(Approval(by=("crew",), when="a"),)),
        Transition("other", "done", ("doing",), approvals=(Approval(by=("owner",)),)),
        Transition(
            "either", "done", ("waiting",), approvals=(Approval(any=(Approval(by=("ada",)),)),)
        ),
    ]
    policy = Policy("big", "policies/big.md", "Big", approvals=(Approval(by=("ada",)),))
    ada = make_person("ada")
    snapshot = make_snapshot(
        workflows=[make_workflow(transitions=ways)],
        parties=[ada, make_team("crew", lead="ada")],
        policies=[policy],
    )
    found = compute_shown_party(ada, snapshot, today=TODAY, last_changed=lambda _: None)
    rules = [(each.rule, each.when) for each in found.approves]
    assert rules == [("task: approve", "a"), ("task: either", ""), ("policy big", "")]
    assert [(each.team, each.lead) for each in found.teams] == [("crew", True)]


@pytest.mark.parametrize(
    ("kind", "details", "headline"),
    [
        ("update", {"headline": "News"}, "News"),
        ("update", {}, "a comment"),
        ("approval", {"vote": "approve"}, "approve"),
        ("handoff", {"answer": "reject", "reason": "Full"}, "reject: Full"),
        ("spent", {"time": "2h", "cost": "5"}, "2h and 5"),
        ("measure", {"name": "load", "value": 0.5}, "load: 0.5"),
        (
            "waiver",
            {"of": "p", "until": "2026-05-01", "reason": "Why"},
            "of p until 2026-05-01: Why",
        ),
    ],
)
def test_records_in_a_line(kind: str, details: dict[str, object], headline: str) -> None:
    record = Record("r", "records/r.md", kind, ("w1",), "ada", "2026-02-01", details)
    assert describe_record(record).headline == headline
