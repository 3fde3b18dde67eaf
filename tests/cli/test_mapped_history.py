"""The past of a repository that never heard of plainwork, through ``--mapping``."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from plainwork.cli.app import run
from plainwork.flow.events import compute_standings
from plainwork.model.history import History
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables
from plainwork.plans.import_mapping_file import parse_mapping
from plainwork.storage.event_history import load_event_history
from plainwork.storage.mapped_log import find_workflows, make_reading
from plainwork.storage.mappings import find_mapping, load_mapping
from support.git import HOSTILE_NAMES, commit_files, make_repository, run_git


def task(number: int, status: str, *, title: str = "Sweep", more: str = "") -> dict[str, str]:
    text = f"---\nid: task-{number}\ntitle: {title}\nstatus: {status}\n{more}---\n\nThe text\n"
    return {f"backlog/tasks/task-{number} - {title}.md": text}


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Build a repository in which a task is finished and archived, and another is going on."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-02T12:00:00Z")
    files = {**task(1, "To Do"), **task(2, "To Do", title="Wash"), "README.md": "# A program\n"}
    root = make_repository(files, tmp_path / "foreign")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-04T12:00:00Z")
    commit_files({**task(1, "In Progress", more="assignee: ['@ada']\n"), "main.py": ""}, root)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-06T12:00:00Z")
    commit_files(task(1, "Done", more="assignee: ['@ada']\n"), root)
    (root / "backlog/completed").mkdir()
    (old,) = task(1, "Done")
    run_git("mv", old, old.replace("tasks/", "completed/"), cwd=root)
    run_git("commit", "--quiet", "--message", "Archive", cwd=root)
    return root


def read(root: Path, mapping: str = "backlog-md") -> History:
    path = find_mapping(mapping, root)
    found, _ = parse_mapping(str(path), load_mapping(path), {})
    assert found is not None
    return load_event_history(root / found.root, reading=make_reading(found, load_mapping(path)))


def told(history: History) -> list[tuple[str, str, object]]:
    return [
        (event.work, event.category, event.changes.get("status", ("", "the same"))[1])
        for event in history.events
    ]


def test_it_is_told_as_if_it_had_been_kept_here(foreign: Path) -> None:
    assert told(read(foreign)) == [
        ("task-1", "ready", "todo"),
        ("task-2", "ready", "todo"),
        ("task-1", "active", "doing"),
        ("task-1", "done", "done"),
        ("task-1", "done", "the same"),
    ]


def test_it_ends_as_an_import_would_begin(foreign: Path, tmp_path: Path) -> None:
    here = make_repository({}, tmp_path / "here")
    assert run(["-C", str(here), "init", ".", "--template", "minimal"]) == 0
    person = "---\nname: Ada\nemails: [you@example.org]\n---\n"
    commit_files({"people/ada.md": person}, here)
    run_git("config", "user.email", "you@example.org", cwd=here)
    assert run(["-C", str(here), "import", "backlog-md", str(foreign)]) == 0
    path = find_mapping("backlog-md", here)
    mapping, _ = parse_mapping(str(path), load_mapping(path), {})
    assert mapping is not None
    tables = FieldTables(find_workflows(mapping).values())
    imported: dict[str, Mapping[str, Any]] = {}
    for file in (here / "work").glob("task-*.md"):
        document = parse_document(file.name, "work", file.read_bytes(), tables)
        imported[document.id] = {k: v for k, v in document.fields.items() if k != "id"}
    standings = compute_standings(read(foreign).events).values()
    assert len(imported) == 2
    assert imported == {
        each.id: {k: v for k, v in each.values.items() if k not in ("path", "body")}
        for each in standings
    }


def test_it_goes_on_from_what_was_read(foreign: Path) -> None:
    before = read(foreign)
    commit_files(task(2, "Done", title="Wash"), foreign)
    after = read(foreign)
    assert told(after) == [*told(before), ("task-2", "done", "done")]
    cache = next((foreign / ".git/plainwork").rglob("events-*"))
    cache.unlink()
    assert read(foreign) == after


def test_another_mapping_reads_anew(foreign: Path, tmp_path: Path) -> None:
    read(foreign)
    own = tmp_path / "own.toml"
    text = load_mapping(find_mapping("backlog-md", foreign)).decode()
    own.write_text(text.replace('doing = ["In Progress"], ', ""))
    assert ("task-1", "active", "doing") not in told(read(foreign, str(own)))
    assert ("task-1", "active", "doing") in told(read(foreign))


def test_days_begin_in_the_zone_of_the_mapping(
    foreign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.toml"
    text = load_mapping(find_mapping("backlog-md", foreign)).decode()
    for zone, first, known in (("UTC", "02", 0), ("Pacific/Auckland", "03", 2)):
        own.write_text(f'timezone = "{zone}"\n{text}')
        through = ["-C", str(foreign), "--mapping", str(own), "log", "task-2"]
        assert run(through) == 0
        assert f"2026-03-{first}" in capsys.readouterr().out
        assert run([*through, "--at", "2026-03-02"]) == known  # where it already was the third


def test_what_cannot_be_read_is_counted_and_changes_nothing(foreign: Path) -> None:
    (place,) = task(2, "x", title="Wash")
    commit_files({place: "---\nstatus: [\n---\n"}, foreign)
    (foreign / place).unlink()
    (foreign / place).symlink_to("---\nid: task-2\nstatus: Done\n---\n")
    commit_files({}, foreign)
    history = read(foreign)
    assert [(gap.path, gap.reason.value) for gap in history.gaps] == [
        (place.removeprefix("backlog/"), "unreadable")
    ] * 2
    assert compute_standings(history.events)["task-2"].values["status"] == "todo"


def test_names_of_files_are_read_as_they_are(foreign: Path) -> None:
    names = {
        f"backlog/tasks/{name}": f"---\nid: task-{number}\nstatus: Done\n---\n"
        for number, name in enumerate(HOSTILE_NAMES, start=10)
    }
    commit_files(names, foreign)
    history = read(foreign)
    shown = [name for name in HOSTILE_NAMES if name.isprintable()]
    assert len(history.events) == 5 + len(shown)
    assert len(history.gaps) == len(HOSTILE_NAMES) - len(shown)


def test_commands_that_look_back_need_no_workspace(
    foreign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    through = ["-C", str(foreign), "--mapping", "backlog-md"]
    assert run([*through, "log", "task-1"]) == 0
    assert "todo → doing" in capsys.readouterr().out
    assert run([*through, "forecast", "--today", "2026-03-09", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["sample"]["items"], found["sample"]["days"]) == (1, 7)
    assert (found["when"]["items"], found["when"]["open"]) == (1, True)
    assert run([*through, "forecast", "--at", "2026-03-05", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["sample"]["items"] == 0


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        pytest.param(("flow", "--today", "2026-03-09"), "1 finished", id="flow"),
        pytest.param(("friction",), "Friction", id="friction"),
        pytest.param(("handoffs",), "Handoffs", id="handoffs"),
        pytest.param(("reliability",), "Reliability", id="reliability"),
        pytest.param(("export", "csv"), "task-1,status,todo,doing,", id="export"),
    ],
)
def test_every_command_that_looks_back_does(
    foreign: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], expected: str
) -> None:
    assert run(["-C", str(foreign), "--mapping", "backlog-md", *command]) == 0
    assert expected in capsys.readouterr().out


def test_a_shallow_clone_tells_but_does_not_count(
    foreign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", "--depth=1", f"file://{foreign}", str(clone), cwd=tmp_path)
    through = ["-C", str(clone), "--mapping", "backlog-md"]
    assert run([*through, "log"]) == 0
    assert "this clone is shallow" in capsys.readouterr().err
    assert run([*through, "forecast"]) == 2
    assert "git fetch --unshallow" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("mapping", "command", "message"),
    [
        pytest.param("backlog-md", "list", "history only", id="what is there"),
        pytest.param("backlog-md", "set", "history only", id="what writes"),
        pytest.param("nothing", "log", "no mapping `nothing`", id="unknown"),
        pytest.param("README.md", "log", "cannot be followed", id="no mapping"),
        pytest.param("kep", "log", "no commit has files that are work of Kubernetes", id="other"),
    ],
)
def test_what_cannot_be_looked_at_is_said(
    foreign: Path, capsys: pytest.CaptureFixture[str], mapping: str, command: str, message: str
) -> None:
    arguments = ["x", "y=z"] if command == "set" else []
    assert run(["-C", str(foreign), "--mapping", mapping, command, *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_mapping_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--mapping"]) == 2
    assert "--mapping FILE COMMAND" in capsys.readouterr().err
