"""What Git knows, asked of real repositories of every kind."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plainwork.errors import RepositoryError, UsageError
from plainwork.storage import commit_history
from plainwork.storage.repository import Repository, TreeEntry, initialise_repository
from plainwork.storage.scan import MOST_READ
from support.git import HOSTILE_NAMES, commit_files, make_repository, run_git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository({"a.md": "a\n", "sub/b.md": "b\n"}, tmp_path / "repo")


@pytest.fixture
def repository(root: Path) -> Iterator[Repository]:
    with Repository.open(root) as opened:
        yield opened


def commit_at(root: Path, when: str, name: str = "") -> str:
    """Commit one file at a moment, as its committer's clock says."""
    name = name or f"{when.replace(':', '')}.md"
    (root / name).write_text(when)
    run_git("add", "--all", cwd=root)
    run_git("-c", "user.name=A", "commit", "--quiet", "-m", when, cwd=root)
    return amend_time(root, when)


def amend_time(root: Path, when: str) -> str:
    """Give the last commit another time, whatever Git thinks of it."""
    lines = run_git("cat-file", "commit", "HEAD", cwd=root).split("\n")
    changed = [
        f"{line.rpartition('> ')[0]}> {when} +0000" if line.startswith("committer ") else line
        for line in lines
    ]
    (root / ".git/commit").write_text("\n".join(changed), encoding="utf-8")
    made = run_git("hash-object", "-t", "commit", "--literally", "-w", ".git/commit", cwd=root)
    run_git("update-ref", "HEAD", made.strip(), cwd=root)
    return made.strip()


def paths(entries: Iterator[TreeEntry]) -> list[str]:
    return [entry.path for entry in entries]


# Opening


def test_outside_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="`git init` starts a repository"):
        Repository.open(tmp_path).__enter__()


def test_a_bare_repository_has_no_work_tree(root: Path, tmp_path: Path) -> None:
    run_git("clone", "--quiet", "--bare", str(root), str(tmp_path / "bare"), cwd=tmp_path)
    with pytest.raises(RepositoryError, match="not inside a Git work tree"):
        Repository.open(tmp_path / "bare").__enter__()


def test_a_repository_of_somebody_else(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(RepositoryError, match=r"dubious ownership.*safe\.directory"):
        Repository.open(root).__enter__()


def test_a_repository_from_the_future(root: Path) -> None:
    run_git("config", "core.repositoryformatversion", "999", cwd=root)
    with pytest.raises(RepositoryError, match=r"git rev-parse: .*999"):
        Repository.open(root).__enter__()


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RepositoryError, match="install it"):
        repository.head()


def test_variables_of_a_hook_of_another_repository(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_repository({"other.md": ""}, tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    with Repository.open(root) as repository:
        head = repository.head()
        assert head
        assert paths(repository.list_tree(head)) == ["a.md", "sub/b.md"]
    assert os.environ["GIT_DIR"] == str(other / ".git")


def test_before_the_first_commit(tmp_path: Path) -> None:
    initialise_repository(tmp_path)
    with Repository.open(tmp_path) as repository:
        assert repository.head() is None
        with pytest.raises(UsageError, match="no such revision"):
            repository.resolve("HEAD")
        with pytest.raises(UsageError, match="no commit of that day"):
            repository.resolve_day(date(2026, 1, 1), ZoneInfo("UTC"))


# Revisions


@pytest.mark.parametrize(
    "name", ["HEAD", "main", "v1", "HEAD~0", "@", "refs/heads/main", ":/Start", "main@{0}"]
)
def test_names_of_a_commit(root: Path, repository: Repository, name: str) -> None:
    run_git("tag", "-a", "-m", "One", "v1", cwd=root)
    head = run_git("rev-parse", "HEAD", cwd=root).strip()
    assert repository.resolve(name) == head
    assert repository.resolve(head[:8]) == head


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "\n", "\0", "main\0", "HEAD:a.md", "HEAD~9", "main..main", "^main", "a.md"),
        *("--all", "-h", "--git-dir", "--output=x", "-", "HEAD^{tree}", "HEAD^{/", "\udcff", "🚀"),
        *("0" * 40, "f" * 64, "x" * 200_000, "HEAD HEAD", "$(touch x)", "../../etc/passwd"),
    ],
    ids=lambda name: repr(name[:12]),
)
def test_names_of_nothing(repository: Repository, name: str) -> None:
    with pytest.raises((UsageError, RepositoryError)) as caught:
        repository.resolve(name)
    assert "Traceback" not in str(caught.value)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_taken_for_an_option(repository: Repository, text: str) -> None:
    try:
        assert len(repository.resolve(f"-{text}")) == 40
    except UsageError as error:
        assert "no such revision" in str(error)  # noqa: PT017 - any other answer is a commit


