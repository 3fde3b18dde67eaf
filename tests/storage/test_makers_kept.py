"""Whoever had a hand in a step of work, by kept proofs and by what else was merged with it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plainwork.approvals.proof import PROOF_SCHEMA, Proof, format_proof
from plainwork.model.change import Contributor
from plainwork.model.evidence import (
    EVIDENCE_SCHEMA,
    AccountKind,
    Evidence,
    ForgeAccount,
    SeenHead,
)
from plainwork.model.step_makers import StepMakers
from plainwork.storage.branch_past import BranchPast
from plainwork.storage.commit_snapshot import load_snapshot_at
from plainwork.storage.fetched_objects import open_objects
from plainwork.storage.makers import load_makers
from plainwork.storage.notes import write_note
from support.git import commit_files, make_repository, run_git

PEOPLE = {"ada": 1, "bo": 2, "cy": 3, "di": 4}
FILES = {
    "plainwork.toml": '[workspace]\nname = "W"\n[forge]\nkind = "github"\nrepository = "a/b"\n',
    "workflows/purchase.md": """\
---
title: Purchase
owner: ada
states:
  draft: {category: proposed}
  review: {category: waiting}
  ordered: {category: done}
transitions:
  create: {to: draft}
  submit: {from: draft, to: review}
  approve: {from: review, to: ordered}
---
""",
    **{
        f"people/{name}.md": f"---\nname: {name}\nemails: [{name}@x]\n"
        f"accounts:\n  github: {{login: {name}, id: {number}}}\n"
        f"  gitlab: {{login: {name}, id: {number + 10}}}\n---\n"
        for name, number in PEOPLE.items()
    },
    "agents/robot.md": "---\nname: Robot\nowner: ada\naccounts:\n  github: {login: robot, id: 9}\n"
    "---\n",
    "work/p.md": "---\nid: p\ntitle: P\nworkflow: purchase\nstatus: draft\n---\n",
}
SUBMITTED = FILES["work/p.md"].replace("draft", "review")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ROBOT = ForgeAccount("9", "robot", AccountKind.BOT)


def account(name: str) -> ForgeAccount:
    return ForgeAccount(str(PEOPLE.get(name, 99)), name)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_repository(FILES, tmp_path / "repo")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    return root


def commit(root: Path, who: str, files: dict[str, str]) -> str:
    run_git("config", "user.name", who, cwd=root)
    run_git("config", "user.email", f"{who}@x", cwd=root)
    commit_files(files, root, "Change")
    return run_git("rev-parse", "HEAD", cwd=root).strip()


def parent(root: Path, revision: str) -> str:
    return run_git("rev-parse", f"{revision}^1", cwd=root).strip()


def keep(
    root: Path, at: str, base: str, contributors: tuple[Contributor, ...] = (), **said: Any
) -> None:
    evidence = Evidence(
        schema=EVIDENCE_SCHEMA,
        forge=said.pop("forge", "github"),
        repository="a/b",
        ref="refs/heads/main",
        base=base,
        head=at,
        read_at=NOW,
        complete=True,
        **{"author": account("bo"), **said},
    )
    proof = Proof(PROOF_SCHEMA, at, evidence, contributors, 1, 1, (), ())
    write_note(root, at, format_proof(proof))


def submitted(root: Path, source: Path | None = None) -> StepMakers | None:
    """Return who made the step, and who else was involved in it."""
    head = run_git("rev-parse", "HEAD", cwd=root).strip()
    found = load_makers(
        BranchPast(source or root, head), "", load_snapshot_at(root, "HEAD"), head, ["p"]
    )
    return found.get(("p", "submit"))


def by(*involved: str, people: tuple[str, ...] = ("bo",)) -> StepMakers:
    return StepMakers(people, frozenset(involved))


@pytest.mark.parametrize(
    ("said", "involved"),
    [
        pytest.param({"author": account("cy")}, {"bo", "cy"}, id="who opened it"),
        pytest.param({"heads": (SeenHead("a" * 40, NOW, account("cy")),)}, {"bo", "cy"}, id="push"),
        pytest.param(
            {"author": ROBOT, "requesters": (account("cy"),)}, {"bo", "cy"}, id="who asked for it"
        ),
        pytest.param(
            {"contributors": (Contributor("author", "Cy", "cy@x", "a" * 40),)},
            {"bo", "cy"},
            id="who wrote a commit that is gone",
        ),
        pytest.param(
            {"contributors": (Contributor("approver", "Cy", "cy@x", "a" * 40),)},
            {"bo"},
            id="not who only approved",
        ),
        pytest.param(
            {"forge": "gitlab", "author": ForgeAccount("13", "x")}, {"bo", "cy"}, id="another forge"
        ),
    ],
)
def test_threat_40_whom_a_kept_proof_tells_of_is_involved_in_the_step(
    root: Path, said: dict[str, Any], involved: set[str]
) -> None:
    """A commit in a colleague's name hides nobody from `exclude: [did.submit]`."""
    step = commit(root, "bo", {"work/p.md": SUBMITTED})
    keep(root, step, parent(root, step), **said)
    assert submitted(root) == by(*involved)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"author": account("zoe")}, id="opened"),
        pytest.param({"author": None}, id="opened, account deleted"),
        pytest.param({"heads": (SeenHead("a" * 40, NOW, account("zoe")),)}, id="pushed"),
    ],
)
def test_threat_40_where_nobody_known_opened_or_pushed_it_its_makers_are_not_known(
    root: Path, said: dict[str, Any]
) -> None:
    step = commit(root, "bo", {"work/p.md": SUBMITTED})
    keep(root, step, parent(root, step), **said)
    assert submitted(root) is None


