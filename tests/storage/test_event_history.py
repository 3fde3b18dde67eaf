"""What happened to work, read from real repositories."""

import random
from pathlib import Path

import msgspec
import pytest

from plainwork.errors import RepositoryError
from plainwork.flow.events import compute_standings
from plainwork.model.history import GapReason, History
from plainwork.storage.cache_file import common_cache_folder
from plainwork.storage.event_history import load_event_history
from plainwork.storage.git_folder import find_git_folder
from support.git import commit_files, make_repository, run_git

TASK = """\
---
title: Task
owner: ada
states:
  todo: {category: ready}
  doing: {category: CATEGORY}
  done: {category: done}
transitions:
  start: {from: todo, to: doing}
  finish: {from: doing, to: done}
---
"""
BASE = {
    "plainwork.toml": '[workspace]\nname = "W"\n',
    "workflows/task.md": TASK.replace("CATEGORY", "active"),
}


def work(id_: str, status: str = "todo", more: str = "") -> str:
    return f"---\nid: {id_}\ntitle: {id_}\nworkflow: task\nstatus: {status}\n{more}---\nText\n"


def person(name: str) -> str:
    return f"---\nname: {name}\nemails: [p@w.example]\n---\n"


def answer(word: str, kind: str = "handoff") -> str:
    said = f"answer: {word}" if kind == "handoff" else "headline: Fine"
    return f"---\nrecord: {kind}\nabout: [a]\nby: ada\nat: 2026-05-01\n{said}\n---\nText\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository({**BASE, "work/a.md": work("a")}, tmp_path / "repo")


def kept_file(root: Path) -> Path:
    git = find_git_folder(root)
    assert git
    return common_cache_folder(git, root) / "events"


def read_afresh(root: Path) -> History:
    """Read the history of the commit that is checked out without what is kept."""
    kept_file(root).rename(kept_file(root).with_name("aside"))
    try:
        return load_event_history(root, run_git("rev-parse", "HEAD", cwd=root).strip())
    finally:
        kept_file(root).with_name("aside").rename(kept_file(root))


def told(history: History) -> list[tuple[str, object, object, str]]:
    """Return what has become of each status: work, old, new, category."""
    return [
        (event.work, *event.changes["status"], event.category)
        for event in history.events
        if "status" in event.changes
    ]


def test_status_by_status(root: Path) -> None:
    commit_files({"work/a.md": work("a", "doing"), "notes.txt": ""}, root)
    commit_files({"notes.txt": "Not work"}, root)
    last = commit_files({"work/a.md": work("a", "done"), "work/deep/b.md": work("b")}, root)
    history = load_event_history(root)
    assert told(history) == [
        ("a", None, "todo", "ready"),
        ("a", "todo", "doing", "active"),
        ("a", "doing", "done", "done"),
        ("b", None, "todo", "ready"),
    ]
    assert len(history.commits) == 3
    assert history.head == history.commits[-1].id == last


def test_without_git_and_before_the_first_commit(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError):
        load_event_history(tmp_path)
    run_git("init", "--quiet", cwd=tmp_path)
    assert load_event_history(tmp_path) == History()


