from datetime import date

import pytest

from plainwork.analysis.query import Query, parse_query
from plainwork.analysis.unknown_name import find_unknown_name
from support.builders import make_person, make_snapshot, make_team

SNAPSHOT = make_snapshot(
    [{"id": "ops-move", "aliases": ("issue-7",)}],
    parties=[make_person("nils"), make_team("sales")],
)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        pytest.param("owner:nobody", "no person, team or agent has the id `nobody`", id="party"),
        pytest.param("owner:nlis", "did you mean `nils`?", id="near"),
        pytest.param("assignees:nils,gone", "`gone`", id="in a list"),
        pytest.param("team:nils", "`nils` is a person and no team", id="another kind"),
        pytest.param("project:ops-mvoe", "did you mean `ops-move`?", id="work"),
    ],
)
def test_a_name_that_nothing_has_is_told(word: str, message: str) -> None:
    problem = find_unknown_name(_parse(word), SNAPSHOT)
    assert problem is not None
    assert message in problem.message


@pytest.mark.parametrize(
    "word",
    ["owner:nils", "owner:none", "-owner:nobody", "project:issue-7", "requester:someone", "text"],
)
def test_what_may_be_meant_is_let_pass(word: str) -> None:
    assert find_unknown_name(_parse(word), SNAPSHOT) is None


def _parse(word: str) -> Query:
    query = parse_query([word], SNAPSHOT, today=date(2026, 3, 2))
    assert isinstance(query, Query)
    return query
