"""Pages lead to the same as data, and these are there."""

from pathlib import Path

import pytest

from plainwork.site.other_forms import find_other_forms
from support.archive import unpack
from support.git import make_repository
from support.site import build, read_site
from support.small import WORKSPACE


@pytest.mark.parametrize(
    ("address", "found"),
    [
        pytest.param("about.html", [], id="no list"),
        pytest.param("work/a.html", [], id="no list either: a work"),
        pytest.param("portfolio.html", ["data/portfolio.csv", "data/portfolio.json"], id="a table"),
        pytest.param("risks~2.html", ["data/risks.csv", "data/risks.json"], id="a further page"),
        pytest.param(
            "teams~2.html", ["data/teams.csv", "data/teams.json"], id="what has a part elsewhere"
        ),
        pytest.param(
            "people.html",
            [
                f"data/{name}.{form}"
                for name in ("owners", "teams", "people", "load")
                for form in ("csv", "json")
            ],
            id="several tables",
        ),
        pytest.param(
            "workflow/task.html",
            ["data/workflow-task.csv", "data/workflow-task.json", "badges/workflow-task.svg"],
            id="a badge",
        ),
        pytest.param(
            "team-board/ada.html", ["data/team-ada.csv", "data/team-ada.json"], id="a board"
        ),
        pytest.param(
            "workflow-overdue/task~3.html",
            ["data/workflow-task.csv", "data/workflow-task.json"],
            id="a further page of a part of a list",
        ),
        pytest.param("flow/task.html", ["data/flow.csv", "data/flow.json"], id="flow"),
        pytest.param(
            "project-work/~0a.html", ["data/work.csv", "data/work.json"], id="work of no project"
        ),
        pytest.param(
            "team/ada.html",
            [
                *("data/team-ada.csv", "data/team-ada.json"),
                *("feeds/team-ada.atom", "feeds/team-ada.ics"),
            ],
            id="a party",
        ),
        pytest.param("project/~0a.html", [], id="an id that may be taken"),
    ],
)
def test_forms_follow_from_the_address(address: str, found: list[str]) -> None:
    assert [form.address for form in find_other_forms(address)] == found


def test_whatever_a_page_leads_to_is_there(tmp_path: Path) -> None:
    twice = {
        "projects/again.md": "---\nid: apollo\ntitle: T\nworkflow: project\nstatus: running\n---\n"
    }
    root = make_repository(unpack(WORKSPACE) | twice, tmp_path / "ws")
    build(root, tmp_path / "site")
    site = read_site(tmp_path / "site")
    leads = {form.address for page in site for form in find_other_forms(page)}
    assert {"data/work.csv", "feeds/project-apollo.ics", "feeds/routines.ics"} <= leads
    assert leads <= site.keys()
    for form in find_other_forms("project/apollo.html"):
        assert f'href="../{form.address}"'.encode() in site["project/apollo.html"]


@pytest.mark.parametrize(("audience", "hides"), [("public", False), ("internal", True)])
def test_search_engines_stay_away_from_what_is_not_public(
    tmp_path: Path, audience: str, hides: bool
) -> None:
    root = make_repository(unpack(WORKSPACE), tmp_path / "ws")
    build(root, tmp_path / "site", audience=audience)
    site = read_site(tmp_path / "site")
    assert (b'content="noindex"' in site["index.html"]) is hides
    assert (b"Disallow: /\n" in site["robots.txt"]) is hides


def test_a_project_without_work_leads_to_none(tmp_path: Path) -> None:
    lonely = "---\ntitle: Lonely\nworkflow: project\nstatus: running\nobjective: To wait\n---\n"
    root = make_repository(unpack(WORKSPACE) | {"projects/lonely.md": lonely}, tmp_path / "ws")
    build(root, tmp_path / "site")
    site = read_site(tmp_path / "site")
    assert b"No work is open." in site["project/lonely.html"]
    assert [page for page, data in site.items() if b'href="#"' in data] == []
