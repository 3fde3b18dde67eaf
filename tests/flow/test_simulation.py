"""What a proposed workflow would have refused, guard by guard."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from plainwork.flow.events import CommitFiles
from plainwork.flow.simulation import Simulation, simulate
from plainwork.model.workflow import Approval, Category, CustomField, Transition, Workflow
from support.builders import make_person, make_snapshot, make_team, make_workflow
from support.events import commit, read, written

STATES = {"todo": "ready", "doing": "active", "done": "done"}
START = Transition("start", "doing", ("todo",))
FINISH = Transition("finish", "done", ("doing",))
PARTIES = (
    make_person("ada"),
    make_person("bo", last=datetime(1970, 1, 4, tzinfo=UTC).date()),
    make_team("board", lead="ada", members=("bo",)),
)


def propose(*transitions: Transition, states: Any = None, **more: Any) -> Workflow:
    return make_workflow(
        states=states or STATES, transitions=transitions or (START, FINISH), **more
    )


def replay(
    proposed: Workflow,
    *commits: CommitFiles,
    since: int | None = None,
    now: Sequence[dict[str, Any]] = (),
    text: str = "",
) -> Simulation:
    return simulate(
        read(*commits),
        proposed,
        make_snapshot(now, parties=PARTIES),
        UTC,
        since=datetime(1970, 1, since, tzinfo=UTC) if since else None,
        read_bodies=lambda places: [text] * len(places),
    )


def told(found: Simulation) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(move.work, move.old, move.new, move.reasons) for move in found.refused]


LIFE = (
    commit(1, written("a")),
    commit(2, written("a", "doing")),
    commit(5, written("a", "done")),
)


def test_a_life_that_the_proposal_allows() -> None:
    found = replay(propose(), *LIFE)
    assert (found.moves, found.refused, found.reasons, found.migrations) == (3, (), (), ())


def test_several_transitions_at_once_are_a_path() -> None:
    assert told(replay(propose(), commit(1, written("a")), commit(2, written("a", "done")))) == []


WAYS = [
    pytest.param(
        propose(START),
        ("a", "doing", "done"),
        "no transition leads from `doing` to `done`",
        id="way",
    ),
    pytest.param(
        propose(states={"doing": "active", "done": "done"}),
        ("a", "", "todo"),
        "there is no state `todo`",
        id="state",
    ),
    pytest.param(
        propose(START, FINISH, states={"new": "ready", **STATES}),
        ("a", "", "todo"),
        "new work cannot begin in `todo`",
        id="beginning",
    ),
    pytest.param(
        propose(START, Transition("finish", "done", ("doing",), require=("due",))),
        ("a", "doing", "done"),
        "`finish`: `due` must be set",
        id="require",
    ),
    pytest.param(
        propose(START, Transition("finish", "done", ("doing",), when="priority == 'high'")),
        ("a", "doing", "done"),
        "`finish`: must be true: `priority == 'high'`",
        id="when",
    ),
    pytest.param(
        propose(START, Transition("finish", "done", ("doing",), checklist=("Acceptance",))),
        ("a", "doing", "done"),
        "`finish`: the checklist “Acceptance”: 1 of 2 ticked",
        id="checklist",
    ),
    pytest.param(
        propose(START, Transition("finish", "done", ("doing",), by=("auditors",))),
        ("a", "doing", "done"),
        "`finish`: only auditors may make it, and nobody does",
        id="by nobody",
    ),
    pytest.param(
        propose(
            START,
            Transition("finish", "done", ("doing",), approvals=(Approval(("board",), count=2),)),
        ),
        ("a", "doing", "done"),
        "transition finish: 2 of board must approve, only ada could",  # bo has left by then
        id="approvals",
    ),
]
TEXT = "## Acceptance\n\n- [x] one\n- [ ] two\n"


@pytest.mark.parametrize(("proposed", "move", "reason"), WAYS)
def test_what_is_refused_and_why(
    proposed: Workflow, move: tuple[str, str, str], reason: str
) -> None:
    found = replay(proposed, *LIFE, text=TEXT)
    assert (*move, (reason,)) in told(found)
    assert reason in [each.reason for each in found.reasons]


ALLOWED = [
    pytest.param(Transition("finish", "done", ("doing",), by=("board",)), id="by somebody"),
    pytest.param(
        Transition("finish", "done", ("doing",), approvals=(Approval(("did.start",)),)), id="did"
    ),
    pytest.param(
        Transition("finish", "done", ("doing",), approvals=(Approval(("board",)),)), id="one of two"
    ),
]


@pytest.mark.parametrize("finish", ALLOWED)
def test_what_the_past_does_not_tell_refuses_nothing(finish: Transition) -> None:
    assert told(replay(propose(START, finish), *LIFE)) == []


def test_a_limit_of_work_in_progress_is_not_judged() -> None:
    proposed = propose()
    full = tuple(msgspec.structs.replace(state, wip_limit=0) for state in proposed.states)
    assert told(replay(msgspec.structs.replace(proposed, states=full), *LIFE)) == []


CLOSED = propose(START, Transition("finish", "done", ("doing",), children_closed=True))
WAITED = propose(START, Transition("finish", "done", ("doing",), depends_on_closed=True))


@pytest.mark.parametrize(("proposed", "field"), [(CLOSED, "parts"), (WAITED, "waits")])
def test_other_work_counts_as_it_was_then(proposed: Workflow, field: str) -> None:
    other = {"parent": "a"} if field == "parts" else {}
    own: dict[str, Any] = {"depends_on": ["b"]} if field == "waits" else {}
    begun = (
        commit(1, written("a", **own), written("b", **other)),
        commit(2, written("a", "doing", **own)),
    )
    early = commit(3, written("a", "done", **own))
    closed = commit(3, written("b", "done", **other))
    late = commit(4, written("a", "done", **own), written("b", "done", **other))
    assert told(replay(proposed, *begun, early)) == [
        ("a", "doing", "done", ("`finish`: still open: b",))
    ]
    assert told(replay(proposed, *begun, closed, late)) == []


def test_parts_of_parts_of_a_project() -> None:
    project = make_workflow(
        "project",
        kind="project",
        states=STATES,
        transitions=(
            Transition("start", "doing", ("todo",)),
            Transition("finish", "done", ("doing",), children_closed=True),
        ),
    )
    works = (
        written("p", "doing", workflow="project"),
        written("a", "done", project="p"),
        written("b", "todo", parent="a"),
    )
    found = replay(project, commit(1, *works), commit(2, written("p", "done", workflow="project")))
    assert told(found)[0] == ("p", "doing", "done", ("`finish`: still open: b",))


def test_a_field_that_asks_for_an_approval_that_nobody_can_give() -> None:
    proposed = propose(fields=(CustomField("due", approvals=(Approval(("auditors",)),)),))
    moved = commit(2, written("a", "doing", due="2026-01-01"))
    assert told(replay(proposed, commit(1, written("a")), moved)) == [
        ("a", "todo", "doing", ("field due: 1 of auditors must approve, nobody could",))
    ]


def test_states_that_are_renamed_are_judged_by_their_new_names() -> None:
    states = {"todo": Category.READY, "working": Category.ACTIVE, "done": Category.DONE}
    moves = (
        Transition("start", "working", ("todo",)),
        Transition("finish", "done", ("working",)),
    )
    now = [{"id": "x", "status": "doing"}, {"id": "y", "status": "parked"}, {"id": "z"}]
    proposed = propose(*moves, states=states, migrate={"doing": "working"})
    found = replay(proposed, *LIFE, now=now)
    assert found.refused == ()
    assert [(each.state, each.to, each.works) for each in found.migrations] == [
        ("doing", "working", ("x",)),
        ("parked", "", ("y",)),
    ]
    unsaid = replay(propose(*moves, states=states), *LIFE)
    assert [(each.reason, each.count) for each in unsaid.reasons] == [
        ("there is no state `doing`", 2)
    ]


def test_only_what_happened_since_and_only_this_workflow() -> None:
    other = commit(6, written("z", "nowhere", workflow="other"))
    found = replay(propose(START), *LIFE, other, since=5)
    assert (found.moves, len(found.refused), found.since) == (1, 1, "1970-01-05")


def test_work_that_comes_from_another_workflow_is_judged_as_new() -> None:
    found = replay(
        propose(START, FINISH, states={"new": "ready", **STATES}),
        commit(1, written("a", "done", workflow="other")),
        commit(2, written("a", "done")),
    )
    assert told(found) == [("a", "done", "done", ("new work cannot begin in `done`",))]


def test_reasons_are_counted_with_the_work_that_they_meet() -> None:
    proposed = propose(START)
    lives = [
        commit(number + 10, written(id_, status))
        for number, (id_, status) in enumerate(
            [("b", "doing"), ("b", "done"), ("b", "doing"), ("b", "done")]
        )
    ]
    found = replay(proposed, *LIFE, *lives)
    (first, *_) = found.reasons
    assert (first.reason, first.count) == ("no transition leads from `doing` to `done`", 3)
    assert set(first.works) == {"a", "b"}
