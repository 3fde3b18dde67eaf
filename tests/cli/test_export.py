"""``plainwork export``, read back by parsers that know nothing of plainwork."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema

from plainwork.cli.app import run
from support.archive import unpack
from support.git import commit_files, make_repository, run_git

HERE = Path(__file__).parent
OFFICE = HERE / "workspaces/office.txt"
SCHEMAS = HERE.parent / "reporting/schemas"
DOCS = "work/ops-7k3q9-write-the-docs.md"
HOSTILE = (
    "=cmd|'/c calc'!A0",
    '"><script>alert(1)</script>',
    "</string>]]><!-- & &amp; -->",
    "bidi \u202e and \ufffe\uffff",
    "{{ 7 * 7 }} ${x} %s",
    "x" * 10_000,
)
NAME = '"><img src=x> & =1+1'
"""Git itself leaves out angle brackets at the ends."""

XES = {"xes": "http://www.xes-standard.org/"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = make_repository(unpack(OFFICE.read_text(encoding="utf-8")), tmp_path / "office")
    for state in ("doing", "done"):
        text = (root / DOCS).read_text(encoding="utf-8")
        before = text.partition("status: ")[2].partition("\n")[0]
        commit_files({DOCS: text.replace(f"status: {before}", f"status: {state}")}, root)
    return root


@pytest.fixture
def hostile(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_AUTHOR_NAME", NAME)
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "stranger@example.org")
    documents = {
        f"work/hostile-{number}.md": (
            f"---\nid: hostile-{number}\ntitle: {json.dumps(title)}\nworkflow: task\n"
            f"status: todo\nowner: greta\nrequester: {json.dumps(title[:99])}\n---\n"
        )
        for number, title in enumerate(HOSTILE)
    }
    commit_files(documents, office)
    (office / "work/hostile-0.md").unlink()
    commit_files({}, office)
    return office


def export(root: Path, form: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["-C", str(root), "export", form, *options]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


def read_traces(text: str) -> dict[str, tuple[dict[str, str], list[dict[str, str]]]]:
    """Return what each trace says of itself and of its events, by its name."""

    def read(element: ET.Element) -> dict[str, str]:
        return {
            each.attrib["key"]: each.attrib["value"] for each in element if "key" in each.attrib
        }

    root = ET.fromstring(text)  # noqa: S314 - it is ours
    traces = {}
    for trace in root.findall("xes:trace", XES):
        own = read(trace)
        traces[own["concept:name"]] = own, [read(each) for each in trace.findall("xes:event", XES)]
    return traces


def test_xes_tells_which_states_work_reached(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, events = read_traces(export(office, "xes", capsys))["ops-7k3q9"]
    assert own["workflow"] == "task"
    assert [event["concept:name"] for event in events] == ["todo", "doing", "done"]
    assert [event["category"] for event in events] == ["ready", "active", "done"]
    commits = run_git("rev-list", "--reverse", "HEAD", cwd=office).split()
    assert [event["commit"] for event in events] == commits
    assert {event["lifecycle:transition"] for event in events} == {"complete"}
    before = read_traces(export(office, "xes", capsys, "--at", "HEAD~1"))["ops-7k3q9"]
    assert len(before[1]) == 2


def test_xes_is_valid_whatever_stands_in_it(
    hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = export(hostile, "xes", capsys)
    xmlschema.XMLSchema(SCHEMAS / "xes.xsd").validate(text)
    traces = read_traces(text)
    titles = [traces[f"hostile-{number}"][0]["title"] for number in range(len(HOSTILE))]
    shown = [each.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff") for each in HOSTILE]
    assert titles == shown
    last = traces["hostile-0"][1][-1]
    assert (last["concept:name"], last["category"]) == ("deleted", "dropped")
    assert last["org:resource"] == NAME.replace("<", "").replace(">", "").strip('"')


def test_what_the_log_declares_every_event_has(
    hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ET.fromstring(export(hostile, "xes", capsys))  # noqa: S314 - it is ours
    prefixes = {each.attrib["prefix"] for each in root.findall("xes:extension", XES)}
    traces = read_traces(ET.tostring(root, encoding="unicode"))
    declared = {
        scope.attrib["scope"]: {each.attrib["key"] for each in scope}
        for scope in root.findall("xes:global", XES)
    }
    for own, events in traces.values():
        assert declared["trace"] <= own.keys()
        for event in events:
            assert declared["event"] <= event.keys()
            used = {key.partition(":")[0] for key in event if ":" in key}
            assert used <= prefixes


def test_ocel_is_valid_and_whole(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(export(hostile, "ocel", capsys))
    schema = json.loads((SCHEMAS / "ocel.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema, format_checker=jsonschema.FormatChecker())
    objects = {each["id"]: each for each in log["objects"]}
    assert len(objects) == len(log["objects"])
    assert len({each["id"] for each in log["events"]}) == len(log["events"])
    for kind in ("event", "object"):
        declared = {
            each["name"]: {attribute["name"] for attribute in each["attributes"]}
            for each in log[f"{kind}Types"]
        }
        for each in log[f"{kind}s"]:
            assert {one["name"] for one in each["attributes"]} <= declared[each["type"]]
            assert {one["objectId"] for one in each["relationships"]} <= objects.keys()


def test_ocel_tells_who_and_what_belongs_together(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = (
        "---\nid: ops-second\ntitle: Second\nworkflow: task\nstatus: todo\nowner: greta\n"
        "parent: ops-7k3q9\ndepends_on: [{on: ops-7k3q9}]\nteam: nowhere\nassignees: [greta, Zoe]\n"
        "---\n"
    )
    commit_files({"work/ops-second.md": second}, office)
    log = json.loads(export(office, "ocel", capsys))
    found = next(each for each in log["objects"] if each["id"] == "ops-second")
    assert {(each["qualifier"], each["objectId"]) for each in found["relationships"]} == {
        ("parent", "ops-7k3q9"),
        ("depends_on", "ops-7k3q9"),
        ("owner", "person/greta"),
        ("assignees", "person/greta"),
        ("assignees", "party/Zoe"),
        ("team", "party/nowhere"),
    }
    docs = next(each for each in log["objects"] if each["id"] == "ops-7k3q9")
    states = [each["value"] for each in docs["attributes"] if each["name"] == "status"]
    assert states == ["todo", "doing", "done"]
    event = next(each for each in log["events"] if each["id"] == "ops-second/1")
    assert ("work", "ops-second") in {
        (each["qualifier"], each["objectId"]) for each in event["relationships"]
    }


def test_csv_and_json_tell_the_same(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(export(hostile, "csv", capsys), newline="")))
    text = export(hostile, "json", capsys)
    found: dict[str, Any] = json.loads(text)
    assert len(rows) == len(found["events"])
    for row, event in zip(rows, found["events"], strict=True):
        assert (row["work"], row["field"]) == (event["work"], event["field"])
        assert datetime.fromisoformat(row["time"]) == datetime.fromisoformat(event["time"])
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t" and cell]
    assert run(["schema", "export"]) == 0
    jsonschema.validate(found, json.loads(capsys.readouterr().out))


def test_events_are_those_of_the_definition(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = json.loads(export(office, "json", capsys))["events"]
    moves = [
        (each["old"], each["new"], each["category"])
        for each in events
        if each["work"] == "ops-7k3q9" and each["field"] == "status"
    ]
    assert moves == [
        (None, "todo", "ready"),
        ("todo", "doing", "active"),
        ("doing", "done", "done"),
    ]


def test_what_cannot_be_exported_is_said(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(office), "export", "xml"]) == 2
    assert "no format `xml`; there are xes, ocel, csv, json" in capsys.readouterr().err
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{office}", str(clone), cwd=tmp_path)
    assert run(["-C", str(clone), "export", "xes"]) == 2
    assert "git fetch --unshallow" in capsys.readouterr().err
