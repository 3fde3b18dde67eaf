"""What waits for whom across open pull requests."""

from datetime import date

import msgspec

from plainwork.model.decision import Decision, Verdict
from plainwork.views.open_approvals import OpenChange, compute_open_approvals
from reporting.decisions import APPROVED, BLOCKED, INVALID, NAMES, WAITING

TODAY = date(2026, 6, 1)


def _open(pull: str, *decisions: Decision) -> OpenChange:
    return OpenChange(pull, f"Change {pull}", f"https://forge.example/{pull}", decisions)


def test_people_are_asked_for_what_only_they_can_still_give() -> None:
    found = compute_open_approvals([_open("12", WAITING)], NAMES, today=TODAY)
    assert [(each.name, len(each.asked)) for each in found.people] == [
        ("Bo Lindqvist", 1),
        ("Cleo Marti", 1),
    ]
    (asked,) = found.people[0].asked
    assert asked.by == "Dee Osei"
    assert asked.changes == (
        "ws-lathe: status: review → ordering",
        "ws-lathe: amount: 8000 → 61000",
    )
    assert asked.rules == ("2 of board (transition approve)",)
    assert asked.command == "plainwork approve 12"


def test_the_oldest_comes_first() -> None:
    changes = [_open(number, WAITING) for number in ("12", "7", "103")]
    found = compute_open_approvals(changes, NAMES, today=TODAY)
    assert [asked.of for asked in found.people[0].asked] == ["7", "12", "103"]


def test_who_is_wanted_is_shown_alone() -> None:
    changes = [_open("12", WAITING), _open("13", APPROVED)]
    found = compute_open_approvals(changes, NAMES, today=TODAY, wanted={"cleo"})
    assert [each.id for each in found.people] == ["cleo"]
    assert found.settled == ()


def test_what_waits_for_nobody_says_why() -> None:
    alone = msgspec.structs.replace(WAITING, documents=())
    changes = [_open("1", APPROVED), _open("2", BLOCKED), _open("3", INVALID), _open("4", alone)]
    found = compute_open_approvals(changes, NAMES, today=TODAY)
    assert found.people == ()
    assert [(each.verdict, each.why) for each in found.settled] == [
        (Verdict.APPROVED, "it can be merged"),
        (Verdict.REJECTED, "somebody who may blocks it"),
        (Verdict.REJECTED, "it conflicts with main"),
        (Verdict.WAITING, "nobody can give what is missing"),
    ]


def test_of_several_workspaces_the_strictest_verdict_counts() -> None:
    found = compute_open_approvals([_open("1", APPROVED, INVALID)], NAMES, today=TODAY)
    assert [each.verdict for each in found.settled] == [Verdict.REJECTED]