@pytest.mark.parametrize(
    ("zone", "day", "last_second"),
    [
        pytest.param("UTC", "2026-01-05", "2026-01-05T23:59:59+00:00", id="UTC"),
        pytest.param("Europe/Berlin", "2026-03-29", "2026-03-29T21:59:59+00:00", id="spring"),
        pytest.param("Europe/Berlin", "2026-10-25", "2026-10-25T22:59:59+00:00", id="autumn"),
        pytest.param("Asia/Kathmandu", "2026-01-05", "2026-01-05T18:14:59+00:00", id="5:45"),
        pytest.param("Pacific/Apia", "2011-12-29", "2011-12-30T09:59:59+00:00", id="day left out"),
        pytest.param("Pacific/Apia", "2011-12-30", "2011-12-30T09:59:59+00:00", id="no such day"),
        pytest.param("America/Havana", "2026-03-07", "2026-03-08T04:59:59+00:00", id="no midnight"),
        pytest.param("America/Havana", "2026-10-31", "2026-11-01T03:59:59+00:00", id="2 midnights"),
    ],
)
def test_the_last_second_of_a_day(root: Path, zone: str, day: str, last_second: str) -> None:
    second = int(datetime.fromisoformat(last_second).timestamp())
    amend_time(root, "0")
    kept = commit_at(root, str(second))
    commit_at(root, str(second + 1))
    with Repository.open(root) as repository:
        assert repository.resolve_day(date.fromisoformat(day), ZoneInfo(zone)) == kept


def test_the_last_day_of_all(root: Path, repository: Repository) -> None:
    later = commit_at(root, str(2**40))
    assert repository.commit_time(later) < 2**38
    zone = ZoneInfo("Pacific/Kiritimati")
    assert repository.resolve_day(date.max, zone) == later
    assert repository.resolve_day(date(2026, 1, 5), zone) != later


# Files of commits


@pytest.mark.parametrize("folder", ["", "in ner/🚀"])
def test_every_name_is_listed_and_read_as_it_is(root: Path, folder: str) -> None:
    made = {f"{name}": f"I am {number}\n" for number, name in enumerate(HOSTILE_NAMES)}
    (root / folder).mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (root / folder / name).write_text(text)
    commit = commit_files({}, root)
    with Repository.open(root / folder) as repository:
        entries = {entry.path: entry for entry in repository.list_tree(commit)}
        assert set(entries) == {*made, *(() if folder else ("a.md", "sub/b.md"))}
        read = repository.read_blobs(entries[name].oid for name in made)
        assert [data.decode() for data in read] == list(made.values())
        assert repository.read_file(commit, "plain.md") == b"I am 0\n"
        assert repository.read_file(commit, "none.md") is None
        changed = {change.path for change in repository.latest_changes(commit)}
        assert changed == set(entries)


def test_a_folder_that_was_not_there_or_was_a_file(root: Path) -> None:
    before = commit_files({"late": "a file"}, root)
    (root / "late").unlink()
    commit_files({"late/x.md": "x"}, root)
    with Repository.open(root / "late") as repository:
        assert paths(repository.list_tree(before)) == []
        assert paths(repository.list_tree(f"{before}~1")) == []
        assert paths(repository.list_tree("HEAD")) == ["x.md"]


def test_a_workspace_below_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root / "sub")
    with Repository.open(tmp_path / "link") as repository:
        assert paths(repository.list_tree("HEAD")) == ["b.md"]


