"""Approvals in words."""

import pytest

from plainwork.model.workflow import Approval
from plainwork.views.approval_words import describe_consent, join_words


@pytest.mark.parametrize(
    ("approval", "words"),
    [
        (Approval(by=("finance",)), "finance"),
        (Approval(by=("owner", "team.lead", "cfo")), "owner, team.lead or cfo"),
        (Approval(by=("board",), count=2), "2 of board"),
        (Approval(by=("consulted",), count=0), "all of consulted"),
        (Approval(by=("cfo",), when="amount > 1"), "cfo, if `amount > 1`"),
        (Approval(by=("cfo",), author=True), "cfo, making the change oneself is enough"),
        (Approval(by=("cfo",), exclude=()), "cfo, whoever it is"),
        (Approval(by=("cfo",), exclude=("author", "did.ask")), "cfo, but not author or did.ask"),
        (
            Approval(by=("cfo",), max_age="14d", consent="digest", veto=True),
            "cfo, good for 14d, by digest, who can also block it",
        ),
        (
            Approval(any=(Approval(by=("a",)), Approval(by=("b",), count=2)), when="true"),
            "a or 2 of b, if `true`",
        ),
    ],
)
def test_words(approval: Approval, words: str) -> None:
    assert describe_consent(approval) == words


def test_lists() -> None:
    assert [join_words(words, "and") for words in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
