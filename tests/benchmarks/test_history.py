"""The benchmark of a long history, small: what is measured is also right."""

from pathlib import Path

from benchmarks.history import Written, find_wrong, write_history
from support.git import run_git


def test_a_history_is_read_rightly(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    written = write_history(root, works=20, commits=101)
    assert run_git("rev-list", "--count", "HEAD", cwd=root) == "101\n"
    done = run_git("grep", "-l", "^status: done", "HEAD", "--", "work", cwd=root)
    assert written == Written(commits=101, finished=len(done.splitlines()))
    assert list(find_wrong(root, 20, written)) == []
