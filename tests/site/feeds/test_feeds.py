"""Feeds and calendars, read back by parsers that are not ours."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import icalendar
import pytest

from support.archive import unpack, write
from support.git import commit_files, make_repository, run_git
from support.site import TODAY, build, read_site
from support.small import WORKSPACE

MORE = unpack("""\
-- workflows/routine.md --
---
title: Routine
kind: routine
owner: ada
states:
  active: {category: active}
---
-- workflows/milestone.md --
---
title: Milestone
owner: ada
states:
  planned: {category: ready}
---
-- work/landing.md --
---
title: "Landing, at last; or not"
workflow: milestone
status: planned
project: apollo
due: 2026-06-30
---
-- work/over.md --
---
title: Over
workflow: task
status: done
due: 2026-06-30
---
-- routines/weekly.md --
---
title: Weekly
workflow: routine
status: active
start: 2026-01-05
schedule: {rrule: "FREQ=WEEKLY", mode: fixed, on_miss: skip}
creates: {workflow: task, title: T}
---
""")
BASE = "https://acme.example/work"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(unpack(WORKSPACE) | MORE, tmp_path / "ws")


def build_files(root: Path, **options: Any) -> Mapping[str, bytes]:
    output = root.parent / "site"
    build(root, output, **options)
    return read_site(output)


def read_atom(data: bytes) -> Any:
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def read_events(data: bytes) -> dict[str, list[Any]]:
    (calendar,) = icalendar.Calendar.from_ical(data, multiple=True)
    found: dict[str, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        found.setdefault(str(event["SUMMARY"]), []).append(event)
    return found


def test_a_feed_tells_commits(root: Path) -> None:
    commit_files({"work/a.md": unpack(WORKSPACE)["work/a.md"] + "More.\n"}, root, "Tell more")
    feed = read_atom(build_files(root, base_url=BASE)["feeds/work.atom"])
    assert [entry.title for entry in feed.entries] == ["Tell more", "Start"]
    first = feed.entries[0]
    assert (first.author, first.link) == ("Ada", f"{BASE}/work/a.html")
    assert first.content[0].value == "Alpha"
    assert first.updated == feed.feed.updated == "2026-01-05T09:00:00Z"
    assert {link.href for link in feed.feed.links} == {
        f"{BASE}/feeds/work.atom",
        f"{BASE}/index.html",
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("person-bob", ["Tell more", "Start"], id="whoever owns it"),
        pytest.param("person-ada", ["Start"], id="not somebody else"),
        pytest.param("project-apollo", ["Start"], id="not a project that it is not of"),
        pytest.param("team-platform", ["Start"], id="not a team that is not responsible"),
    ],
)
def test_a_feed_is_about_a_part(root: Path, name: str, told: list[str]) -> None:
    commit_files({"work/c.md": unpack(WORKSPACE)["work/c.md"] + "More.\n"}, root, "Tell more")
    feed = read_atom(build_files(root)[f"feeds/{name}.atom"])
    assert [entry.title for entry in feed.entries] == told


def test_a_feed_knows_its_entries_again(root: Path) -> None:
    before = build_files(root)
    commit_files({"work/a.md": unpack(WORKSPACE)["work/a.md"] + "More.\n"}, root, "Tell more")
    after = build_files(root, today=TODAY + timedelta(1))
    old, new = (read_atom(files["feeds/work.atom"]) for files in (before, after))
    assert old.feed.id == new.feed.id
    assert old.entries[0].id == new.entries[1].id != new.entries[0].id
    of_project = read_atom(after["feeds/project-apollo.atom"])
    assert of_project.feed.id != new.feed.id
    assert of_project.entries[0].id == new.entries[0].id


def test_without_commits_a_feed_is_empty(tmp_path: Path) -> None:
    write(WORKSPACE, tmp_path / "ws")
    feed = read_atom(build_files(tmp_path / "ws")["feeds/work.atom"])
    assert feed.entries == []


def test_a_calendar_has_what_is_due(root: Path) -> None:
    events = read_events(build_files(root, base_url=BASE)["feeds/work.ics"])
    assert events.keys() == {"Alpha", "Landing, at last; or not", "Weekly"}
    (alpha,) = events["Alpha"]
    assert alpha.start == date(2026, 3, 1)
    assert alpha.duration == timedelta(1)
    assert str(alpha["URL"]) == f"{BASE}/work/a.html"
    assert alpha.DTSTAMP.isoformat() == "2026-01-05T09:00:00+00:00"
    (landing,) = events["Landing, at last; or not"]
    assert landing.categories == ["Milestone"]


def test_a_routine_recurs_for_half_a_year(root: Path) -> None:
    files = build_files(root)
    times = [event.start for event in read_events(files["feeds/routines.ics"])["Weekly"]]
    assert times[:2] == [date(2026, 3, 2), date(2026, 3, 9)]
    assert times[-1] == date(2026, 8, 31)
    assert len(times) == 27
    assert "Weekly" in read_events(files["feeds/person-ada.ics"])
    assert "Weekly" not in read_events(files["feeds/project-apollo.ics"])


def test_work_that_is_put_off_stays_the_same_event(root: Path) -> None:
    (before,) = read_events(build_files(root)["feeds/work.ics"])["Alpha"]
    text = unpack(WORKSPACE)["work/a.md"].replace("due: 2026-03-01", "due: 2026-03-20")
    commit_files({"work/a.md": text}, root, "Put off")
    (after,) = read_events(build_files(root)["feeds/work.ics"])["Alpha"]
    assert before["UID"] == after["UID"]
    assert (before.start.day, after.start.day) == (1, 20)


def test_nothing_tells_when_it_was_built(root: Path) -> None:
    before = build_files(root)
    run_git("commit", "--quiet", "--allow-empty", "--message", "Nothing", cwd=root)
    after = build_files(root, today=TODAY + timedelta(7))
    feeds = [name for name in before if name.startswith("feeds/")]
    assert len(feeds) == 2 * 5 + 1
    assert [name for name in feeds if before[name] != after[name]] == []


def test_lines_are_folded_between_characters(root: Path) -> None:
    text = f"---\ntitle: {'ä漢🚀' * 60}\nworkflow: task\nstatus: todo\ndue: 2026-04-01\n---\n"
    commit_files({"work/long.md": text}, root)
    data = build_files(root)["feeds/work.ics"]
    lines = data.split(b"\r\n")
    assert 70 < max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()
    assert any(title.startswith("ä漢🚀" * 50) for title in read_events(data))
