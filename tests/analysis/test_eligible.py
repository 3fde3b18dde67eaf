"""Whether enough people exist for a list of approvals, against every way to fill it."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.eligible import find_shortages
from plainwork.model.document import Document
from plainwork.model.party import Agent
from plainwork.model.workflow import ALL_OF_THEM, Approval, Transition
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 5, 15)
PEOPLE = ("ann", "bo", "cy")
CHECK = Transition("check", "doing", ("todo",), by=("cy",))
SNAPSHOT = make_snapshot(
    workflows=[make_workflow("task", transitions=[CHECK])],
    parties=[
        *(make_person(name) for name in PEOPLE),
        make_person("gone", last=date(2026, 5, 14)),
        make_team("crew", lead="bo", members=("ann", "gone")),
        Agent("robot", "agents/robot.md", "Robot", owner="ann"),
    ],
)
WORKFLOW = Document("workflows/task.md", "workflow", "task", readable=True, fields={})


def _found(*approvals: Approval) -> list[str]:
    return [found.message for found in find_shortages(approvals, WORKFLOW, SNAPSHOT, TODAY)]


@pytest.mark.parametrize(
    ("approvals", "message"),
    [
        pytest.param([Approval(by=("crew",), count=2)], "", id="enough"),
        pytest.param([Approval(by=("gone",))], "nobody can approve for gone", id="has-left"),
        pytest.param([Approval(by=("robot",))], "nobody can approve for robot", id="agent"),
        pytest.param(
            [Approval(by=("crew",), count=3)],
            "3 of crew must approve, but only 2 can",
            id="count-over-several",
        ),
        pytest.param(
            [Approval(by=("crew",), exclude=("ann", "bo"))],
            "nobody can approve for crew",
            id="all-excluded",
        ),
        pytest.param(
            [Approval(by=("cy",), exclude=("did.check",))],
            "nobody can approve for cy",
            id="made-the-earlier-step",
        ),
        pytest.param([Approval(by=("crew",), exclude=("did.check",))], "", id="another-made-it"),
        pytest.param([Approval(by=("owner",), count=9)], "", id="depends-on-the-work"),
        pytest.param(
            [Approval(any=(Approval(by=("gone",)), Approval(by=("crew",))))],
            "",
            id="one-way-is-left",
        ),
        pytest.param(
            [
                Approval(any=(Approval(by=("ann",)), Approval(by=("bo",)))),
                Approval(by=("crew",), count=2),
            ],
            "the entries need 3 different people, of 2 who may approve",
            id="every-way-takes-somebody",
        ),
        pytest.param(
            [Approval(by=("ann",), when="a"), Approval(by=("ann",), when="b")], "", id="not-at-once"
        ),
        pytest.param(
            [Approval(by=("ann",), when="a"), Approval(by=("ann",), when="a")],
            "the entries need 2 different people, of 1 who may approve",
            id="at-once",
        ),
        pytest.param(
            [Approval(by=("crew",), count=ALL_OF_THEM), Approval(by=("cy",))],
            "nobody is left to approve: whoever could make the change is needed to approve it",
            id="the-author-is-needed",
        ),
        pytest.param(
            [Approval(by=("crew",), count=ALL_OF_THEM), Approval(by=("cy",), author=True)],
            "",
            id="the-author-consents",
        ),
    ],
)
def test_threat_47_what_nobody_can_meet_is_said(approvals: list[Approval], message: str) -> None:
    assert _found(*approvals) == ([message] if message else [])


_APPROVALS = st.builds(
    Approval,
    by=st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True).map(tuple),
    count=st.integers(0, 2),
    author=st.booleans(),
)


def _met_by_somebody(approvals: list[Approval]) -> bool:
    """Try every author, and everyone in every place."""
    places = [approval for approval in approvals for _ in range(approval.count or len(approval.by))]
    return any(
        all(
            person in place.by and (person != author or place.author)
            for person, place in zip(chosen, places, strict=True)
        )
        for author in PEOPLE
        for chosen in permutations(PEOPLE, len(places))
    )


@given(st.lists(_APPROVALS, min_size=1, max_size=3))
def test_threat_47_a_list_is_said_to_be_unmeetable_exactly_if_it_is(
    approvals: list[Approval],
) -> None:
    assert (not _found(*approvals)) == _met_by_somebody(approvals)
