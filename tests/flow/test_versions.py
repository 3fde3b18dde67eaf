"""What was in force at each commit of a history."""

import pytest

from plainwork.flow.versions import PastDefinitions
from plainwork.model.history import History, PartyVersion, WorkflowVersion
from plainwork.model.party import Party
from support.builders import make_person, make_team, make_workflow

ADA = make_person("ada", emails=("Ada@w.example", "a@w.example"))
BOB = make_person("bob", emails=("a@w.example",))
PARTIES: tuple[tuple[int, str, Party | None], ...] = (
    (1, "ada", ADA),
    (1, "desk", make_team("desk", lead="ada")),
    (3, "desk", make_team("desk", lead="BOB", members=("cy",))),
    (3, "ada", None),
    (3, "bob", BOB),
    (5, "desk", None),
)
PAST = PastDefinitions(
    History(
        workflows=(
            WorkflowVersion(0, "task", make_workflow(team="one")),
            WorkflowVersion(4, "task", make_workflow(team="two")),
        ),
        parties=tuple(PartyVersion(*version) for version in PARTIES),
    )
)


@pytest.mark.parametrize(
    ("commit", "team"),
    [
        pytest.param(0, "one", id="first"),
        pytest.param(3, "one", id="still"),
        pytest.param(4, "two", id="by the commit itself"),
        pytest.param(9, "two", id="later"),
    ],
)
def test_the_workflow_of_a_commit(commit: int, team: str) -> None:
    workflow = PAST.workflow("Task", commit)
    assert workflow is not None
    assert workflow.team == team
    assert PAST.workflow("other", commit) is None


@pytest.mark.parametrize(
    ("commit", "members"),
    [
        pytest.param(0, set(), id="no team yet"),
        pytest.param(2, {"ada"}, id="its lead"),
        pytest.param(4, {"bob", "cy"}, id="other people"),
        pytest.param(5, set(), id="no team any more"),
    ],
)
def test_who_was_in_a_team(commit: int, members: set[str]) -> None:
    found = {each for each in ("ada", "bob", "cy") if PAST.is_in_team(each, "Desk", commit)}
    assert found == members


@pytest.mark.parametrize(
    ("commit", "person"),
    [
        pytest.param(0, "", id="nobody yet"),
        pytest.param(1, "ada", id="who had it"),
        pytest.param(3, "bob", id="who has it"),
    ],
)
def test_who_had_an_address(commit: int, person: str) -> None:
    assert PAST.person_of("A@W.example", commit) == person
    assert PAST.person_of("nobody@w.example", commit) == ""
