"""Scratch repositories: Git without anything that somebody has configured or hidden."""

import subprocess
import threading
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError, UsageError
from plainwork.storage.scratch import DeadlineError, open_scratch
from plainwork.storage.scratch_trees import load_differences, load_tree
from plainwork.storage.source_repository import resolve_revision
from support.git import HOSTILE_NAMES, commit_files, make_repository, run_git
from support.interrupts import interrupted_after, timers_that_are_waited_for
from support.proposals import LATHE, Proposed, edited

BIG = "x" * (1 << 21)


@pytest.fixture
def proposed(tmp_path: Path) -> Proposed:
    return Proposed(tmp_path / "repository")


def test_merges_without_a_working_tree(proposed: Proposed) -> None:
    proposed.commit({"work/new.md": "new\n"})
    proposed.commit({"README.md": "read\n"}, branch="main")
    with open_scratch(proposed.root) as scratch:
        result = scratch.merge(proposed.commit_of("main"), proposed.commit_of("topic"))
        assert result.conflicts == ()
        assert {"work/new.md", "README.md", LATHE} <= load_tree(scratch, result.tree).keys()
    missing = subprocess.run(
        ["git", "cat-file", "-e", result.tree], cwd=proposed.root, check=False, capture_output=True
    )
    assert missing.returncode  # nothing has been written there


