"""What work inherits: tables of small families, and families of any shape."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.work_columns import EFFECTIVE_INPUTS, compute_effective_columns
from plainwork.model.party import Agent, Party
from plainwork.model.workflow import Category, State, Workflow
from support.builders import make_person, make_team

WORKFLOWS = {
    workflow.id: workflow
    for workflow in (
        Workflow("task", "workflows/task.md", "Task", states=(State("todo", Category.READY),)),
        Workflow(
            "owned",
            "workflows/owned.md",
            "Owned",
            owner="wanda",
            team="desk",
            visibility="restricted",
            states=(
                State("todo", Category.READY),
                State("check", Category.WAITING, team="audit"),
            ),
        ),
        Workflow("project", "workflows/project.md", "Project", kind="project", states=()),
        Workflow("routine", "workflows/routine.md", "Routine", kind="routine", states=()),
    )
}
PARTIES: dict[str, Party] = {
    party.id: party
    for party in (
        make_person("ann"),
        make_person("bob"),
        make_team("desk", lead="Ann", members=("bob",)),
        make_team("headless"),
        make_team("nested", lead="desk"),
        make_team("ghosts", lead="gone"),
        Agent(id="robot", path="agents/robot.md", name="Robot", owner="ann"),
    )
}


def compute(*works: Mapping[str, Any], ask: str = "") -> dict[str, Any]:
    """Compute the effective columns; with ``ask``, those of one work, by its id."""
    default = {name: () if name == "aliases" else "" for name in EFFECTIVE_INPUTS}
    full = [{**default, "workflow": "task", "status": "todo", **work} for work in works]
    written = {name: [work[name] for work in full] for name in EFFECTIVE_INPUTS}
    columns = compute_effective_columns(written, WORKFLOWS, PARTIES)
    row = written["id"].index(ask or works[-1]["id"])
    return {name: values[row] for name, values in columns.items()}


def work(id_: str, **written: Any) -> dict[str, Any]:
    """Return a work; ``owner``, ``project``, ``team`` and ``visibility`` as its file says."""
    renamed = {"owner", "project", "team", "visibility"}
    return {
        "id": id_,
        **{f"written_{name}" if name in renamed else name: v for name, v in written.items()},
    }


P = work("p", workflow="project", owner="bob", visibility="restricted")


@pytest.mark.parametrize(
    ("works", "owner", "accountable"),
    [
        pytest.param([work("a", owner="ann")], "ann", "ann", id="its own"),
        pytest.param([work("a")], "", "", id="nobody"),
        pytest.param([work("a", workflow="owned")], "wanda", "", id="its workflow's, unknown"),
        pytest.param(
            [P, work("r", workflow="routine", owner="ann"), work("a", parent="r", project="p")],
            *("ann", "ann"),
            id="its routine's before its project's",
        ),
        pytest.param([P, work("a", project="p", workflow="owned")], "bob", "bob", id="project"),
        pytest.param(
            [P, work("m", parent="p", workflow="owned"), work("a", parent="m")],
            *("bob", "bob"),
            id="a parent's inherited one",
        ),
        pytest.param(
            [work("m", workflow="owned"), work("a", parent="m", owner="")],
            *("wanda", ""),
            id="a parent's workflow's",
        ),
        pytest.param(
            [P, work("m", parent="x", project="p"), work("a", parent="m")],
            *("bob", "bob"),
            id="the project of a parent whose own parent is gone",
        ),
        pytest.param([work("a", owner="desk")], "desk", "ann", id="a team's lead, in any case"),
        pytest.param([work("a", owner="DESK")], "DESK", "ann", id="a team in capitals"),
        pytest.param([work("a", owner="Bob")], "Bob", "bob", id="a person in capitals"),
        pytest.param([work("a", owner="headless")], "headless", "", id="a team without lead"),
        pytest.param([work("a", owner="nested")], "nested", "", id="a team led by a team"),
        pytest.param([work("a", owner="ghosts")], "ghosts", "", id="a lead who is not there"),
        pytest.param([work("a", owner="robot")], "robot", "", id="an agent"),
        pytest.param([work("a", owner="gone")], "gone", "", id="somebody unknown"),
    ],
)
def test_owner(works: Sequence[Mapping[str, Any]], owner: str, accountable: str) -> None:
    found = compute(*works)
    assert (found["owner"], found["accountable"]) == (owner, accountable)


@pytest.mark.parametrize(
    ("works", "project"),
    [
        pytest.param([work("a")], "", id="none"),
        pytest.param([P, work("a", project="p")], "p", id="its own"),
        pytest.param([P, work("a", project="P")], "p", id="in capitals"),
        pytest.param([work("a", project="gone")], "gone", id="one that is not there"),
        pytest.param([P, work("a", parent="p")], "p", id="a parent that is one"),
        pytest.param([P, work("m", parent="p"), work("a", parent="m")], "p", id="a grandparent"),
        pytest.param([P, work("m", project="p"), work("a", parent="m")], "p", id="its parent's"),
        pytest.param(
            [P, work("q", workflow="project", parent="p"), work("a", parent="q")],
            *("q",),
            id="the nearest",
        ),
        pytest.param([P, work("q", workflow="project", parent="p")], "p", id="of a project"),
        pytest.param(
            [P, work("m", project="p"), work("a", parent="m", project="other")],
            *("other",),
            id="its own before its parent's",
        ),
        pytest.param(
            [work("p", workflow="project", aliases=("old",)), work("a", parent="OLD")],
            *("p",),
            id="a former id",
        ),
        pytest.param(
            [work("x", workflow="project", aliases=("p",)), P, work("a", parent="p")],
            *("p",),
            id="an id before a former one",
        ),
        pytest.param([P, {**P, "workflow": "task"}, work("a", parent="p")], "p", id="the first"),
    ],
)
def test_project(works: Sequence[Mapping[str, Any]], project: str) -> None:
    assert compute(*works)["project"] == project


@pytest.mark.parametrize(
    ("written", "team", "category", "kind"),
    [
        pytest.param({}, "", Category.READY, "item", id="none"),
        pytest.param({"team": "desk"}, "desk", Category.READY, "item", id="its own"),
        pytest.param({"workflow": "owned"}, "desk", Category.READY, "item", id="the workflow's"),
        pytest.param({"workflow": "OWNED"}, "desk", Category.READY, "item", id="any case"),
        pytest.param(
            {"workflow": "owned", "team": "ops"}, "ops", Category.READY, "item", id="own first"
        ),
        pytest.param(
            {"workflow": "owned", "team": "ops", "status": "check"},
            *("audit", Category.WAITING, "item"),
            id="the state's first of all",
        ),
        pytest.param(
            {"workflow": "owned", "status": "Todo"}, "desk", None, "item", id="no such state"
        ),
        pytest.param({"workflow": "gone", "team": "x"}, "x", None, "item", id="no such workflow"),
        pytest.param({"workflow": ""}, "", None, "item", id="no workflow"),
        pytest.param({"workflow": "routine"}, "", None, "routine", id="a routine"),
    ],
)
def test_team_category_and_kind(
    written: Mapping[str, Any], team: str, category: Category | None, kind: str
) -> None:
    found = compute(work("parent", team="elsewhere"), work("a", parent="parent", **written))
    assert (found["team"], found["category"], found["kind"]) == (team, category, kind)


@pytest.mark.parametrize(
    ("works", "visibility"),
    [
        pytest.param([work("a")], "internal", id="default"),
        pytest.param([work("a", visibility="public")], "public", id="its own"),
        pytest.param([work("a", visibility="secret")], "internal", id="no such"),
        pytest.param([work("a", workflow="owned")], "restricted", id="its workflow's"),
        pytest.param([P, work("a", project="p", visibility="public")], "restricted", id="project"),
        pytest.param([P, work("m", parent="p"), work("a", parent="m")], "restricted", id="parents"),
        pytest.param(
            [work("m", workflow="owned"), work("a", parent="m", visibility="public")],
            *("restricted",),
            id="a parent's workflow's",
        ),
        pytest.param(
            [
                work("p", workflow="project", visibility="public"),
                work("m", visibility="internal"),
                work("a", parent="m", project="p"),
            ],
            *("internal",),
            id="the strictest",
        ),
        pytest.param(
            [work("p", workflow="project", visibility="public"), work("a", project="p")],
            *("public",),
            id="a public project's",
        ),
    ],
)
def test_visibility(works: Sequence[Mapping[str, Any]], visibility: str) -> None:
    assert compute(*works)["visibility"] == visibility


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_ring_of_parents_ends(length: int) -> None:
    ring = [work(f"w{n}", parent=f"w{(n + 1) % length}") for n in range(length)]
    ring[0]["written_owner"] = "ann"
    ring[0]["written_visibility"] = "restricted"
    found = compute(*ring, work("a", parent="w0"))
    assert (found["owner"], found["visibility"]) == ("ann", "restricted")


def test_a_project_within_itself_ends() -> None:
    assert compute({**P, "written_project": "p", "parent": "p"})["owner"] == "bob"


def test_a_chain_of_any_length() -> None:
    chain = [work(str(n), parent=str(n + 1)) for n in range(50_000)]
    top = work("50000", owner="ann", workflow="project")
    assert compute(*chain, top, ask="0")["accountable"] == "ann"
    assert compute(*chain, top, ask="0")["project"] == "50000"


def test_no_work_at_all() -> None:
    written: dict[str, Sequence[Any]] = {name: [] for name in EFFECTIVE_INPUTS}
    assert set(map(len, compute_effective_columns(written, WORKFLOWS, PARTIES).values())) == {0}


@st.composite
def families(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw works whose parents and projects come before them, so that there is no ring."""
    works: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 12))):
        above = st.sampled_from(["", *(each["id"] for each in works)])
        works.append(
            work(
                f"w{number}",
                workflow=draw(st.sampled_from(["task", "owned", "project"])),
                parent=draw(above),
                project=draw(above),
                owner=draw(st.sampled_from(["", "", "ann", "desk"])),
                visibility=draw(st.sampled_from(["", "", "public", "restricted"])),
            )
        )
    return works


@given(families(), st.randoms())
def test_the_order_of_files_changes_nothing(family: list[dict[str, Any]], chance: Any) -> None:
    shuffled = family.copy()
    chance.shuffle(shuffled)
    for each in family:
        assert compute(*family, ask=each["id"]) == compute(*shuffled, ask=each["id"])


@given(families())
def test_what_is_inherited_is_what_one_step_up_has(family: list[dict[str, Any]]) -> None:
    found = {each["id"]: compute(*family, ask=each["id"]) for each in family}
    for each in family:
        own, parent = found[each["id"]], found.get(each["parent"])
        if parent and not each["written_owner"] and parent["owner"]:
            assert own["owner"] == parent["owner"]
        if parent and "restricted" in (parent["visibility"], each["written_visibility"]):
            assert own["visibility"] == "restricted"
        if parent and not each["written_project"]:
            is_project = parent["kind"] == "project"
            assert own["project"] == (each["parent"] if is_project else parent["project"])
