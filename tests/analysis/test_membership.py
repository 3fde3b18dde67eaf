"""Teams of people, and teams below teams."""

import pytest

from plainwork.analysis.membership import teams_below, teams_of
from support.builders import make_person, make_snapshot, make_team

SNAPSHOT = make_snapshot(
    parties=[
        make_person("ada"),
        make_team("all", parent="inner"),
        make_team("dev", parent="ALL", lead="ada"),
        make_team("inner", parent="dev", members=("Ada",)),
        make_team("ops", parent="all", members=("bob",)),
    ]
)


def test_leads_and_members_belong_to_a_team() -> None:
    assert {team.id for team in teams_of("ADA", SNAPSHOT)} == {"dev", "inner"}
    assert list(teams_of("nobody", SNAPSHOT)) == []


@pytest.mark.parametrize(
    ("team", "below"),
    [
        pytest.param("ops", set(), id="leaf"),
        pytest.param("unknown", set(), id="unknown"),
        pytest.param("All", {"dev", "inner", "ops"}, id="any-depth-and-a-ring"),
        pytest.param("inner", {"all", "dev", "ops"}, id="in-a-ring"),
    ],
)
def test_teams_below(team: str, below: set[str]) -> None:
    assert {each.id for each in teams_below(team, SNAPSHOT)} == below
