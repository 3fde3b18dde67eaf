"""Two attacks that forges let through, on real repositories served by a forge.

The first is a clean rebase onto a base that raised the amount: `git patch-id` stays, and GitHub
binds the approval to the new head. The second is a merge commit that looks like an update of the
branch and brings in something else.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from plainwork.model.decision import Verdict
from support.git import run_git
from support.practice import START
from support.served import DRILL, LATHE, Served, change, given, not_counted
from support.served import served as serve

ORDER = ("status: review", "status: ordering")
RAISE = ("amount: 8000", "amount: 61000")
STALE = ("lathe", "cleo", "stale-digest")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serve(tmp_path) as found:
        yield found


def open_approved(served: Served) -> int:
    """Let Bob ask to order the lathe for 8,000, and Cleo approve that."""
    forge = served.forge
    forge.commit("bob", "topic", change(LATHE, ORDER), "Order the lathe")
    number = forge.open_pull("bob", "topic", "Order the lathe")
    forge.set_time(START + timedelta(minutes=10))
    forge.approve(number, "cleo")
    forge.set_time(START + timedelta(minutes=20))
    decision = served.decide(number)
    assert (decision.verdict, given(decision)) == (Verdict.APPROVED, {("lathe", "cleo")})
    return number


def test_an_approval_does_not_survive_a_rebase_onto_a_raised_amount(served: Served) -> None:
    number, forge = open_approved(served), served.forge
    before, base = forge.pull(number).head, forge.pull(number).base_commit
    forge.commit("ada", "main", change(LATHE, RAISE), "The dealer wants more")
    moved = served.decide(number)
    forge.update_branch(number, "bob", "rebase")
    pull = forge.pull(number)
    patches = (
        forge.git.patch_id(base, before),
        forge.git.patch_id(pull.base_commit, pull.head),
    )
    assert patches[0] == patches[1] != ""
    assert [(each.state, each.commit) for each in pull.reviews] == [("APPROVED", pull.head)]
    rebased = served.decide(number)
    for decision in (moved, rebased):
        assert decision.verdict is Verdict.WAITING
        assert STALE in not_counted(decision)
        assert given(decision) == set()
    forge.set_time(START + timedelta(minutes=30))
    forge.approve(number, "cleo")
    assert served.decide(number).verdict is Verdict.APPROVED


def test_an_approval_survives_a_rebase_that_changes_nothing_of_what_was_approved(
    served: Served,
) -> None:
    number, forge = open_approved(served), served.forge
    forge.commit("ada", "main", change(DRILL, ("amount: 900", "amount: 950")), "Another price")
    forge.update_branch(number, "bob", "rebase")
    decision = served.decide(number)
    assert (decision.verdict, given(decision)) == (Verdict.APPROVED, {("lathe", "cleo")})


def update_by_merge(served: Served, *edits: tuple[str, tuple[str, str]]) -> None:
    """Let Bob merge main into his branch, as the button does, and slip edits into the merge."""
    clone = served.clone
    run_git("fetch", "--quiet", served.forge.clone_url("bob"), "main:main2", "topic:topic",
            cwd=clone)  # fmt: skip
    run_git("checkout", "--quiet", "topic", cwd=clone)
    run_git("merge", "--quiet", "--no-ff", "--no-commit", "main2", cwd=clone)
    for path, (old, new) in edits:
        text = (clone / path).read_text(encoding="utf-8")
        assert old in text
        (clone / path).write_text(text.replace(old, new), encoding="utf-8")
    run_git("commit", "--quiet", "--all", "-m", "Merge branch 'main' into topic", cwd=clone)
    served.push("bob", "topic", run_git("rev-parse", "HEAD", cwd=clone).strip())


@pytest.mark.parametrize(
    ("edits", "verdict", "counted", "ignored"),
    [
        pytest.param((), Verdict.APPROVED, {("lathe", "cleo")}, set(), id="honest"),
        pytest.param(
            ((LATHE, ("amount: 8000", "amount: 61000")),),
            Verdict.WAITING,
            set(),
            {STALE},
            id="same-document",
        ),
        pytest.param(
            ((LATHE, ("It turns.", "It turns, and the invoice goes to Bob's cousin.")),),
            Verdict.WAITING,
            set(),
            {STALE},
            id="body",
        ),
        pytest.param(
            ((DRILL, ("amount: 950", "amount: 95000")),),
            Verdict.WAITING,
            {("lathe", "cleo")},
            {("drill", "cleo", "stale-digest")},
            id="another-document",
        ),
    ],
)
def test_a_doctored_update_merge_loses_what_it_doctors(
    served: Served,
    edits: tuple[tuple[str, tuple[str, str]], ...],
    verdict: Verdict,
    counted: set[tuple[str, str]],
    ignored: set[tuple[str, str, str]],
) -> None:
    number, forge = open_approved(served), served.forge
    forge.commit("ada", "main", change(DRILL, ("amount: 900", "amount: 950")), "Another price")
    update_by_merge(served, *edits)
    head = forge.git.commit(forge.pull(number).head)
    assert len(head.parents) == 2
    assert forge.pull(number).reviews[0].state == "APPROVED"
    decision = served.decide(number)
    assert decision.verdict is verdict
    assert given(decision) == counted
    assert ignored <= not_counted(decision)