def test_git_is_asked_only_once_for_each_commit(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load_event_history(root)
    monkeypatch.setenv("PATH", "")  # whoever needs Git now fails
    assert load_event_history(root) == known


def test_each_commit_is_read_with_the_workflow_that_it_has(root: Path) -> None:
    commit_files({"work/a.md": work("a", "doing")}, root)
    waiting = TASK.replace("CATEGORY", "waiting")
    commit_files({"workflows/task.md": waiting, "work/b.md": work("b", "doing")}, root)
    commit_files({"workflows/task.md": "---\nnot: [closed\n---\n"}, root)
    commit_files({"work/c.md": work("c", "doing")}, root)
    (root / "workflows/task.md").unlink()
    commit_files({"work/d.md": work("d", "doing")}, root)
    history = load_event_history(root)
    assert [entry[-1] for entry in told(history)] == ["ready", "active", "waiting", "waiting", ""]
    assert [gap.path for gap in history.gaps] == ["workflows/task.md"]
    assert read_afresh(root) == history


def test_merges_squashes_and_reverts_count_when_they_become_official(root: Path) -> None:
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    commit_files({"work/a.md": work("a", "doing")}, root)
    commit_files({"work/a.md": work("a", "done")}, root, "Done on the branch")
    run_git("checkout", "--quiet", "main", cwd=root)
    run_git("merge", "--quiet", "--no-ff", "-m", "Merge topic", "topic", cwd=root)
    run_git("revert", "--no-edit", "-m", "1", "HEAD", cwd=root)
    run_git("checkout", "--quiet", "-b", "squashed", "main", cwd=root)
    commit_files({"work/a.md": work("a", "doing")}, root)
    run_git("checkout", "--quiet", "main", cwd=root)
    run_git("merge", "--quiet", "--squash", "squashed", cwd=root)
    run_git("commit", "--quiet", "-m", "Start a (#2)", cwd=root)
    history = load_event_history(root)
    assert told(history)[1:] == [
        ("a", "todo", "done", "done"),
        ("a", "done", "todo", "ready"),
        ("a", "todo", "doing", "active"),
    ]
    assert [len(commit.parents) for commit in history.commits] == [0, 2, 1, 1]
    assert [commit.subject for commit in history.commits][1::2] == ["Merge topic", "Start a (#2)"]


def test_renaming_and_deleting(root: Path) -> None:
    (root / "done").mkdir()
    run_git("mv", "work/a.md", "work/b.md", cwd=root)
    commit_files({}, root)
    run_git("rm", "--quiet", "work/b.md", cwd=root)
    commit_files({}, root)
    history = load_event_history(root)
    assert [event.changes for event in history.events[1:]] == [
        {"path": ("work/a.md", "work/b.md")},
        {"path": ("work/b.md", "")},
    ]
    assert history.events[-1].category == "dropped"


def test_what_does_not_say_where_it_stands_is_counted(root: Path) -> None:
    for text in ("---\nstatus: [\n---\n", "---\ntitle: a\n---\n", "", work("a", "doing")):
        commit_files({"work/a.md": text}, root)
    history = load_event_history(root)
    assert told(history) == [("a", None, "todo", "ready"), ("a", "todo", "doing", "active")]
    assert [(gap.path, gap.reason) for gap in history.gaps] == [
        ("work/a.md", GapReason.UNREADABLE)
    ] * 3


@pytest.mark.parametrize("name", ["work/link.md", "work/_draft.md", "work/README.md", "other/x.md"])
def test_what_is_no_document_says_nothing(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    if "link" in name:
        (root / name).symlink_to("a.md")
    else:
        (root / name).write_text(work("x"))
    commit_files({}, root)
    assert [event.work for event in load_event_history(root).events] == ["a"]


def test_work_that_becomes_a_link_is_gone(root: Path) -> None:
    (root / "work/a.md").unlink()
    (root / "work/a.md").symlink_to("b.md")
    commit_files({}, root)
    assert load_event_history(root).events[-1].deleted


def test_a_workspace_begins_with_its_settings_and_folders_may_be_renamed(tmp_path: Path) -> None:
    root = make_repository({"work/a.md": work("a"), "todo/b.md": work("b")}, tmp_path / "repo")
    commit_files(BASE, root)
    commit_files({"plainwork.toml": BASE["plainwork.toml"] + '[folders]\nitems = ["todo"]\n'}, root)
    commit_files({"work/a.md": work("a", "doing"), "todo/b.md": work("b", "doing")}, root)
    commit_files({"plainwork.toml": "[nonsense"}, root)
    (root / "plainwork.toml").unlink()
    commit_files({"todo/b.md": work("b", "done")}, root)
    commit_files(BASE, root)
    history = load_event_history(root)
    assert [(event.work, event.created, event.deleted) for event in history.events] == [
        ("a", True, False),
        ("b", True, False),
        ("a", False, True),
        ("b", False, False),
        ("a", True, False),
        ("b", False, True),
    ]
    assert [gap.path for gap in history.gaps] == ["plainwork.toml"]
    assert read_afresh(root) == history


def test_a_workspace_in_a_folder(root: Path) -> None:
    inner = {f"office/{path}": text for path, text in BASE.items()}
    commit_files({**inner, "office/work/b.md": work("b")}, root)
    commit_files({"work/a.md": work("a", "doing")}, root)
    assert told(load_event_history(root / "office")) == [("b", None, "todo", "ready")]
    assert len(load_event_history(root).events) == 2


def test_a_trailer_says_when_it_took_effect(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1999999999 +0000")
    commit_files({"work/a.md": work("a", "doing")}, root, "Start a\n\nEffective: 2033-05-01\n")
    event = load_event_history(root).events[-1]
    assert (event.time, event.backdated) == (1_998_518_400, True)


def test_every_version_of_workflows_and_parties_is_kept(root: Path) -> None:
    commit_files(
        {"people/ada.md": person("Ada"), "teams/t.md": "---\nname: T\nlead: ada\n---\n"}, root
    )
    waiting = TASK.replace("CATEGORY", "waiting")
    commit_files({"people/ada.md": person("Ada L."), "workflows/task.md": waiting}, root)
    commit_files({"people/ada.md": "---\nname: [\n---\n"}, root)
    (root / "people/ada.md").unlink()
    commit_files({"notes.txt": ""}, root)
    history = load_event_history(root)
    assert [
        (version.commit, version.id, version.party.name if version.party else None)
        for version in history.parties
    ] == [(1, "ada", "Ada"), (1, "t", "T"), (2, "ada", "Ada L."), (4, "ada", None)]
    categories = [
        (version.commit, version.workflow and version.workflow.states[1].category)
        for version in history.workflows
    ]
    assert categories == [(0, "active"), (2, "waiting")]
    assert [(gap.commit, gap.path) for gap in history.gaps] == [(3, "people/ada.md")]
    assert len(history.commits) == 5
    assert read_afresh(root) == history


def test_an_answer_counts_as_it_was_first_said(root: Path) -> None:
    commit_files({"records/x.md": answer("reject"), "records/y.md": answer("", "update")}, root)
    load_event_history(root)
    commit_files({"records/x.md": answer("accept")}, root)
    (root / "records/x.md").unlink()
    last = commit_files({"records/z.md": answer("accept")}, root)
    history = load_event_history(root)
    assert [
        (each.record.id, each.record.details["answer"], each.record.body)
        for each in history.answers
    ] == [("x", "reject", ""), ("z", "accept", "")]
    assert history.commits[history.answers[-1].commit].id == last
    assert read_afresh(root) == history


def test_a_history_that_was_written_anew(root: Path) -> None:
    commit_files({"work/b.md": work("b")}, root)
    shared = load_event_history(root)
    commit_files({"work/a.md": work("a", "doing")}, root)
    assert not load_event_history(root).rewritten
    run_git("reset", "--quiet", "--hard", "HEAD~1", cwd=root)
    commit_files({"work/a.md": work("a", "done")}, root)
    history = load_event_history(root)
    assert history.rewritten
    assert history.events[:2] == shared.events
    assert told(history)[2:] == [("a", "todo", "done", "done")]
    assert not load_event_history(root).rewritten


def test_another_branch_is_no_other_history(root: Path) -> None:
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    commit_files({"work/a.md": work("a", "done")}, root)
    waiting = TASK.replace("CATEGORY", "waiting")
    commit_files({"workflows/task.md": waiting, "people/p.md": person("P")}, root)
    commit_files({"records/x.md": answer("reject")}, root)
    there = load_event_history(root)
    kept = (there.events, there.workflows, there.parties, there.answers)
    assert [len(each) for each in kept] == [2, 2, 1, 1]
    run_git("checkout", "--quiet", "main", cwd=root)
    history = load_event_history(root)
    kept = (history.events, history.workflows, history.parties, history.answers)
    assert [len(each) for each in kept] == [1, 1, 0, 0]
    assert not history.rewritten


def test_a_history_that_is_cut_off_is_said_and_not_kept(root: Path, tmp_path: Path) -> None:
    commit_files({"work/a.md": work("a", "doing")}, root)
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{root}", str(clone), cwd=tmp_path)
    with pytest.raises(RepositoryError, match="git fetch --unshallow"):
        load_event_history(clone)
    history = load_event_history(clone, partial=True)
    assert (history.shallow, told(history)) == (True, [("a", None, "doing", "active")])
    assert not kept_file(clone).exists()
    run_git("fetch", "--quiet", "--unshallow", cwd=clone)
    assert load_event_history(clone).events == load_event_history(root).events


def test_up_to_a_commit(root: Path) -> None:
    first = run_git("rev-parse", "HEAD", cwd=root).strip()
    commit_files({"work/a.md": work("a", "doing")}, root)
    assert len(load_event_history(root).events) == 2
    assert len(load_event_history(root, first).events) == 1
    assert len(load_event_history(root).events) == 2


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_never_trusted(root: Path, seed: int) -> None:
    expected = load_event_history(root)
    chance = random.Random(seed)
    data = bytearray(kept_file(root).read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    kept_file(root).write_bytes(data[: chance.choice([len(data), len(data) // 2, 0])])
    for _ in range(2):
        assert load_event_history(root) == expected


def merge(branch: str, root: Path) -> None:
    try:
        run_git("merge", "-q", "-X", "ours", "-m", "M", branch, cwd=root)
    except RuntimeError:  # one side has removed what the other has changed
        run_git("merge", "--abort", cwd=root)


def definition(chance: random.Random, step: int) -> dict[str, str]:
    category = chance.choice(["active", "waiting"])
    return chance.choice(
        [
            {"workflows/task.md": TASK.replace("CATEGORY", category)},
            {f"people/p{chance.randrange(2)}.md": person(f"P{step}")},
            {f"records/r{step}.md": answer("accept")},
        ]
    )


@pytest.mark.parametrize("seed", range(5))
def test_continued_is_the_same_as_read_afresh(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    for step in range(20):
        match chance.randrange(7):
            case 0:
                run_git("checkout", "--quiet", "-B", f"b{chance.randrange(3)}", cwd=root)
            case 1:
                branches = run_git("branch", "--format=%(refname:short)", cwd=root).split()
                run_git("checkout", "--quiet", chance.choice(branches), cwd=root)
            case 2:
                branches = run_git("branch", "--format=%(refname:short)", cwd=root).split()
                merge(chance.choice(branches), root)
            case 3:
                (root / f"work/{chance.randrange(4)}.md").unlink(missing_ok=True)
                commit_files({}, root)
            case 4:
                commit_files(definition(chance, step), root)
            case _:
                status = chance.choice(["todo", "doing", "done"])
                text = work(f"w{chance.randrange(3)}", status, f"x-step: {step}\n")
                commit_files({f"work/{chance.randrange(4)}.md": text}, root)
        if chance.random() < 0.5:
            found = load_event_history(root)
            afresh = read_afresh(root)
            assert msgspec.structs.replace(found, rewritten=False) == afresh
            assert set(compute_standings(found.events)) == set(compute_standings(afresh.events))
