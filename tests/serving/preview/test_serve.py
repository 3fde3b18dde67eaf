"""A served site, from outside: a real process, real saves, real HTTP."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.git import commit_files, run_git
from support.preview import ENVIRONMENT, ServedSite, serve_site
from support.site import read_site
from support.small import make_small_workspace

ALPHA = "work/a.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace to copy whose site has been built once: compiling templates takes longest."""
    root = make_small_workspace(tmp_path_factory.mktemp("built") / "ws")
    done = _run(root, "build", "--output", str(root.parent / "site"))
    assert done.returncode == 1  # the workspace has an error
    return root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Iterator[ServedSite]:
    root = shutil.copytree(built, tmp_path / "ws")
    with serve_site(root, "--audience", "restricted") as served:
        yield served


def _edit(site: ServedSite, old: str, new: str, path: str = ALPHA) -> None:
    text = (site.root / path).read_text(encoding="utf-8")
    assert old in text
    site.save(path, text.replace(old, new))


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plainwork", "site", *arguments],
        cwd=root,
        env={**os.environ, **ENVIRONMENT},
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_save_reaches_the_page_and_the_folder(site: ServedSite) -> None:
    with site.open("/work/a.html") as page:
        _edit(site, "Alpha", "Omega")
        page.wait_for("reload")
    assert "<h1>Omega</h1>" in site.ask("/work/a.html").text
    site.wait_for_line("written")
    assert b"<h1>Omega</h1>" in (site.root / "_site/work/a.html").read_bytes()


def test_a_page_that_does_not_change_is_not_loaded_again(site: ServedSite) -> None:
    with site.open("/person/bob.html") as page, site.open("/work/a.html") as other:
        assert page.next() == ("notice", {"title": "", "lines": []})
        _edit(site, "The body of alpha.", "Another body.")
        other.wait_for("reload")
        site.wait_for_line("written")
        _edit(site, "todo", "no-such-state")
        # It was told of nothing in between.
        assert page.next()[1]["title"].startswith("1 error")


def test_the_folder_has_what_a_build_writes(site: ServedSite, tmp_path: Path) -> None:
    _edit(site, "Alpha", "Omega")
    site.wait_for_line("written")
    assert site.interrupt() == 130
    afresh = tmp_path / "afresh"
    done = _run(site.root, "build", "--audience", "restricted", "--output", str(afresh))
    assert done.returncode == 1  # the workspace has an error
    assert read_site(site.root / "_site") == read_site(afresh)


def test_a_save_with_an_error_keeps_the_site_until_it_is_mended(site: ServedSite) -> None:
    with site.open("/work/a.html") as page:
        page.wait_for("notice")
        _edit(site, "status: todo", "status: no-such-state")
        told = page.wait_for("notice")
        assert told["title"] == "1 error: the site stays as it was until it is mended."
        assert told["lines"][0].startswith("work/a.md:4:9: error: ")
        assert site.wait_for_line("work/a.md:4:9: error: ")
        assert site.wait_for_line("the site stays as it was until it is mended")
        assert "no-such-state" not in site.ask("/work/a.html").text
        _edit(site, "no-such-state", "todo")
        assert page.wait_for("notice") == {"title": "", "lines": []}
        site.wait_for_line("0 files written")


def test_what_is_unreadable_keeps_its_page(site: ServedSite) -> None:
    with site.open("/work/a.html") as page:
        page.wait_for("notice")
        _edit(site, "title: Alpha", "title: [")
        assert page.wait_for("notice")["title"]
        assert "<h1>Alpha</h1>" in site.ask("/work/a.html").text


def test_an_error_that_is_there_already_keeps_nothing(site: ServedSite) -> None:
    _edit(site, "nowhere", "neverwhere", "work/c.md")  # another message is another error
    site.wait_for_line("the site stays")
    _edit(site, "neverwhere", "nowhere", "work/c.md")
    _edit(site, "Gamma", "Delta", "work/c.md")
    site.wait_for_line("written")
    assert "<h1>Delta</h1>" in site.ask("/work/c.html").text


def test_an_error_that_is_committed_is_shown_as_it_will_be_published(site: ServedSite) -> None:
    _edit(site, "status: todo", "status: no-such-state")
    site.wait_for_line("the site stays")
    commit_files({}, site.root, "Anyway")
    site.wait_for_line("written")
    assert site.wait_for_line("the workspace has 3 errors")
    assert "no-such-state" in site.ask("/work/a.html").text


def test_settings_that_are_gone_keep_the_site(site: ServedSite) -> None:
    settings = (site.root / "plainwork.toml").read_text(encoding="utf-8")
    (site.root / "plainwork.toml").unlink()
    site.wait_for_line("it cannot be built")
    assert site.ask("/").status == 200
    site.save("plainwork.toml", settings.replace("Small", "Tall"))
    site.wait_for_line("written")
    assert "Tall" in site.ask("/").text