def test_a_repository_of_sha_256(tmp_path: Path) -> None:
    run_git("init", "--quiet", "--object-format=sha256", "-b", "main", cwd=tmp_path)
    commit = commit_files({"a.md": "a"}, tmp_path)
    assert len(commit) == 64
    run_git("checkout", "--quiet", "-b", "other", cwd=tmp_path)
    branch = commit_files({"b.md": "b"}, tmp_path)
    run_git("checkout", "--quiet", "main", cwd=tmp_path)
    with Repository.open(tmp_path) as repository:
        assert repository.resolve("main") == commit
        (entry,) = repository.list_tree(commit)
        assert list(repository.read_blobs([entry.oid])) == [b"a"]
        (added,) = repository.added_on(branch)
        assert list(repository.read_blobs([added.oid])) == [b"b"]


def test_objects_of_every_size(root: Path, repository: Repository) -> None:
    contents = [b"", b"\n", b"\0" * 70_000, b"x" * (MOST_READ - 1), b"y" * (3 * MOST_READ), b"z"]
    oids = []
    for number, data in enumerate(contents):
        (root / str(number)).write_bytes(data)
        oids.append(run_git("hash-object", "-w", str(number), cwd=root).strip())
    assert list(repository.read_blobs(oids)) == [data[:MOST_READ] for data in contents]
    assert list(repository.read_blobs([])) == []


def test_an_object_that_is_missing(root: Path, repository: Repository) -> None:
    entry = next(repository.list_tree("HEAD"))
    (root / ".git/objects" / entry.oid[:2] / entry.oid[2:]).unlink()
    with pytest.raises(RepositoryError, match=f"{entry.oid} is missing; `git fsck`"):
        list(repository.read_blobs([entry.oid]))


def test_an_object_that_is_damaged(root: Path, repository: Repository) -> None:
    entry = next(repository.list_tree("HEAD"))
    file = root / ".git/objects" / entry.oid[:2] / entry.oid[2:]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(RepositoryError, match=entry.oid):
        list(repository.read_blobs([entry.oid]))


def test_replaced_objects_are_not_looked_at(root: Path, repository: Repository) -> None:
    entry = next(repository.list_tree("HEAD"))
    (root / "other").write_text("forged")
    other = run_git("hash-object", "-w", "other", cwd=root).strip()
    run_git("replace", entry.oid, other, cwd=root)
    assert list(repository.read_blobs([entry.oid])) == [b"a\n"]
    assert repository.read_file("HEAD", "a.md") == b"a\n"


