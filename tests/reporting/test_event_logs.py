"""Event logs hold whatever somebody wrote, and other parsers read it again."""

import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.cases import iterate_cases
from plainwork.flow.object_log import ObjectLog
from plainwork.model.history import Commit, Event, History
from plainwork.reporting.ocel import format_ocel
from plainwork.reporting.xes import format_xes
from support.builders import make_snapshot

SCHEMA = xmlschema.XMLSchema(f"{__file__.rpartition('/')[0]}/schemas/xes.xsd")
XES = "{http://www.xes-standard.org/}"
TEXTS = st.text(min_size=1) | st.text("\x00\x1b\ud800\udcff\ufffe\u2028\r\n\t\"'<>&]", min_size=1)
SNAPSHOT = make_snapshot()


def make_history(title: str, state: str, who: str, team: str) -> History:
    values = {"workflow": "task", "status": state, "title": title, "team": team}
    changes: dict[str, tuple[Any, Any]] = {name: (None, each) for name, each in values.items()}
    changes["path"] = ("", "work/w.md")
    event = Event("w1", 0, 1_000_000, changes, category="ready")
    commit = Commit("c" * 40, (), 1_000_000, author=who, author_email="x@example.org")
    return History(head=commit.id, commits=(commit,), events=(event,))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_xes_is_xml_whatever_it_holds(title: str, state: str, who: str, team: str) -> None:
    history = make_history(title, state, who, team)
    text = "".join(format_xes(title, iterate_cases(history, SNAPSHOT, UTC)))
    data = text.encode("utf-8")
    SCHEMA.validate(data.decode())
    values = [each.attrib["value"] for each in ET.fromstring(data).iter(f"{XES}string")]  # noqa: S314
    for written in (title, state, who, team):
        if written.isprintable():
            assert written in values


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_ocel_is_json_whatever_it_holds(title: str, state: str, who: str, team: str) -> None:
    history = make_history(title, state, who, team)
    cases = tuple(iterate_cases(history, SNAPSHOT, UTC))
    text = "".join(format_ocel(ObjectLog(cases, history, SNAPSHOT, UTC)))
    log = json.loads(text.encode("utf-8"))
    assert [len(log["events"]), log["events"][0]["id"]] == [1, "w1/1"]
    objects = {each["id"] for each in log["objects"]}
    assert {each["objectId"] for each in log["events"][0]["relationships"]} <= objects
    assert datetime.fromisoformat(log["events"][0]["time"]) == datetime.fromtimestamp(10**6, UTC)
