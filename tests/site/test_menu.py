"""The menu leads to what a workspace keeps, and nowhere else."""

import re
from pathlib import Path

import pytest

from support.git import commit_files, make_repository
from support.site import build, read_site

TASK = """\
---
title: Task
owner: ada
visibility: public
states:
  todo: {category: ready}
  done: {category: done}
transitions:
  finish: {from: todo, to: done}
---
"""
FILES = {
    "plainwork.toml": '[workspace]\nname = "Small"\n',
    "workflows/task.md": TASK,
    "workflows/risk.md": TASK.replace("Task", "Risk"),
    "people/ada.md": "---\nname: Ada\n---\n",
}
ALWAYS = [
    *("Needs attention", "Calendar", "Flow", "All work", "Approvals", "People and teams"),
    *("Who is accountable", "Workflows", "Glossary", "About"),
]


def menu(site: Path, page: str = "index.html") -> list[str]:
    text = read_site(site)[page].decode().partition('id="menu"')[2].partition("</nav>")[0]
    assert "<ul>\n</ul>" not in text
    return re.findall(r"<li><a [^>]*>([^<]+)</a>", text)


def risk(visibility: str = "public", status: str = "todo") -> dict[str, str]:
    lines = f"title: Fire\nworkflow: risk\nstatus: {status}\nvisibility: {visibility}"
    return {"work/fire.md": f"---\n{lines}\n---\n"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_repository(FILES, tmp_path / "ws")


def test_what_is_not_kept_has_no_entry(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "site")
    assert menu(tmp_path / "site") == ALWAYS
    assert b"There is no work yet." in read_site(tmp_path / "site")["work.html"]
    for page in ("risks", "decisions", "routines", "portfolio", "timeline", "policies"):
        assert f"{page}.html" in read_site(tmp_path / "site")


def test_the_first_risk_has_one_on_every_page(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "site", base_url="https://acme.example/")
    commit_files(risk(), small, "Warn")
    build(small, tmp_path / "site", base_url="https://acme.example/")
    pages = [name for name in read_site(tmp_path / "site") if name.endswith(".html")]
    assert [page for page in pages if "Risks" not in menu(tmp_path / "site", page)] == []
    commit_files(risk(status="done"), small, "Put it out")  # a closed one is remembered
    build(small, tmp_path / "site", base_url="https://acme.example/")
    assert "Risks" in menu(tmp_path / "site")


@pytest.mark.parametrize(("visibility", "told"), [("public", True), ("restricted", False)])
def test_it_does_not_tell_of_what_is_hidden(
    visibility: str, told: bool, small: Path, tmp_path: Path
) -> None:
    commit_files(risk(visibility), small, "Warn")
    build(small, tmp_path / "site", audience="public")
    assert ("Risks" in menu(tmp_path / "site")) is told


def test_many_people_are_found_by_name(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "site")
    assert b'id="names"' not in read_site(tmp_path / "site")["people.html"]
    names = [f"Person {number:03}" for number in range(70, 0, -1)]
    files = {f"people/p{name[-3:]}.md": f"---\nname: {name}\n---\n" for name in names}
    commit_files(files, small, "Many come")
    build(small, tmp_path / "site")
    page = read_site(tmp_path / "site")["people.html"].decode()
    listed = page.partition('id="names"')[2].partition("</section>")[0]
    assert re.findall(r"<bdi>([^<]+)", listed) == ["Ada", *reversed(names)]
    assert 'href="#names"' in page
    assert 'id="names"' not in read_site(tmp_path / "site")["people~2.html"].decode()