def test_git_may_complain_at_length(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_files({f"{number}.md": str(number) for number in range(3000)}, root)
    run_git("gc", "--quiet", cwd=root)
    monkeypatch.setenv("GIT_TRACE_PACK_ACCESS", "2")  # a line for each object, far over a pipe
    oids = [entry.oid for entry in repository.list_tree("HEAD")]
    assert len(list(repository.read_blobs(oids))) == 3002


# History


def test_a_merge_counts_as_its_first_parent_sees_it(root: Path, repository: Repository) -> None:
    first = run_git("rev-parse", "HEAD", cwd=root).strip()
    run_git("checkout", "--quiet", "-b", "topic", cwd=root)
    topic = commit_at(root, "1800000000", "topic.md")
    run_git("checkout", "--quiet", "main", cwd=root)
    main = commit_at(root, "1800000100", "main.md")
    run_git("merge", "--quiet", "--no-ff", "-m", "Merge", "topic", cwd=root)
    merged = amend_time(root, "1800000200")
    changes = [(change.path, change.time) for change in repository.latest_changes(merged)]
    assert changes[:2] == [("topic.md", 1_800_000_200), ("main.md", 1_800_000_100)]
    assert {path for path, _ in changes[2:]} == {"a.md", "sub/b.md"}
    assert [change.path for change in repository.latest_changes(merged, main)] == ["topic.md"]
    assert repository.continues(main, merged)
    assert repository.continues(first, merged)
    assert repository.continues(merged, merged)
    assert not repository.continues(topic, merged)
    assert not repository.continues(merged, main)
    assert not repository.continues("0" * 40, merged)


def test_commits_that_change_nothing_here(root: Path) -> None:
    since = run_git("rev-parse", "HEAD", cwd=root).strip()
    for number in range(3):
        commit_files({"elsewhere.md": str(number)}, root)
    head = commit_files({"sub/b.md": "changed"}, root)
    with Repository.open(root / "sub") as repository:
        assert [change.path for change in repository.latest_changes(head, since)] == ["b.md"]
        assert repository.continues(since, head)


@pytest.mark.parametrize(
    "setting",
    [
        *("log.showRoot=false", "log.showSignature=true", "log.follow=true", "color.ui=always"),
        *("log.diffMerges=off", "diff.renames=copies", "diff.relative=true", "diff.noprefix=true"),
        *("format.pretty=fuller", "log.decorate=full", "log.date=relative", "core.quotePath=true"),
        *("i18n.logOutputEncoding=ISO-8859-1", "log.abbrevCommit=true", "core.abbrev=4"),
        *("core.fsmonitor=/no/such/program", "core.pager=false", "diff.orderFile=/dev/null"),
        *("status.relativePaths=false", "core.precomposeUnicode=true", "diff.external=false"),
    ],
)
def test_no_setting_changes_an_answer(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    commit_files({"sub/Ä 漢.md": "new"}, root, "Umläut")
    with Repository.open(root / "sub") as repository:
        expected = answers(repository)
    name, _, value = setting.partition("=")
    run_git("config", "--file", str(tmp_path / "config"), name, value, cwd=root)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    with Repository.open(root / "sub") as repository:
        assert answers(repository) == expected


def answers(repository: Repository) -> object:
    head = repository.resolve("HEAD")
    return (
        head,
        list(repository.list_tree(head)),
        [(change.path, change.time) for change in repository.latest_changes(head)],
        repository.added_at(head, "b.md"),
        repository.resolve_day(date(2030, 1, 1), ZoneInfo("UTC")),
    )


@pytest.mark.parametrize("when", ["0", "4102444800", "99999999999999", "18446744073709551615", "x"])
def test_a_commit_may_claim_any_time(root: Path, repository: Repository, when: str) -> None:
    commit = commit_at(root, when, "new.md")
    seconds = repository.commit_time(commit)
    assert 0 <= seconds < 253_402_300_800
    assert next(iter(repository.latest_changes(commit))).time == seconds
    assert repository.added_at(commit, "new.md") == seconds


def test_a_shallow_clone_ends_where_it_was_cut(root: Path, tmp_path: Path) -> None:
    commit_files({"a.md": "2"}, root)
    run_git("clone", "-q", "--depth=1", f"file://{root}", str(tmp_path / "clone"), cwd=root)
    with Repository.open(tmp_path / "clone") as repository:
        head = repository.resolve("HEAD")
        assert {change.path for change in repository.latest_changes(head)} == {"a.md", "sub/b.md"}
        assert not repository.continues("0" * 40, head)


# Branches


def test_what_a_branch_has_added(root: Path, repository: Repository) -> None:
    run_git("branch", "same", cwd=root)
    run_git("checkout", "--quiet", "-b", "topic/🚀", cwd=root)
    run_git("mv", "a.md", "moved.md", cwd=root)
    topic = commit_files({"new\n.md": "new", "sub/b.md": "changed"}, root)
    run_git("checkout", "--quiet", "main", cwd=root)
    assert repository.unmerged_branches() == [("topic/🚀", topic)]
    assert paths(repository.added_on(topic)) == ["new\n.md"]
    assert repository.added_at(topic, "new\n.md") is not None
    assert repository.added_at("HEAD", "new\n.md") is None


def test_a_branch_without_common_history(root: Path, repository: Repository) -> None:
    run_git("checkout", "--quiet", "--orphan", "alone", cwd=root)
    alone = commit_files({"new.md": "new"}, root)
    run_git("checkout", "--quiet", "main", cwd=root)
    assert list(repository.added_on(alone)) == []


@pytest.mark.parametrize("count", range(1, 8))
@pytest.mark.parametrize("since", [0, 2])
def test_many_commits_are_read_by_several_processes_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, since: int
) -> None:
    monkeypatch.setattr(commit_history, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(commit_history, "count_cores", lambda: 3)
    root = make_repository({"a": "0"}, tmp_path / "repository")
    known = [run_git("rev-parse", "HEAD", cwd=root).strip()]
    known += [commit_files({"a": str(number)}, root) for number in range(1, since + count)]
    with Repository.open(root) as repository:
        begin = known[since - 1] if since else ""
        assert [each.commit.id for each in repository.log("HEAD", begin)] == known[since:]
