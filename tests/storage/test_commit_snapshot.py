"""The workspace as it was: a commit reads like a checkout of it, whatever it holds."""

from pathlib import Path

import pytest

from plainwork.errors import RepositoryError, UsageError
from plainwork.parsing import documents
from plainwork.storage.commit_snapshot import load_moment, load_snapshot_at
from plainwork.storage.workspace import load_snapshot
from support.git import HOSTILE_NAMES, commit_files, run_git
from support.small import contents, make_small_workspace

ITEM = "---\ntitle: T\nworkflow: task\nstatus: todo\n---\nThe body.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_small_workspace(tmp_path / "ws")


def assert_same_as_checkout(workspace: Path, tmp_path: Path, inner: str = "") -> None:
    clone = tmp_path / "clone"
    run_git("clone", "-q", str(workspace), str(clone), cwd=tmp_path)
    then = contents(load_snapshot_at(workspace / inner, "HEAD"))
    now = contents(load_snapshot(clone / inner))
    assert then == now


def test_every_name(workspace: Path, tmp_path: Path) -> None:
    for name in HOSTILE_NAMES:
        (workspace / "work" / name).write_text(ITEM)
        (workspace / "work" / name.removesuffix(".md")).mkdir()
        (workspace / "work" / name.removesuffix(".md") / "inner.md").write_text(ITEM)
    commit_files({}, workspace)
    assert_same_as_checkout(workspace, tmp_path)


def test_what_is_no_document(workspace: Path, tmp_path: Path) -> None:
    texts = {
        "work/README.md": "",
        "work/_draft.md": "",
        "work/.hidden/x.md": ITEM,
        "work/_aside/x.md": ITEM,
        "work/folder.md/x.md": ITEM,
        "work/notes.txt": "",
        "work/README.md.d/x.md": ITEM,
        "elsewhere/x.md": ITEM,
        "works/x.md": ITEM,
        "top.md": ITEM,
    }
    commit_files(texts, workspace)
    (workspace / "work/link.md").symlink_to("a.md")
    (workspace / "work/plain-link").symlink_to("a.md")
    (workspace / "goals").symlink_to("work")
    commit_files({}, workspace)
    assert_same_as_checkout(workspace, tmp_path)
    found = load_snapshot_at(workspace, "HEAD").diagnostics
    assert {entry.location.path for entry in found if entry.rule == "not-a-regular-file"} == {
        *("work/folder.md", "work/link.md"),
    }


def test_a_link_in_place_of_a_folder(workspace: Path, tmp_path: Path) -> None:
    (workspace / "records").rename(workspace / "elsewhere")
    (workspace / "records").symlink_to("elsewhere")
    commit_files({}, workspace)
    assert_same_as_checkout(workspace, tmp_path)
    assert not load_snapshot_at(workspace, "HEAD").records


def test_a_submodule_among_documents(workspace: Path, tmp_path: Path) -> None:
    oid = run_git("rev-parse", "HEAD", cwd=workspace).strip()
    for path in ("work/inner", "work/inner.md"):
        run_git("update-index", "--add", "--cacheinfo", f"160000,{oid},{path}", cwd=workspace)
    run_git("commit", "--quiet", "-m", "Submodule", cwd=workspace)
    found = load_snapshot_at(workspace, "HEAD").diagnostics
    assert [(entry.location.path, entry.message) for entry in found if "regular" in entry.rule] == [
        ("work/inner", "a submodule or another repository inside a folder of documents"),
        ("work/inner.md", "a folder whose name ends in `.md`"),
    ]


def test_the_deepest_folder_decides(workspace: Path, tmp_path: Path) -> None:
    settings = '[folders]\nitems = ["work", "in/requests"]\nrecords = ["work/said", "records"]\n'
    record = "---\nrecord: update\nabout: [a]\nby: ada\nat: 2026-02-02\n---\n"
    texts = {
        "plainwork.toml": settings,
        "work/said/r.md": record,
        "work/said/deep/r2.md": record,
        "work/saids/x.md": ITEM,
        "in/requests/y.md": ITEM,
        "in/other.md": ITEM,
    }
    commit_files(texts, workspace)
    assert_same_as_checkout(workspace, tmp_path)
    snapshot = load_snapshot_at(workspace, "HEAD")
    assert {record.id for record in snapshot.records} == {"r", "r2", "r1"}
    assert {"x", "y"} < {work.id for work in snapshot.works}


@pytest.mark.parametrize(
    "text",
    [b"---\n" + b"[" * 25_000, b"\xff\xfe", b"", b"x" * 3_000_000, ITEM.encode() + b"\0" * 9],
    ids=["deep", "no text", "empty", "3 MB", "zeros"],
)
def test_documents_of_any_kind(workspace: Path, tmp_path: Path, text: bytes) -> None:
    for folder in ("work", "people", "workflows", "records"):
        (workspace / folder / "bad.md").write_bytes(text)
    commit_files({}, workspace)
    assert_same_as_checkout(workspace, tmp_path)


def test_a_workspace_in_a_folder_of_the_repository(workspace: Path, tmp_path: Path) -> None:
    (workspace / "outer").mkdir()
    run_git("mv", "plainwork.toml", "work", "workflows", "people", "outer", cwd=workspace)
    commit_files({}, workspace)
    assert_same_as_checkout(workspace, tmp_path, "outer")
    assert len(load_snapshot_at(workspace / "outer", "HEAD").works) == 3
    with pytest.raises(UsageError, match=r"there was no plainwork\.toml then"):
        load_snapshot_at(workspace / "outer", "HEAD~1")


@pytest.mark.parametrize("text", ["[workspace", '[workspace]\ntimezone = "Mars"\n', "\0", "x" * 9])
def test_settings_that_cannot_be_read(workspace: Path, tmp_path: Path, text: str) -> None:
    commit_files({"plainwork.toml": text}, workspace)
    assert_same_as_checkout(workspace, tmp_path)
    assert load_moment(workspace, "2026-01-05")[1] == 1_767_603_600


def test_a_day_ends_in_the_zone_of_the_workspace(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-01T23:30:00+00:00")
    late = commit_files({"work/late.md": ITEM}, workspace)
    assert load_moment(workspace, "2026-02-01")[0] == late
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-03T00:00:00+00:00")
    commit_files({"plainwork.toml": '[workspace]\ntimezone = "Europe/Berlin"\n'}, workspace)
    assert load_moment(workspace, "2026-02-01")[0] != late
    assert load_moment(workspace, "2026-02-02")[0] == late


def test_what_has_been_parsed_is_not_parsed_again(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = commit_files({f"work/n{number}.md": ITEM for number in range(60)}, workspace)
    commit_files({f"work/n{number}.md": ITEM + "more\n" for number in range(60)}, workspace)
    parsed: list[str] = []
    parse = documents.parse_document

    def counting(path: str, *arguments: object) -> object:
        parsed.append(path)
        return parse(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "parse_document", counting)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})  # other processes would not count

    def count(moment: str = "") -> int:
        parsed.clear()
        load_snapshot_at(workspace, moment) if moment else load_snapshot(workspace)
        return len([path for path in parsed if path.startswith("work/n")])

    assert [count(), count("HEAD"), count(first), count(first), count("HEAD")] == [60, 0, 60, 0, 0]


def test_outside_of_git_there_is_no_past(workspace: Path) -> None:
    (workspace / ".git").rename(workspace / "git")
    with pytest.raises(RepositoryError, match="`git init`"):
        load_snapshot_at(workspace, "HEAD")