def test_a_program_that_nobody_has_told_of_hides_nobody(root: Path) -> None:
    step = commit(root, "bo", {"work/p.md": SUBMITTED})
    robots = (SeenHead("a" * 40, NOW, ForgeAccount("77", "fmt[bot]", AccountKind.BOT)),)
    keep(root, step, parent(root, step), heads=robots)
    assert submitted(root) == by("bo")


def test_threat_40_a_proof_speaks_of_all_commits_that_a_change_came_in_as(root: Path) -> None:
    before = commit(root, "di", {"notes.txt": "0"})
    step = commit(root, "bo", {"work/p.md": SUBMITTED})
    last = commit(root, "bo", {"notes.txt": "1"})
    keep(root, last, before, author=account("cy"))
    assert submitted(root) == by("bo", "cy")
    keep(root, step, before, author=account("di"))
    assert submitted(root) == by("bo", "di")  # its own note is nearer


def test_a_proof_of_what_came_later_says_nothing_of_the_step(root: Path) -> None:
    step = commit(root, "bo", {"work/p.md": SUBMITTED})
    keep(root, commit(root, "bo", {"notes.txt": "1"}), step, author=account("cy"))
    assert submitted(root) == by("bo")


def test_what_is_no_proof_or_speaks_of_another_commit_says_nothing(root: Path) -> None:
    other = commit(root, "di", {"notes.txt": "0"})
    keep(root, other, parent(root, other), author=account("cy"))
    notes = run_git("notes", "--ref=plainwork", "show", other, cwd=root)
    step = commit(root, "bo", {"work/p.md": SUBMITTED})
    write_note(root, step, b"no proof")
    write_note(root, step, notes.strip().encode())
    assert submitted(root) == by("bo")


def test_threat_40_without_a_note_all_that_a_merge_brought_in_counts(root: Path) -> None:
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    commit(root, "bo", {"work/p.md": SUBMITTED})
    commit(root, "cy", {"notes.txt": "Not the purchase"})
    run_git("checkout", "--quiet", "main", cwd=root)
    run_git("config", "user.email", "1+ada@users.noreply.github.com", cwd=root)
    run_git("merge", "--quiet", "--no-ff", "-m", "Merge", "topic", cwd=root)
    assert submitted(root) == by("ada", "bo", "cy", people=("bo", "ada"))


def test_threat_40_a_gate_that_fetches_commits_sees_the_notes_of_its_clone(root: Path) -> None:
    step = commit(root, "bo", {"work/p.md": SUBMITTED})
    with open_objects(root) as objects:
        assert submitted(root, objects.folder) == by("bo")
    keep(root, step, parent(root, step), author=account("cy"))
    with open_objects(root) as objects:
        assert submitted(root, objects.folder) == by("bo", "cy")
