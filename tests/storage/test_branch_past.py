"""The past of a branch at each of its commits, read once."""

from pathlib import Path

import pytest

from plainwork.approvals.proof import PROOF_SCHEMA, Proof, format_proof
from plainwork.errors import RepositoryError
from plainwork.model.change import Contributor
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence
from plainwork.storage.branch_past import BranchPast
from plainwork.storage.event_history import load_event_history_of
from plainwork.storage.notes import write_note
from support.git import commit_files, make_repository, run_git
from support.signing import NOW

FILES = {
    "plainwork.toml": '[workspace]\nname = "W"\n',
    "workflows/task.md": (
        "---\ntitle: Task\nowner: ada\nstates:\n  todo: {category: ready}\n"
        "  done: {category: done}\ntransitions:\n  finish: {from: todo, to: done}\n---\n"
    ),
}
TASK = "---\nid: {}\ntitle: A task\nworkflow: task\nstatus: {}\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a history in which work comes, changes, cannot be read and goes."""
    root = make_repository(FILES, tmp_path / "repository")
    for files in (
        {"work/p.md": TASK.format("p", "todo")},
        {"work/q.md": TASK.format("q", "todo"), "notes.txt": "1"},
        {"notes.txt": "2"},
        {"work/p.md": "nothing"},
        {"work/p.md": TASK.format("p", "done")},
    ):
        commit_files(files, root, "Change")
    run_git("rm", "--quiet", "work/q.md", cwd=root)
    commit_files({"notes.txt": "3"}, root, "Remove")
    return root


def line(root: Path) -> list[str]:
    """Return the commits of the branch, oldest first."""
    return run_git("rev-list", "--reverse", "HEAD", cwd=root).split()


def keep(root: Path, at: str, base: str) -> None:
    evidence = Evidence(
        schema=EVIDENCE_SCHEMA,
        forge="github",
        repository="a/b",
        ref="refs/heads/main",
        base=base,
        head=at,
        read_at=NOW,
        complete=True,
    )
    by = (Contributor("author", "Ada", "ada@x", at),)
    write_note(root, at, format_proof(Proof(PROOF_SCHEMA, at, evidence, by, 1, 1, (), ())))


def test_it_is_what_it_was_when_each_commit_was_the_last(root: Path) -> None:
    commits = line(root)
    past = BranchPast(root, commits[-1])
    for commit in commits:
        found, then = past.load_history("", commit), load_event_history_of(root, "", commit)
        assert (found.commits, found.events, found.gaps) == (then.commits, then.events, then.gaps)
    assert past.load_history("", commits[-1]).gaps


def test_proofs_of_later_changes_are_not_known_yet(root: Path) -> None:
    commits = line(root)
    keep(root, commits[3], commits[1])
    keep(root, commits[5], commits[4])
    past = BranchPast(root, commits[-1])
    for until in range(len(commits)):
        asked = commits[: until + 1]
        then = BranchPast(root, commits[until]).load_proofs(commits[until], asked)
        assert past.load_proofs(commits[until], asked) == then
    assert [bool(proofs) for proofs in past.load_proofs(commits[2], commits[:3]).values()] == []
    known = past.load_proofs(commits[3], commits[:4])
    assert [bool(known.get(commit)) for commit in commits[:4]] == [False, False, True, True]


def test_a_commit_of_another_branch_has_a_past_of_its_own(root: Path) -> None:
    past = BranchPast(root, line(root)[-1])
    run_git("checkout", "--quiet", "-b", "other", "HEAD~3", cwd=root)
    commit_files({"work/r.md": TASK.format("r", "todo")}, root, "Another")
    other = line(root)[-1]
    assert past.ends(line(root)[0]) is past
    history = past.ends(other).load_history("", other)
    assert [event.work for event in history.events if event.created][-1] == "r"


def test_what_is_cut_off_has_no_past(root: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    run_git("clone", "--quiet", "--depth=2", f"file://{root}", str(shallow), cwd=tmp_path)
    with pytest.raises(RepositoryError, match="cut off"):
        BranchPast(shallow, line(root)[-1]).load_history("", line(root)[-1])
