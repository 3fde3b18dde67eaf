"""What people call what a rule or a state names."""

import pytest

from plainwork.site.directory import Directory
from support.builders import make_person, make_snapshot, make_team


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        pytest.param("board", ["Board"], id="a-team"),
        pytest.param("ADA or board", ["Ada", "Board"], id="one-of-two"),
        pytest.param("owner", ["the owner"], id="a-relation"),
        pytest.param(
            "requester.manager or project.owner.lead",
            ["the requester’s manager", "the project’s owner’s lead"],
            id="relations-of-relations",
        ),
        pytest.param("data_officer", ["the data officer"], id="a-field"),
        pytest.param("did.approve", ["who did approve"], id="an-earlier-step"),
    ],
)
def test_whom_a_rule_asks_is_said_in_words(rule: str, asked: list[str]) -> None:
    directory = Directory(make_snapshot(parties=[make_person("ada"), make_team("board")]))
    assert [each.label for each in directory.asked(rule)] == asked


def test_a_state_is_called_as_its_workflow_says_or_by_its_name() -> None:
    directory = Directory(make_snapshot())
    assert directory.state("todo", "task") == directory.state("todo", "TASK")
    assert directory.state("in_review", "gone") == "In review"
