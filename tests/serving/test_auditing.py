"""Audits of branches that no forge knows: by signatures, and without any."""

from pathlib import Path

import pytest

from plainwork.approvals.audit import Audit, Status
from plainwork.serving.auditing import load_audit, load_branch
from support.git import commit_files, run_git
from support.proposals import DRILL, FILES, REF, Proposed
from support.signing import approve, make_proposal, make_ssh_key, sign_last


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proposed:
    """A proposal that Ada has signed, and Bob and Cleo have approved with their signatures."""
    made = {who: make_ssh_key(tmp_path / "keys", who) for who in ("ada", "bob", "cleo")}
    keys = {who: key for who, (_, key) in made.items()}
    proposed = make_proposal(tmp_path / "repository", keys, {})
    sign_last(proposed, "ada", str(made["ada"][0]))
    for who in ("bob", "cleo"):
        approve(proposed, who, str(made[who][0]))
    run_git("config", "commit.gpgsign", "false", cwd=proposed.root)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "2026-05-20T12:00:00+00:00")
    return proposed


def merge(office: Proposed, *options: str) -> None:
    head = office.commit_of("HEAD")
    run_git("checkout", "--quiet", "main", cwd=office.root)
    run_git("merge", "--quiet", *options, head, cwd=office.root)


def audit(root: Path) -> Audit:
    tip = run_git("rev-parse", "main", cwd=root).strip()
    return load_audit(root, load_branch(root, REF, "", tip), lambda _done, _total: None)


def test_signatures_prove_a_merge_without_any_note(office: Proposed) -> None:
    merge(office, "--no-ff", "--message=Merge")
    found = audit(office.root)
    assert [change.status for change in found.changes] == [Status.PROVEN, Status.START]
    rules = [rule for document in found.changes[0].documents for rule in document.rules]
    assert {person for rule in rules for person in rule.approved_by} >= {"bob", "cleo"}


def test_signatures_do_not_prove_what_the_merge_made_of_it(office: Proposed) -> None:
    merge(office, "--no-ff", "--no-commit")
    lathe = (office.root / "work/lathe.md").read_text(encoding="utf-8")
    commit_files({"work/lathe.md": lathe.replace("9000", "90000")}, office.root, "Merge")
    assert audit(office.root).changes[0].status is Status.UNPROVEN


def test_commits_that_were_pushed_one_by_one_are_each_judged(office: Proposed) -> None:
    merge(office, "--ff-only")
    found = audit(office.root)
    assert [(change.status, change.came.value) for change in found.changes] == [
        (Status.UNPROVEN, "push"),
        (Status.START, "push"),
    ]
    assert found.free == 2  # the records, each by its own author


@pytest.mark.parametrize(
    ("last", "proven"),
    [pytest.param("2026-05-25", True, id="is there"), pytest.param("2026-05-10", False, id="left")],
)
def test_threat_53_a_backdated_merge_does_not_bring_back_who_has_left(
    office: Proposed, monkeypatch: pytest.MonkeyPatch, last: str, proven: bool
) -> None:
    head = office.commit_of("HEAD")
    run_git("checkout", "--quiet", "main", cwd=office.root)
    bob = (office.root / "people/bob.md").read_text(encoding="utf-8")
    until = bob.replace("---\n", f"---\nuntil: {last}\n", 1)
    commit_files({"people/bob.md": until}, office.root, "Bob leaves")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-05-05T12:00:00+00:00")
    run_git("merge", "--quiet", "--no-ff", "--message=Merge", head, cwd=office.root)
    assert (audit(office.root).changes[0].status is Status.PROVEN) is proven


def test_threat_55_whom_the_commit_names_is_told_and_proves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bob may start his work, and his own change is consent enough; but was it he?"""
    base = {**FILES, "people/bob.md": "---\nname: Bob\nemails: [bob@example.org]\n---\n"}
    base["workflows/task.md"] = base["workflows/task.md"].replace(
        "start: {from: todo,", "start: {by: [owner], from: todo,"
    )
    root = Proposed(tmp_path / "repository", base).root
    for who, field in (("Bob", "status: doing"), ("Eve", "status: doing\npriority: high")):
        for role in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{role}_NAME", who)
            monkeypatch.setenv(f"GIT_{role}_EMAIL", f"{who.lower()}@example.org")
        drill = base[DRILL].replace("status: todo", field)
        commit_files({DRILL: drill}, root, "Change it")

    by_eve, by_bob, _ = audit(root).changes

    assert by_bob.status is by_eve.status is Status.UNPROVEN
    assert by_bob.reasons == ("no decision is kept for it", "only its commit says that Bob made it")
    assert by_eve.reasons == (
        "no decision is kept for it",
        "drill: without the consent of 2 of owner (policy default)",
    )
