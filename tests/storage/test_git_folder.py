"""What plain files say about a repository, held against what Git says."""

from pathlib import Path

import pytest

from plainwork.storage.git_folder import find_git_folder
from support.git import commit_files, make_repository, run_git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository({"docs/a.md": "a\n"}, tmp_path / "main")


def assert_as_git_says(directory: Path) -> None:
    found = find_git_folder(directory)
    assert found is not None

    def ask(option: str) -> Path:
        return Path(
            run_git("rev-parse", "--path-format=absolute", option, cwd=directory).rstrip("\n")
        )

    assert found.worktree == ask("--show-toplevel")
    assert found.path == ask("--git-dir")
    assert found.common == ask("--git-common-dir")
    assert found.head_commit() == run_git("rev-parse", "HEAD", cwd=directory).strip()


def test_a_repository(repository: Path) -> None:
    assert_as_git_says(repository)


def test_a_folder_of_a_repository(repository: Path) -> None:
    assert_as_git_says(repository / "docs")


def test_a_repository_reached_through_a_link(repository: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(repository / "docs")
    assert_as_git_says(link)


def test_a_linked_worktree(repository: Path, tmp_path: Path) -> None:
    run_git("worktree", "add", "--quiet", "-b", "other", "../with blank", cwd=repository)
    commit_files({"b.md": "b\n"}, tmp_path / "with blank")
    assert_as_git_says(tmp_path / "with blank")
    assert_as_git_says(repository)


def test_a_submodule(repository: Path, tmp_path: Path) -> None:
    outer = make_repository({"a.md": "a\n"}, tmp_path / "outer")
    allow = ("-c", "protocol.file.allow=always")
    run_git(*allow, "submodule", "--quiet", "add", str(repository), "inner", cwd=outer)
    assert_as_git_says(outer / "inner")


def test_packed_references(repository: Path) -> None:
    run_git("branch", "main-2", cwd=repository)
    run_git("pack-refs", "--all", cwd=repository)
    assert not (repository / ".git/refs/heads/main").exists()
    assert_as_git_says(repository)
    commit_files({"b.md": "b\n"}, repository)
    assert_as_git_says(repository)


def test_a_detached_head(repository: Path) -> None:
    run_git("checkout", "--quiet", "--detach", cwd=repository)
    assert_as_git_says(repository)


def test_a_branch_that_stands_for_another(repository: Path) -> None:
    run_git("symbolic-ref", "refs/heads/alias", "refs/heads/main", cwd=repository)
    run_git("symbolic-ref", "HEAD", "refs/heads/alias", cwd=repository)
    assert_as_git_says(repository)


def test_a_branch_with_a_name_of_any_script(repository: Path) -> None:
    run_git("checkout", "--quiet", "-b", "größe/木", cwd=repository)
    run_git("pack-refs", "--all", cwd=repository)
    assert_as_git_says(repository)


def test_no_commit_yet(tmp_path: Path) -> None:
    run_git("init", "--quiet", cwd=tmp_path)
    found = find_git_folder(tmp_path)
    assert found is not None
    assert found.head_commit() is None


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("", id="empty"),
        pytest.param("ref: refs/heads/.invalid\n", id="reftable"),
        pytest.param("ref: refs/../secret\n", id="outside"),
        pytest.param("ref: refs/heads/loop\n", id="loop"),
        pytest.param("0123\n", id="short hash"),
        pytest.param("\udcff\udcfe\n", id="no text"),
    ],
)
def test_a_head_that_plain_files_do_not_resolve(repository: Path, head: str) -> None:
    (repository / ".git/HEAD").write_bytes(head.encode(errors="surrogateescape"))
    (repository / ".git/refs/heads/loop").write_text("ref: refs/heads/loop\n", encoding="ascii")
    (repository / ".git/secret").write_text(f"{'0' * 40}\n", encoding="ascii")
    found = find_git_folder(repository)
    assert found is not None
    assert found.head_commit() is None


def test_an_empty_git_folder_does_not_count(repository: Path) -> None:
    (repository / "docs/.git").mkdir()
    assert_as_git_says(repository / "docs")


def test_a_git_file_that_leads_nowhere(repository: Path) -> None:
    (repository / "docs/.git").write_text("gitdir: ../gone\n", encoding="utf-8")
    assert find_git_folder(repository / "docs") is None


def test_no_repository(tmp_path: Path) -> None:
    assert find_git_folder(tmp_path) is None
    assert find_git_folder(tmp_path / "gone") is None


def test_the_environment_does_not_count(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository))
    assert find_git_folder(tmp_path) is None


def test_one_branch_needs_no_comparing(repository: Path) -> None:
    def may_have_branches() -> bool:
        found = find_git_folder(repository)
        assert found is not None
        return found.may_have_branches()

    assert not may_have_branches()
    run_git("pack-refs", "--all", cwd=repository)
    assert not may_have_branches()
    run_git("branch", "feature/two", cwd=repository)
    assert may_have_branches()
    run_git("pack-refs", "--all", cwd=repository)
    assert may_have_branches()
    run_git("branch", "--delete", "feature/two", cwd=repository)
    assert not may_have_branches()