def test_tells_what_conflicts(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 7000")), branch="main")
    with open_scratch(proposed.root) as scratch:
        result = scratch.merge(proposed.commit_of("main"), proposed.commit_of("topic"))
    assert result.conflicts == (LATHE,)


def test_a_bare_repository_is_a_source_too(proposed: Proposed, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    run_git("clone", "--quiet", "--bare", str(proposed.root), str(bare), cwd=tmp_path)
    main = proposed.commit_of("main")
    with open_scratch(bare) as scratch:
        assert scratch.merge_bases(main, main) == (main,)


def test_lists_hostile_names(tmp_path: Path) -> None:
    root = make_repository({}, tmp_path / "repository")
    first = run_git("rev-parse", "HEAD", cwd=root).strip()
    second = commit_files(dict.fromkeys(HOSTILE_NAMES, "text"), root)
    with open_scratch(root) as scratch:
        changes = load_differences(scratch, first, second)
        assert load_tree(scratch, second).keys() == set(HOSTILE_NAMES)
    assert {change.path for change in changes} == set(HOSTILE_NAMES)
    assert all(change.before is None for change in changes)


def test_reads_large_blobs_in_part_and_hashes_them_whole(proposed: Proposed) -> None:
    from hashlib import sha256

    commit = proposed.commit({"big.txt": BIG, "small.txt": "small"})
    with open_scratch(proposed.root) as scratch:
        tree = load_tree(scratch, commit)
        oids = [tree[path].oid for path in ("big.txt", "small.txt", "big.txt")]
        blobs = list(scratch.read_blobs(oids))
        assert [len(data) for data in blobs] == [(1 << 20) + 1, 5, (1 << 20) + 1]
        assert list(scratch.blob_sizes(oids)) == [1 << 21, 5, 1 << 21]
        digests = [sha256(text.encode()).hexdigest() for text in (BIG, "small", BIG)]
        assert list(scratch.hash_blobs(oids)) == digests


def test_a_deadline_ends_all_that_git_does(proposed: Proposed) -> None:
    main = proposed.commit_of("main")
    with pytest.raises(DeadlineError, match="too long"), open_scratch(proposed.root, seconds=0):
        pass
    with open_scratch(proposed.root) as scratch:
        scratch._deadline = 0.0
        with pytest.raises(DeadlineError):
            scratch.merge_bases(main, main)
        with pytest.raises(DeadlineError):
            list(scratch.read_blobs([main]))


def test_who_interrupts_git_does_not_wait_for_its_deadline(proposed: Proposed) -> None:
    main = proposed.commit_of("main")
    with open_scratch(proposed.root) as scratch, interrupted_after(threading.Timer.start):
        load_tree(scratch, main)
    assert timers_that_are_waited_for() == []


def test_threat_09_merge_drivers_of_the_checkout_are_not_run(
    proposed: Proposed, tmp_path: Path
) -> None:
    for branch in ("main", "topic"):
        proposed.commit({".gitattributes": "* merge=trap\n"}, branch=branch)
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    proposed.commit(edited(LATHE, ("owner: bob", "owner: ada")), branch="main")
    commits = (proposed.commit_of("main"), proposed.commit_of("topic"))
    trap = tmp_path / "sprung"
    proposed.git("config", "merge.trap.driver", f"touch {trap}")
    with open_scratch(proposed.root) as scratch:
        scratch.merge(*commits)
    assert not trap.exists()
    subprocess.run(
        ["git", "merge-tree", "--write-tree", *commits],
        cwd=proposed.root,
        check=False,
        capture_output=True,
    )
    assert trap.exists()  # in the checkout it would have been


def test_threat_09_configuration_and_environment_have_no_say(
    proposed: Proposed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "sprung"
    config = tmp_path / "config"
    config.write_text(f"[merge]\n\trenames = false\n[core]\n\tfsmonitor = touch {trap}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "merge.renames")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "false")
    with open_scratch(proposed.root) as scratch:
        said = scratch.run("config", "--list", "--show-origin", "-z").decode().split("\0")
    names = {entry.partition("\n")[0] for entry in said[1::2]}
    own = {"core.repositoryformatversion", "core.filemode", "core.bare", "core.commitgraph"}
    assert names - {"core.ignorecase", "core.precomposeunicode", ""} == own
    assert not trap.exists()


@pytest.mark.parametrize(
    "name",
    ["main", "HEAD", "refs/heads/main", "abc123", "--all", "", "0" * 39, "0" * 41, "A" * 40],
)
def test_threat_10_only_all_digits_name_a_commit(name: str, proposed: Proposed) -> None:
    main = proposed.commit_of("main")
    with open_scratch(proposed.root) as scratch:
        with pytest.raises(UsageError):
            scratch.merge_bases(main, name)
        with pytest.raises(UsageError):
            scratch.merge(name, main)
        with pytest.raises(UsageError):
            load_tree(scratch, name)


def test_threat_10_a_name_that_a_branch_and_a_tag_bear_is_refused(proposed: Proposed) -> None:
    commit = proposed.commit({"note.txt": "note"})
    proposed.git("tag", "topic", "main")
    with pytest.raises(UsageError, match="refs/heads/topic, refs/tags/topic"):
        resolve_revision(proposed.root, "topic")
    assert resolve_revision(proposed.root, "refs/heads/topic") == commit


def test_threat_10_a_branch_that_looks_like_a_commit_is_not_taken_for_one(
    proposed: Proposed,
) -> None:
    main, topic = proposed.commit_of("main"), proposed.commit({"note.txt": "note"})
    proposed.git("branch", main, "topic")  # a branch called as the commit of main
    proposed.git("branch", main[:10], "topic")
    assert resolve_revision(proposed.root, main) == main
    assert resolve_revision(proposed.root, main[:10]) == topic


@pytest.mark.parametrize(
    "name", ["main~1", "main^{tree}", "main..topic", "@{-1}", "*", ":/Start", "", "-v", "nobody"]
)
def test_threat_10_expressions_name_nothing(name: str, proposed: Proposed) -> None:
    with pytest.raises(UsageError):
        resolve_revision(proposed.root, name)


@pytest.mark.parametrize("name", ["HEAD", "main", "refs/heads/main", "v1", "refs/tags/v1"])
def test_usual_names_name_commits(name: str, proposed: Proposed) -> None:
    proposed.git("checkout", "--quiet", "main")
    proposed.git("tag", "--annotate", "--message=v1", "v1")
    assert resolve_revision(proposed.root, name) == proposed.commit_of("main")


def test_threat_11_replaced_and_grafted_commits_are_as_they_were_made(
    proposed: Proposed,
) -> None:
    start = proposed.commit_of("main")
    first = proposed.commit({"note.txt": "first"})
    second = proposed.commit({"note.txt": "second"})
    proposed.git("replace", second, start)
    (proposed.root / ".git/info/grafts").write_text(f"{first}\n")
    with open_scratch(proposed.root) as scratch:
        assert scratch.merge_bases(start, second) == (start,)
        assert [change.path for change in load_differences(scratch, start, second)] == ["note.txt"]


def test_threat_11_a_shallow_clone_is_refused(proposed: Proposed, tmp_path: Path) -> None:
    proposed.commit({"note.txt": "note"}, branch="main")
    source, clone = f"file://{proposed.root}", tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", "--branch=main", source, str(clone), cwd=tmp_path)
    with pytest.raises(RepositoryError, match="shallow"), open_scratch(clone):
        pass


def test_threat_11_a_partial_clone_is_refused(proposed: Proposed, tmp_path: Path) -> None:
    proposed.git("config", "uploadpack.allowFilter", "true")
    source, clone = f"file://{proposed.root}", tmp_path / "clone"
    run_git("clone", "--quiet", "--filter=blob:none", "--no-checkout", source, str(clone),
            cwd=tmp_path)  # fmt: skip
    with pytest.raises(RepositoryError, match="partial"), open_scratch(clone):
        pass
    run_git("config", "--unset-all", "remote.origin.promisor", cwd=clone)
    run_git("config", "--unset-all", "remote.origin.partialclonefilter", cwd=clone)
    with pytest.raises(RepositoryError, match="partial"), open_scratch(clone):
        pass


def test_threat_11_a_missing_object_is_an_error(proposed: Proposed) -> None:
    commit = proposed.commit({"note.txt": "only here"})
    oid = proposed.git("rev-parse", "topic:note.txt").strip()
    (proposed.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    with open_scratch(proposed.root) as scratch:
        with pytest.raises(RepositoryError, match="missing"):
            list(scratch.read_blobs([oid]))
        with pytest.raises(RepositoryError):
            scratch.merge_bases(commit, "1" * 40)
        with pytest.raises(RepositoryError):
            load_tree(scratch, "1" * 40)
