"""The pages of the demo: what they answer, where they lead, and what they never hold."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import feedparser  # type: ignore[import-untyped]
import icalendar
import jsonschema
import pytest

from plainwork.cli.app import run
from plainwork.cli.schema import OUTPUTS, PUBLISHED
from plainwork.reporting.envelope import json_schema
from plainwork.site.menu import MENU
from plainwork.site.other_forms import find_other_forms
from support.site import build, read_site

TODAY = date(2026, 11, 23)


_LATE_NUMBER = re.compile(r'<a[^>]* href="([^"#]*-overdue/[^"]*)"[^>]*>(?:<b>)?(\d+)')


class Reading(HTMLParser):
    """What a page says and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.late_numbers = _LATE_NUMBER.findall(html)
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = tmp_path_factory.mktemp("demo-site")
    assert run(["demo", str(folder / "demo"), "--today", TODAY.isoformat()]) == 0
    build(folder / "demo", folder / "site", today=TODAY)
    return read_site(folder / "site")


@pytest.fixture(scope="module")
def pages(site: Mapping[str, bytes]) -> Mapping[str, Reading]:
    return {
        address: Reading(data.decode())
        for address, data in site.items()
        if address.endswith(".html")
    }


def _followed(address: str, reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield (file, fragment) of every link of a page that stays on the site."""
    for link in reading.links:
        if not re.match(r"[a-z]+:", link):
            path, _, fragment = unquote(link).partition("#")
            yield normpath(join(dirname(address), path)) if path else address, fragment


def test_every_link_leads_to_something(pages: Mapping[str, Reading]) -> None:
    lost = [
        f"{address}: {target}#{fragment}"
        for address, reading in pages.items()
        for target, fragment in _followed(address, reading)
        if target.endswith(".html")
        and (target not in pages or (fragment and fragment not in pages[target].ids))
    ]
    assert lost == []


def test_ids_are_given_once(pages: Mapping[str, Reading]) -> None:
    twice = [address for address, page in pages.items() if len(page.ids) != len(set(page.ids))]
    assert twice == []


def test_every_page_can_be_reached_from_the_menu(pages: Mapping[str, Reading]) -> None:
    reached, waiting = set(), {entry.address for group in MENU for entry in group.entries}
    while waiting:
        address = waiting.pop()
        if address in pages and address not in reached:
            reached.add(address)
            waiting |= {target for target, _ in _followed(address, pages[address])}
    assert sorted(pages.keys() - reached) == []


def test_nothing_needs_what_the_policy_forbids(pages: Mapping[str, Reading]) -> None:
    for address, page in pages.items():
        assert "style" not in page.attributes, address
        assert "style" not in page.tags, address
        assert not {name for name in page.attributes if name.startswith("on")}, address


def test_every_page_but_the_first_says_the_way_to_it_and_its_last_change(
    pages: Mapping[str, Reading],
) -> None:
    lost = [
        address
        for address, page in pages.items()
        if ("Home" in page.text) == (address == "index.html")
    ]
    assert lost == []
    unsaid = {address for address, page in pages.items() if "Last changed on" not in page.text}
    assert unsaid == {"about.html"}  # it tells of the last commit of all
    uneditable = [
        address
        for address, page in pages.items()
        if not any("/edit/" in link or "/tree/" in link for link in page.links)
    ]
    assert uneditable == ["about.html"]


def test_every_page_says_in_a_line_what_it_is_about(site: Mapping[str, bytes]) -> None:
    said = re.compile(rb'<meta name="description" content="([^"<>]{15,250})">')
    pages = {address for address in site if address.endswith(".html")}
    assert {address for address in pages if len(said.findall(site[address])) != 1} == set()
    (line,) = said.findall(site["work/nl-h7s4t.html"])
    assert line == b"Task, Doing; answered for by Ines Kaya"


def test_what_is_overdue_is_listed_where_its_number_leads(pages: Mapping[str, Reading]) -> None:
    counted = 0
    for address, page in pages.items():
        for target, number in page.late_numbers:
            place = normpath(join(dirname(address), target))
            assert "-overdue/" in place, address
            assert pages[place].tags.count("tr") - 1 == int(number), (address, place)
            counted += 1
    assert counted > 20


@pytest.mark.parametrize(
    ("address", "words"),
    [
        pytest.param(
            "index.html",
            ["Order Antenna samples", "31 days", "The maker answers neither mail nor telephone"],
            id="what is late, and why",
        ),
        pytest.param(
            "index.html", ["Fork-lift", "Who can approve", "Ole Brandt"], id="who must act"
        ),
        pytest.param(
            "index.html", ["Changed this week", "Ask for an exception"], id="what changed"
        ),
        pytest.param(
            "index.html",
            [
                "2 promises missed",
                "Ten stations for the university",
                "Delivery within 20 working days",
            ],
            id="promises",
        ),
        pytest.param(
            "promises.html", ["3 open works", "13 Nov 2026, 11:58 missed"], id="missed promises"
        ),
        pytest.param(
            "work/nl-s8e8v.html",
            [
                "First answer until 23 Nov 2026, 09:45 within 5 working days",
                "Resolution until 22 Dec",
            ],
            id="until when",
        ),
        pytest.param(
            "work/nl-s7f6n.html",
            ["Resolution stands still, with 27 working days left", "First answer met"],
            id="a promise that stands still",
        ),
        pytest.param(
            "overdue.html", ["Power is on", "Waits for Power and compressed air"], id="late"
        ),
        pytest.param("approvals.html", ["Export control", "Greta Holm"], id="approvals"),
        pytest.param(
            "approvals.html",
            [
                "Approve: Ole Brandt ; and Finn Petersen or Ruth Meyer ; and 2 of Greta Holm",
                "Refuse: Finn Petersen or Ruth Meyer",
                "Publish Clara Weiss ; and Greta Holm and Ines Kaya",
            ],
            id="each decision, and nobody twice",
        ),
        pytest.param(
            "portfolio.html",
            ["Weather station for harbours", "off track", "at risk"],
            id="portfolio",
        ),
        pytest.param(
            "project/harbour.html",
            ["Stakeholders", "Salt gets into the enclosure", "Certified", "180,000 EUR"],
            id="project",
        ),
        pytest.param("people.html", ["Who answers for what", "Lena Vogt"], id="accountable"),
        pytest.param(
            "person/lena.html", ["To do next", "Salt spray test", "Waits for"], id="person"
        ),
        pytest.param(
            "team/workshop.html",
            ["Building over the limit Customer order 4 3", "Handed on to others Three stations"],
            id="team",
        ),
        pytest.param("team/operations.html", ["Workshop 15 9 1 2", "Support 7 3 2 0"], id="below"),
        pytest.param(
            "agent/reply-drafter.html",
            ["Its sponsor is Sara Lindqvist", "What it made"],
            id="agent",
        ),
        pytest.param(
            "work/nl-8r5tw.html",
            ["Hubwerk Kiel", "What can happen next", "approval of Ole Brandt", "History"],
            id="work",
        ),
        pytest.param(
            "work/nl-8r5tw.html",
            ["Team Finance from the state In review", "from the project Move to the new workshop"],
            id="what a workflow gives a work",
        ),
        pytest.param("index.html", ["Newsletter", "1 time, since 2 Nov 2026"], id="missed"),
        pytest.param("routines.html", ["the 1st of every month", "Missed"], id="routines"),
        pytest.param(
            "workflow/purchase.html",
            ["Owned by Chief financial officer", "In review", "with the consent of 2 of Board"],
            id="workflow",
        ),
        pytest.param(
            "workflow-work/purchase.html", ["Fork-lift", "All work: Purchase request"], id="states"
        ),
        pytest.param("risks.html", ["The grid operator is late", "high"], id="risks"),
        pytest.param("decisions.html", ["The station speaks LoRa", "Superseded"], id="decisions"),
        pytest.param("policies.html", ["no approval, on purpose"], id="policies"),
        pytest.param("policy/legal-tests.html", ["What it asks for", "Exceptions"], id="policy"),
        pytest.param("raci.html", ["Accountable", "Salt spray test", "Ines Kaya"], id="raci"),
        pytest.param("glossary.html", ["Calibration", "state of Customer order"], id="glossary"),
        pytest.param(
            "about.html",
            ["Made by plainwork", "Nothing: whoever reads this site may see everything"],
            id="about",
        ),
        pytest.param(
            "team-board/hardware.html", ["Salt spray test", "The same as a list"], id="board"
        ),
    ],
)
def test_pages_answer(pages: Mapping[str, Reading], address: str, words: list[str]) -> None:
    text = pages[address].text
    assert [each for each in words if each not in text] == []


def test_pages_of_items_tell_dates_not_ages(pages: Mapping[str, Reading]) -> None:
    items = {address: page for address, page in pages.items() if address.startswith("work/")}
    assert items
    for address, page in items.items():
        assert not re.search(r"\d days? (late|ago)", page.text), address


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        pytest.param("flow", lambda found: found["finished"], id="items"),
        pytest.param(
            "friction",
            lambda found: [
                case
                for by in ("states", "teams", "approvers", "blockers")
                for row in found[by]
                for case in row["cases"]
            ],
            id="waits",
        ),
        pytest.param("handoffs", lambda found: found["handoffs"], id="handoffs"),
        pytest.param("promises", lambda found: found["works"], id="promises"),
        pytest.param(
            "reliability",
            lambda found: [
                *(duty for row in found["routines"] for duty in row["duties"]),
                *(run for row in found["clocks"] for run in row["runs"]),
            ],
            id="reliability",
        ),
        pytest.param("forecast", lambda found: found["when"]["answers"], id="forecast"),
    ],
)
def test_tables_hold_every_case(
    site: Mapping[str, bytes], name: str, cases: Callable[[Any], list[Any]]
) -> None:
    found = json.loads(site[f"data/{name}.json"])
    module, class_name = (OUTPUTS | PUBLISHED)[name]
    type_ = getattr(import_module(module), class_name)
    jsonschema.validate(found, json_schema(name, type_))
    rows = list(csv.DictReader(io.StringIO(site[f"data/{name}.csv"].decode(), newline="")))
    assert len(rows) == len(cases(found)) > 2
    empty = {column for column in rows[0] if not any(row[column] for row in rows)}
    assert empty <= {"project"}  # what is promised belongs to no project


def test_every_table_is_data_too(site: Mapping[str, bytes]) -> None:
    # Pages of single works and of single rules, and what tells of the site itself, are no lists.
    alone = ("work/", "routine/", "policy/", "about")
    lists = {
        page for page, data in site.items() if b"<table" in data and not page.startswith(alone)
    }
    assert {"index.html", "flow.html", "promises.html", "team/support.html"} <= lists
    forms = {page: {form.address for form in find_other_forms(page)} for page in lists}
    without = {
        page
        for page, found in forms.items()
        if not {".csv", "json"} <= {address[-4:] for address in found} or not found <= site.keys()
    }
    assert without == set()


def test_every_feed_and_calendar_is_read_by_others(site: Mapping[str, bytes]) -> None:
    parties = [page for page in site if page.startswith(("person/", "team/", "agent/"))]
    atoms = {name: data for name, data in site.items() if name.endswith(".atom")}
    calendars = {name: data for name, data in site.items() if name.endswith(".ics")}
    # Of the whole workspace, two projects and every party; and one of the routines.
    assert len(atoms) == len(parties) + 3 > 20
    assert calendars.keys() == {
        "feeds/routines.ics",
        *(name.replace(".atom", ".ics") for name in atoms),
    }
    entries = 0
    for name, data in atoms.items():
        feed = feedparser.parse(data)
        assert not feed.bozo, name
        assert feed.feed.id, name
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), name
        entries += len(feed.entries)
    events = 0
    for name, data in calendars.items():
        (calendar,) = icalendar.Calendar.from_ical(data, multiple=True)
        found = calendar.walk("VEVENT")
        assert [event.errors for event in found if event.errors] == [], name
        starts = {(str(event["UID"]), event.decoded("DTSTART")) for event in found}
        assert len(starts) == len(found), name
        events += len(found)
    assert entries > 200
    assert events > 200


def test_style_sheets_are_small() -> None:
    folder = Path(__file__).parents[2] / "site" / "assets"
    assert sum(len(file.read_bytes()) for file in folder.glob("*.css")) <= 20_000
