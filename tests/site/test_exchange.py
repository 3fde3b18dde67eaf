"""What other programs read of a site: read back as they would."""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest

from plainwork.cli.schema import OUTPUTS, PUBLISHED
from plainwork.reporting.envelope import json_schema
from support.archive import unpack
from support.git import make_repository
from support.site import build, read_site
from support.small import WORKSPACE

MORE = unpack("""\
-- projects/apollo.md --
---
title: Apollo
workflow: project
status: running
objective: To land
owner: platform
start: 2026-02-01
due: 2026-04-01
---
-- teams/company.md --
---
name: Company
---
-- teams/platform.md --
---
name: Platform
lead: bob
members: [ada]
parent: company
---
-- work/c.md --
---
title: Gamma
workflow: task
status: nowhere
owner: bob
assignees: [ada]
---
""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = tmp_path_factory.mktemp("exchange")
    root = make_repository(unpack(WORKSPACE) | MORE, folder / "ws")
    build(root, folder / "site")
    return read_site(folder / "site")


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        pytest.param("work", {"apollo", "a", "b", "c"}, id="the whole workspace"),
        pytest.param("project-apollo", {"apollo", "a", "b"}, id="a project and its items"),
        pytest.param("team-platform", {"apollo", "a", "b"}, id="what a team owns"),
        pytest.param("team-company", {"apollo", "a", "b"}, id="a team above has it too"),
        pytest.param("person-ada", {"c"}, id="what somebody does"),
        pytest.param(
            "person-bob", {"apollo", "a", "b", "c"}, id="what somebody is accountable for"
        ),
    ],
)
def test_a_list_holds_what_belongs_there(
    site: Mapping[str, bytes], name: str, ids: set[str]
) -> None:
    listed = json.loads(site[f"data/{name}.json"])
    assert listed["schema"] == "plainwork/list/1"
    assert {work["id"] for work in listed["works"]} == ids
    assert listed["count"] == listed["total"] == len(ids)
    rows = read_csv(site[f"data/{name}.csv"])
    assert [row["id"] for row in rows] == [work["id"] for work in listed["works"]]
    assert list(rows[0]) == listed["columns"]


@pytest.mark.parametrize(
    "name", ["overdue", "blocked", "unowned", "stale", "risks", "decisions", "routines"]
)
def test_lists_of_the_menu_are_tables(site: Mapping[str, bytes], name: str) -> None:
    listed = json.loads(site[f"data/{name}.json"])
    assert listed["schema"] == "plainwork/list/1"
    assert listed["count"] == listed["total"] == len(listed["works"])
    rows = read_csv(site[f"data/{name}.csv"])
    assert [row["id"] for row in rows] == [work["id"] for work in listed["works"]]
    page = site[f"{name}.html"].decode()
    shown = re.findall(r'<th scope="row"><a href="(?:work|routine)/([^"]+)\.html"', page)
    assert set(shown) <= {row["id"] for row in rows}


def test_csv_and_json_say_the_same(site: Mapping[str, bytes]) -> None:
    (row,) = (row for row in read_csv(site["data/work.csv"]) if row["id"] == "a")
    (work,) = (work for work in json.loads(site["data/work.json"])["works"] if work["id"] == "a")
    assert (row["title"], row["due"], row["category"]) == ("Alpha", "2026-03-01", "ready")
    assert (work["title"], work["due"], work["category"]) == ("Alpha", "2026-03-01", "ready")


def _json_files(site: Mapping[str, bytes]) -> dict[str, Any]:
    names = [name for name in site if name.startswith("data/") and name.endswith(".json")]
    return {name: json.loads(site[name]) for name in names}


def test_json_keeps_to_the_published_schemas(site: Mapping[str, bytes]) -> None:
    found = _json_files(site)
    assert {"data/portfolio.json", "data/people.json", "data/raci.json"} <= found.keys()
    for value in found.values():
        name = value["schema"].split("/")[1]
        module, class_name = (OUTPUTS | PUBLISHED)[name]
        type_ = getattr(__import__(module, fromlist=[class_name]), class_name)
        jsonschema.validate(value, json_schema(name, type_))


def test_every_table_is_there_in_both_forms(site: Mapping[str, bytes]) -> None:
    tables = {name.removesuffix(".json") for name in _json_files(site)}
    csvs = {name.removesuffix(".csv") for name in site if name.endswith(".csv")}
    assert tables == csvs
    for name in tables:
        header = site[f"{name}.csv"].decode().split("\r\n")[0]
        assert header.startswith(_FIRST), name


_FIRST = ("id,", "person,", "work,", "word,", "day,", "by,", "items,", "promise,", "waits_for,")
"""What the first columns of tables say."""


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("timeline", {"id": "apollo", "last": "2026-04-01"}, id="timeline"),
        pytest.param("calendar", {"day": "2026-04-01", "kind": "due"}, id="calendar"),
        pytest.param("load", {"id": "ada", "week": "2026-03-02", "hours": "0"}, id="load"),
        pytest.param("glossary", {"word": "Doing", "workflow": "task"}, id="glossary"),
        pytest.param("status", {"by": "project", "name": "apollo", "ready": "1"}, id="status"),
        pytest.param("workflow-task", {"id": "a", "status": "todo"}, id="work of a workflow"),
    ],
)
def test_a_table_holds_what_its_page_shows(
    site: Mapping[str, bytes], name: str, found: dict[str, str]
) -> None:
    rows = read_csv(site[f"data/{name}.csv"])
    assert [row for row in rows if found.items() <= row.items()]


def test_a_workflow_has_its_work_and_no_other(site: Mapping[str, bytes]) -> None:
    listed = json.loads(site["data/workflow-task.json"])
    assert [work["id"] for work in listed["works"]] == ["a", "b", "c"]
    assert {row["id"] for row in read_csv(site["data/workflow-project.csv"])} == {"apollo"}


def test_the_portfolio_says_how_projects_stand(site: Mapping[str, bytes]) -> None:
    (row,) = read_csv(site["data/portfolio.csv"])
    assert (row["id"], row["computed"], row["finished"], row["of"]) == (
        "apollo",
        "at-risk",
        "0",
        "2",
    )


def test_badges_say_how_projects_stand_and_how_much_is_open(site: Mapping[str, bytes]) -> None:
    assert b"Apollo: at risk</title>" in site["badges/project-apollo.svg"]
    assert b"Task: 3 open</title>" in site["badges/workflow-task.svg"]


def test_the_index_leads_to_files_of_the_site(site: Mapping[str, bytes]) -> None:
    text = site["data/search.js"].decode()
    index = json.loads(text.removeprefix("window.plainworkIndex=").removesuffix(";\n"))
    columns = ("ids", "titles", "kind", "state", "owner", "folder")
    assert len({len(index[name]) for name in columns}) == 1
    position = index["ids"].index("a")
    told = [index[f"{name}s"][index[name][position]] for name in ("kind", "state", "owner")]
    assert told == ["Task", "Todo", "Platform"]
    for position, id_ in enumerate(index["ids"]):
        folder = index["folders"][index["folder"][position]]
        assert f"{folder}/{index['names'].get(str(position), f'{id_}.html')}" in site
