"""Titles that want to be more than text stay text, in whatever a site is read by."""

import csv
import io
import json
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import icalendar
import pytest

from support.git import commit_files, make_repository
from support.hostile import TITLES, hostile_files
from support.site import build, read_site

_ATOM = "{http://www.w3.org/2005/Atom}"
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = tmp_path_factory.mktemp("hostile")
    root = make_repository({}, folder / "ws")
    commit_files(hostile_files(), root, "<script>alert(1)</script> & ]]>")
    changed = {"work/link.md": hostile_files()["work/link.md"] + "More\n"}
    commit_files(changed, root, "\u202e=1+1")
    build(root, folder / "site")
    return read_site(folder / "site")


def test_no_cell_is_a_formula(site: Mapping[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(site["data/work.csv"].decode(), newline="")))
    titles = {row["id"]: row["title"] for row in rows if row["kind"] == "item"}
    assert titles.pop("formula") == f"'{TITLES['formula']}"
    assert titles == {id_: title for id_, title in TITLES.items() if id_ != "formula"}


def test_no_cell_of_any_table_is_a_formula(site: Mapping[str, bytes]) -> None:
    tables = {name: data.decode() for name, data in site.items() if name.endswith(".csv")}
    assert len(tables) > 30
    formulas = [
        (name, cell)
        for name, text in tables.items()
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
        if cell.startswith(("=", "+", "@", "\t", "\r"))
    ]
    assert formulas == []
    shown = f"'{TITLES['formula']}"
    assert {"data/calendar.csv", "data/workflow-task.csv"} <= {
        name for name, text in tables.items() if shown in text
    }


def test_json_holds_titles_as_they_are(site: Mapping[str, bytes]) -> None:
    works = json.loads(site["data/work.json"])["works"]
    items = {work["id"]: work["title"] for work in works if work["kind"] == "item"}
    assert items == TITLES


@pytest.mark.parametrize("name", ["work", "person-ada"])
def test_atom_is_text_without_characters_that_turn_it(site: Mapping[str, bytes], name: str) -> None:
    data = site[f"feeds/{name}.atom"]
    feed = ET.fromstring(data)  # noqa: S314 - it is our own
    entries = feed.findall(f"{_ATOM}entry")
    subjects = [entry.findtext(f"{_ATOM}title") for entry in entries]
    assert subjects == ["\\u202e=1+1", "<script>alert(1)</script> & ]]>"]
    assert {element.tag.removeprefix(_ATOM) for element in feed.iter()} == {
        *("feed", "id", "title", "updated", "link", "entry", "author", "name", "content")
    }
    assert not set(data.decode()) & set(_TURNS)
    assert len(data) < 10_000


def test_a_calendar_has_one_event_a_title(site: Mapping[str, bytes]) -> None:
    data = site["feeds/work.ics"]
    calendar = icalendar.Calendar.from_ical(data)
    titles = {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert len(titles) == len(TITLES)
    assert {TITLES["comma"], TITLES["end-of-script"], "one\\u2028two\\u2029three"} <= titles
    assert not set(data.decode()) & set(_TURNS)
    assert max(map(len, titles)) == 160


def test_the_index_of_the_search_is_one_statement(site: Mapping[str, bytes]) -> None:
    text = site["data/search.js"].decode()
    start, end = "window.plainworkIndex=", ";\n"
    assert text.startswith(start)
    assert text.endswith(end)
    assert not set(text) & {"<", "\u2028", "\u2029", *_TURNS}
    index = json.loads(text.removeprefix(start).removesuffix(end))
    titles = dict(zip(index["ids"], index["titles"], strict=True))
    assert titles["end-of-script"] == TITLES["end-of-script"]
    assert titles["bidi"] == "turn \\u202e dnuora"
    assert max(map(len, titles.values())) == 160


@pytest.mark.parametrize("id_", TITLES)
def test_a_badge_is_a_picture_and_nothing_else(site: Mapping[str, bytes], id_: str) -> None:
    data = site[f"badges/project-of-{id_}.svg"]
    root = ET.fromstring(data)  # noqa: S314 - it is our own
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "desc", "rect", "text"}
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    assert not set(data.decode()) & set(_TURNS)
    assert len(data) < 3_000
