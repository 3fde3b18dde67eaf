"""The first page: what needs attention stands there, and what does not takes no place."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.archive import unpack
from support.git import commit_files, make_repository
from support.site import build, read_site
from support.small import WORKSPACE

SECTIONS = {
    *("overdue", "promises", "approval", "blocked", "at-risk", "unowned", "missed", "limits"),
    "stale",
}


def home(files: Mapping[str, str], path: Path, message: str = "Change") -> str:
    root = make_repository({"plainwork.toml": files["plainwork.toml"]}, path / "ws")
    commit_files(files, root, message)
    build(root, path / "site")
    return read_site(path / "site")["index.html"].decode()


def sections(page: str) -> set[str]:
    return SECTIONS & set(re.findall(r'<h2 id="([a-z-]+)"', page))


@pytest.fixture(autouse=True)
def lately(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commit on the day before the site is made."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-03-01T12:00:00+0000")


@pytest.fixture
def quiet() -> dict[str, str]:
    """Return a workspace in which nothing is late, blocked, unowned, …."""
    files = unpack(WORKSPACE)
    kept = ("plainwork.toml", "workflows/", "people/", "teams/", "projects/", "work/deep")
    return {path: text for path, text in files.items() if path.startswith(kept)}


def test_what_there_is_none_of_takes_no_place(quiet: dict[str, str], tmp_path: Path) -> None:
    page = home(quiet, tmp_path)
    assert sections(page) == set()
    assert "Nothing is late" in page
    assert '<li><a href="overdue.html"><b>0</b> overdue' in page


def test_what_there_is_stands_below_its_number(quiet: dict[str, str], tmp_path: Path) -> None:
    page = home(unpack(WORKSPACE), tmp_path)
    assert sections(page) == {"overdue", "blocked", "at-risk"}
    assert '<li><a href="#overdue" class="bad"><b>1</b> overdue' in page
    assert '<li><a href="unowned.html"><b>0</b> without an owner' in page


def test_a_work_that_a_commit_names_is_not_named_again(
    quiet: dict[str, str], tmp_path: Path
) -> None:
    files = {**quiet, "work/w-1.md": "---\ntitle: Paint\nworkflow: task\nstatus: todo\n---\n"}
    changed = home(files, tmp_path, "Begin W-1.").partition('id="changed"')[2]
    line = changed.partition("Begin")[2].partition("</li>")[0]
    assert [line.count(f">{title}<") for title in ("Paint", "Beta")] == [1, 1]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("overdue.html", "Nothing is overdue.", id="overdue"),
        pytest.param("blocked.html", "Nothing is blocked.", id="blocked"),
        pytest.param("unowned.html", "Somebody answers for everything.", id="unowned"),
        pytest.param("risks.html", "No risk is open.", id="risks"),
        pytest.param("routines.html", "There are no routines.", id="routines"),
        pytest.param("timeline.html", "No project and no milestone has a day.", id="timeline"),
        pytest.param("team/platform.html", "None of the open work has an estimate", id="load"),
    ],
)
def test_a_page_of_nothing_says_so_and_no_more(
    address: str, said: str, quiet: dict[str, str], tmp_path: Path
) -> None:
    home(quiet, tmp_path)
    page = read_site(tmp_path / "site")[address].decode().partition("<main")[2]
    main = page.partition("</main>")[0]
    assert said in main
    assert not re.search(r'class="lead">\s*0 |<svg(?![^>]*aria-labelledby="board)', main)


@pytest.mark.parametrize("audience", ["public", "internal", "restricted"])
def test_work_that_cannot_be_read_is_missed(
    audience: str, quiet: dict[str, str], tmp_path: Path
) -> None:
    """The public is not told: it may be what it must not see."""
    root = make_repository(quiet, tmp_path / "ws")
    build(root, tmp_path / "site", audience=audience)
    whole = read_site(tmp_path / "site")["index.html"].decode()
    (root / "work/torn.md").write_text("---\ntitle: [")
    build(root, tmp_path / "site", audience=audience)
    torn = read_site(tmp_path / "site")["index.html"].decode()
    assert "cannot be read" not in whole
    assert ("1 document cannot be read, and what it says" in torn) == (audience != "public")
    (root / "work/torn.md").unlink()
    build(root, tmp_path / "site", audience=audience)
    assert read_site(tmp_path / "site")["index.html"].decode() == whole


def test_a_workspace_without_work_says_so(quiet: dict[str, str], tmp_path: Path) -> None:
    files = {path: text for path, text in quiet.items() if not path.startswith(("work", "proj"))}
    workflows = {path: text for path, text in quiet.items() if path.startswith("workflows/")}
    page = home({**files, **workflows}, tmp_path)
    assert "There is no work yet." in page
    assert "The same as a table" not in page
