"""Who made which transition, in real repositories."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError
from plainwork.storage.branch_past import BranchPast
from plainwork.storage.commit_snapshot import load_snapshot_at
from plainwork.storage.makers import load_makers
from support.git import commit_files, make_repository, run_git

FILES = {
    "plainwork.toml": '[workspace]\nname = "W"\n[forge]\nkind = "github"\nrepository = "a/b"\n',
    "workflows/purchase.md": """\
---
title: Purchase
owner: ada
states:
  draft: {category: proposed}
  review: {category: waiting}
  ordered: {category: active}
  paid: {category: done}
transitions:
  create: {to: draft}
  submit: {from: draft, to: review}
  approve: {from: review, to: ordered}
  reopen: {from: ordered, to: review}
  pay: {from: ordered, to: paid}
---
""",
    **{
        f"people/{name}.md": f"---\nname: {name}\nemails: [{name}@x]\n"
        f"accounts:\n  github: {{login: {name}, id: {number}}}\n---\n"
        for number, name in enumerate(("ada", "bo", "cy"), start=1)
    },
}


def purchase(status: str, more: str = "") -> str:
    return f"---\nid: p\ntitle: P\nworkflow: purchase\nstatus: {status}\n{more}---\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_repository(FILES, tmp_path / "repo")
    for role in ("AUTHOR", "COMMITTER"):  # who works there is configured, commit by commit
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    return root


def be(who: str, root: Path, email: str = "") -> None:
    run_git("config", "user.name", who, cwd=root)
    run_git("config", "user.email", email or f"{who}@x", cwd=root)


def commit(root: Path, who: str, files: Mapping[str, str], message: str = "Change") -> None:
    be(who, root)
    commit_files(files, root, message)


def makers(root: Path) -> dict[str, tuple[str, ...]]:
    snapshot = load_snapshot_at(root, "HEAD")
    head = run_git("rev-parse", "HEAD", cwd=root).strip()
    found = load_makers(BranchPast(root, head), "", snapshot, head, ["P"])
    assert {work for work, _ in found} <= {"p"}
    return {transition: made.people for (_, transition), made in found.items()}


def test_each_step_has_who_made_it_and_all_who_ever_did(root: Path) -> None:
    commit(root, "ada", {"work/p.md": purchase("draft")})
    commit(root, "bo", {"work/p.md": purchase("ordered")})
    commit(root, "cy", {"work/p.md": purchase("review")})
    commit(root, "cy", {"work/p.md": purchase("ordered", "priority: high\n")})
    commit(root, "ada", {"work/p.md": purchase("ordered")})
    assert makers(root) == {
        "create": ("ada",),
        "submit": ("bo",),
        "approve": ("bo", "cy"),
        "reopen": ("cy",),
    }


def test_co_authors_and_committers_took_part(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "1+ada@users.noreply.github.com")
    commit(
        root,
        "bo",
        {"work/p.md": purchase("draft")},
        "New\n\nCo-authored-by: Cy <CY@x>\nCo-Authored-By: Ada <ada@x>\n",
    )
    assert makers(root)["create"] == ("ada", "cy", "bo")


@pytest.mark.parametrize(
    ("author", "message"),
    [("stranger", "New"), ("ada", "New\n\nCo-authored-by: Who <who@elsewhere>")],
)
def test_a_step_of_somebody_unknown_is_not_known(root: Path, author: str, message: str) -> None:
    commit(root, author, {"work/p.md": purchase("draft")}, message)
    commit(root, "bo", {"work/p.md": purchase("review")})
    assert makers(root) == {"submit": ("bo",)}


def test_of_a_merge_those_who_touched_the_document_and_who_merged(root: Path) -> None:
    commit(root, "ada", {"work/p.md": purchase("draft")})
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    commit(root, "bo", {"work/p.md": purchase("review")})
    commit(root, "stranger", {"notes.txt": "Not the purchase"})
    run_git("checkout", "--quiet", "main", cwd=root)
    be("program", root, "program@forge")
    run_git("merge", "--quiet", "--no-ff", "-m", "Merge", "topic", cwd=root)
    assert makers(root)["submit"] == ("bo",)
    be("cy", root)
    run_git("commit", "--quiet", "--amend", "--reset-author", "-m", "Merge", cwd=root)
    assert makers(root)["submit"] == ("bo", "cy")


def test_what_only_the_merge_itself_did_is_of_who_made_it(root: Path) -> None:
    commit(root, "ada", {"work/p.md": purchase("draft")})
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    commit(root, "bo", {"notes.txt": ""})
    run_git("checkout", "--quiet", "main", cwd=root)
    run_git("merge", "--quiet", "--no-ff", "--no-commit", "topic", cwd=root)
    commit(root, "cy", {"work/p.md": purchase("review")}, "Merge, and more")
    assert makers(root)["submit"] == ("cy",)


def test_work_that_moved_and_got_another_id_is_the_same(root: Path) -> None:
    commit(root, "ada", {"work/old.md": purchase("draft").replace("id: p", "id: q")})
    run_git("rm", "--quiet", "work/old.md", cwd=root)
    commit(root, "bo", {"work/p.md": purchase("review", "aliases: [q]\n")})
    assert makers(root) == {"create": ("ada",), "submit": ("bo",)}


def test_commits_that_are_only_in_a_bare_repository(root: Path, tmp_path: Path) -> None:
    commit(root, "ada", {"work/p.md": purchase("draft")})
    snapshot = load_snapshot_at(root, "HEAD")
    head = run_git("rev-parse", "HEAD", cwd=root).strip()
    bare = tmp_path / "bare"
    run_git("clone", "--quiet", "--bare", str(root), str(bare), cwd=tmp_path)
    assert load_makers(BranchPast(bare, head), "", snapshot, head, ["p"])["p", "create"].people == (
        "ada",
    )
    shallow = tmp_path / "shallow"
    origin = f"file://{root}"
    run_git("clone", "--quiet", "--bare", "--depth=1", origin, str(shallow), cwd=tmp_path)
    with pytest.raises(RepositoryError, match="cut off"):
        load_makers(BranchPast(shallow, head), "", snapshot, head, ["p"])
