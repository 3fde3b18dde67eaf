"""Who is meant by an approver."""

from datetime import date

import pytest

from plainwork.analysis.relations import people_of
from plainwork.model.document import Document
from plainwork.model.party import Agent
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Category, State, Workflow
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 5, 15)

TASK = Workflow(
    "task",
    "workflows/task.md",
    owner="gus",
    team="crew",
    states=(State("todo", Category.READY), State("lab", Category.ACTIVE, team="labs")),
)


def snapshot() -> Snapshot:
    return make_snapshot(
        [
            {"id": "house", "workflow": "project", "owner": "pia", "sponsor": "sam"},
            {"id": "roof", "owner": "crew", "assignees": ["bo", "robot"], "project": "house"},
            {
                "id": "tile",
                "owner": "ann",
                "requester": "Somebody outside",
                "reviewer": ["bo", "cy"],
                "parent": "roof",
                "project": "house",
                "status": "lab",
            },
        ],
        workflows=[TASK, make_workflow("project", kind="project")],
        parties=[
            make_person("ann", manager="gus"),
            make_person("bo", manager="ann"),
            make_person("cy"),
            make_person("gus"),
            make_person("pia"),
            make_person("sam"),
            make_person("gone", last=date(2026, 5, 14)),
            make_person("soon", first=date(2026, 5, 16)),
            make_person("lea"),
            make_team("crew", lead="ann", members=("bo", "gone")),
            make_team("labs", lead="lea", members=("cy", "lea", "soon")),
            Agent("robot", "agents/robot.md", "Robot", owner="ann"),
        ],
    )


@pytest.mark.parametrize(
    ("who", "people"),
    [
        pytest.param("cy", ["cy"], id="a person"),
        pytest.param("CY", ["cy"], id="in other letters"),
        pytest.param("crew", ["ann", "bo"], id="a team, without who has left"),
        pytest.param("labs", ["lea", "cy"], id="a team, without who is not there yet"),
        pytest.param("gone", [], id="who has left"),
        pytest.param("robot", [], id="an agent"),
        pytest.param("owner", ["ann"], id="the owner"),
        pytest.param("owner.manager", ["gus"], id="their manager"),
        pytest.param("owner.lead", ["ann"], id="the lead of their teams"),
        pytest.param("requester", [], id="somebody outside"),
        pytest.param("reviewer", ["bo", "cy"], id="a field of type party"),
        pytest.param("reviewer.lead", ["ann", "lea"], id="the leads of several"),
        pytest.param("team", ["lea", "cy"], id="the team of the state"),
        pytest.param("team.lead", ["lea"], id="its lead"),
        pytest.param("parent.owner", ["ann"], id="a team that owns stands for its lead"),
        pytest.param("parent.assignees", ["bo"], id="assignees, without agents"),
        pytest.param("parent.owner.manager", ["gus"], id="the manager of a team's lead"),
        pytest.param("project.sponsor", ["sam"], id="of the project"),
        pytest.param("workflow.owner", ["gus"], id="of the workflow"),
        pytest.param("workflow.team.lead", ["ann"], id="the lead of its team"),
        pytest.param("workflow.states", [], id="nothing else of it"),
        pytest.param("sponsor", [], id="not set"),
        pytest.param("did.start", [], id="history is not known here"),
        pytest.param("nobody", [], id="nobody"),
        pytest.param("parent", [], id="a prefix alone"),
    ],
)
def test_whom_a_word_means(who: str, people: list[str]) -> None:
    found = snapshot()
    assert list(people_of((who,), found.work("tile"), found, TODAY)) == people


@pytest.mark.parametrize(
    ("who", "people"),
    [
        pytest.param("owner", ["ann"], id="the owner of its parent"),
        pytest.param("sponsor", ["sam"], id="else of its project"),
        pytest.param("team", ["lea", "cy"], id="the team of the state"),
        pytest.param("assignees", ["bo"], id="the assignees of its parent"),
        pytest.param("reviewer", [], id="not what it says itself"),
        pytest.param("parent.owner", ["ann"], id="its parent is its parent"),
    ],
)
def test_relations_of_new_work_are_those_of_what_it_is_part_of(who: str, people: list[str]) -> None:
    found = snapshot()
    assert list(people_of((who,), found.work("tile"), found, TODAY, new=True)) == people


def test_new_work_by_itself_has_the_relations_of_its_workflow() -> None:
    found = make_snapshot(
        [{"id": "w", "owner": "ann", "team": "labs"}],
        workflows=[TASK],
        parties=[make_person("ann"), make_person("gus"), make_team("crew", lead="gus")],
    )
    for who in ("owner", "team"):
        assert people_of((who,), found.work("w"), found, TODAY, new=True) == ("gus",)


def test_each_person_once_in_the_order_of_the_words() -> None:
    found = snapshot()
    people = people_of(("reviewer", "crew", "bo"), found.work("tile"), found, TODAY)
    assert people == ("bo", "cy", "ann")


def test_a_document_that_is_no_work_has_its_own_fields() -> None:
    found = snapshot()
    policy = Document("policies/p.md", "policy", "p", readable=True, fields={"owner": "crew"})
    assert people_of(("owner",), policy, found, TODAY) == ("ann",)
    assert people_of(("workflow.owner", "team"), policy, found, TODAY) == ()
    assert people_of(("owner", "cy"), None, found, TODAY) == ("cy",)
