"""What the log of changes says of commits and merges, in real repositories."""

from pathlib import Path

import pytest

from plainwork.storage.change_log import load_change_log
from support.git import commit_files, make_repository, run_git

GITHUB = "Merge pull request #7 from ada/topic\n\nRenew the certificate"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_repository({"plainwork.toml": "", "a.txt": "1"}, tmp_path / "repo")
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ada")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ada@w.example")
    commit_files({"a.txt": "2"}, root, message="Ask for it")
    commit_files({"b.txt": "3"}, root, message="Get it (#3)")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Merger")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "bot@w.example")
    run_git("checkout", "--quiet", "main", cwd=root)
    return root


def merge(root: Path, message: str, branch: str = "topic") -> None:
    run_git("merge", "--quiet", "--no-ff", "-m", message, branch, cwd=root)


def told(root: Path) -> list[tuple[str, str]]:
    return [(change.author, change.subject) for change in load_change_log(root).changes]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        pytest.param(GITHUB, "Renew the certificate", id="title-of-a-pull-request"),
        pytest.param("Merge branch 'topic'", "Ask for it; Get it", id="what-was-merged"),
        pytest.param("All of it", "All of it", id="own-words"),
    ],
)
def test_a_merge_says_what_it_merged_and_who_made_it(
    message: str, subject: str, root: Path
) -> None:
    merge(root, message)
    assert told(root)[0] == ("Ada", subject)
    assert told(root)[0] == ("Ada", subject)  # and is kept so


def test_a_merge_of_many_commits_names_the_first(root: Path) -> None:
    run_git("checkout", "--quiet", "topic", cwd=root)
    for number in range(3):
        commit_files({"c.txt": str(number)}, root, message=f"Do {number}")
    run_git("checkout", "--quiet", "main", cwd=root)
    merge(root, "Merge branch 'topic'")
    assert told(root)[0] == ("Merger", "Ask for it; Get it; Do 0 and 2 more")


def test_what_is_read_later_is_told_likewise(root: Path) -> None:
    start = told(root)
    merge(root, GITHUB)
    assert told(root) == [("Ada", "Renew the certificate"), *start]


def test_what_was_brought_up_to_date_is_not_told_of(root: Path) -> None:
    commit_files({"d.txt": "4"}, root, message="Elsewhere")
    run_git("checkout", "--quiet", "topic", cwd=root)
    merge(root, "Merge branch 'main' into topic", "main")
    run_git("checkout", "--quiet", "main", cwd=root)
    merge(root, "Merge branch 'topic'")
    assert told(root)[0] == ("Ada", "Ask for it; Get it")


def test_a_merge_of_what_has_no_words_of_its_own_keeps_its_own(root: Path) -> None:
    run_git("checkout", "--quiet", "-b", "squashed", cwd=root)
    commit_files({"e.txt": "5"}, root, message="Merge branch 'other'")
    run_git("checkout", "--quiet", "main", cwd=root)
    merge(root, "Merge branch 'squashed'", "squashed")
    assert told(root)[0] == ("Merger", "Merge branch 'squashed'")


def test_where_history_is_cut_off_nobody_has_changed_anything(root: Path, tmp_path: Path) -> None:
    """The first commit of a shallow clone adds every file, whoever made it and whenever."""
    merge(root, "All of it")
    commit_files({"a.txt": "4"}, root, message="Mend it")
    source, clone = f"file://{root}", tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", source, str(clone), cwd=tmp_path)
    log = load_change_log(clone)
    assert (log.head, log.changes, log.shallow) == (load_change_log(root).head, (), True)
    run_git("fetch", "--quiet", "--depth=2", cwd=clone)
    assert told(clone) == [("Merger", "Mend it")]
    run_git("fetch", "--quiet", "--unshallow", cwd=clone)
    assert load_change_log(clone) == load_change_log(root)