def test_a_deleted_document_leaves_no_page(site: ServedSite) -> None:
    with site.open("/work/b.html") as page:
        (site.root / "work/deep/b.md").unlink()
        _edit(site, "{on: b, type: SS}", "apollo", "work/c.md")
        page.wait_for("reload")
    assert site.ask("/work/b.html").status == 404
    with site.open("/work/b.html") as missing:
        site.save("work/deep/b.md", "---\ntitle: Back\nworkflow: task\nstatus: doing\n---\n")
        missing.wait_for("reload")
    assert "<h1>Back</h1>" in site.ask("/work/b.html").text


def test_folders_that_come_and_go_are_followed(site: ServedSite) -> None:
    site.save("routines/none.txt", "no document")
    site.save("agents/robot.md", "---\nname: Robot\nowner: ada\n---\n")
    site.wait_for_line("written")
    assert site.ask("/agent/robot.html").status == 200
    shutil.move(site.root / "agents", site.root / "elsewhere")
    site.wait_for_line("written")
    assert site.ask("/agent/robot.html").status == 404
    shutil.move(site.root / "elsewhere", site.root / "agents")
    site.wait_for_line("written")
    _edit(site, "Robot", "Marvin", "agents/robot.md")
    site.wait_for_line("written")
    assert "Marvin" in site.ask("/agent/robot.html").text


def test_a_commit_counts_and_other_files_do_not(site: ServedSite) -> None:
    site.save("notes/elsewhere.txt", "no document")
    site.save("_site/mine.txt", "nobody looks")
    _edit(site, "Alpha", "Omega")
    site.wait_for_line("written")
    commit_files({}, site.root, "Rename alpha")
    site.wait_for_line("written")
    assert "Rename alpha" in site.ask("/work/a.html").text
    run_git("checkout", "-q", "HEAD~1", cwd=site.root)
    site.wait_for_line("written")
    assert "<h1>Alpha</h1>" in site.ask("/work/a.html").text
    assert site.lines_so_far() == []


def test_reading_builds_nothing(site: ServedSite) -> None:
    for _ in range(50):
        (site.root / ALPHA).read_bytes()
    _edit(site, "Alpha", "Omega")
    site.wait_for_line("written")
    assert site.lines_so_far() == []


def test_a_burst_of_writes_gives_few_builds(site: ServedSite) -> None:
    for number in range(1_000):
        site.save(
            f"work/many/n{number % 10}.md",
            f"---\nid: n{number % 10}\ntitle: N {number}\nworkflow: task\nstatus: todo\n---\n",
        )
    builds = 0
    while "<h1>N 999</h1>" not in site.ask("/work/n9.html").text:
        site.wait_for_line("written")
        builds += 1
    assert builds <= 50
    for number in range(10):
        assert f"<h1>N {990 + number}</h1>" in site.ask(f"/work/n{number}.html").text


@pytest.mark.parametrize("folder", ["_site", "work/_site", "public/site"])
def test_its_own_writing_starts_no_build(folder: str, built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built, tmp_path / "ws")
    with serve_site(root, "--audience", "restricted", "--output", folder) as site:
        _edit(site, "Alpha", "Omega")
        site.wait_for_line("written")
        _edit(site, "Omega", "Last")
        site.wait_for_line("written")
        assert site.lines_so_far() == []
        assert b"<h1>Last</h1>" in (root / folder / "work/a.html").read_bytes()


def test_an_audience_sees_what_it_may(tmp_path: Path) -> None:
    root = make_small_workspace(tmp_path / "ws")
    with serve_site(root, "--audience", "public") as site:
        assert site.ask("/project/apollo.html").status == 404
        _edit(site, "restricted", "public", "projects/apollo.md")
        site.wait_for_line("written")
        assert site.ask("/project/apollo.html").status == 200


def test_it_ends_when_it_is_interrupted(site: ServedSite) -> None:
    with site.open("/work/a.html") as page:
        page.wait_for("notice")
        assert site.interrupt() == 130
        assert page.next() == ("", None)
    (line,) = site.lines_so_far()
    assert line == "plainwork: the workspace has 2 errors: `plainwork check` says where\n"


def test_a_port_that_is_taken_is_told_at_once(site: ServedSite) -> None:
    done = _run(site.root, "serve", "--port", str(site.port))
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"port {site.port}: Address already in use; choose another with --port" in done.stderr


def test_it_ends_whenever_it_is_interrupted(built: Path, tmp_path: Path) -> None:
    # Right after a build garbage is collected, and what a destructor raises is thrown away.
    for number in range(4):
        with serve_site(shutil.copytree(built, tmp_path / str(number))) as site:
            site.save("people/cleo.md", "---\nname: Cleo\n---\n")
            site.wait_for_line("written")
            assert site.interrupt() == 130
            assert not any("Traceback" in line for line in site.lines_so_far())
