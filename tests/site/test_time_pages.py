"""The calendar and the timeline as pages: what they tell, and to whom."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from support.archive import unpack
from support.git import commit_files, make_repository
from support.site import build, read_site

FILES = unpack("""\
-- plainwork.toml --
[workspace]
name = "Boatyard"
-- workflows/task.md --
---
title: Task
owner: ann
visibility: public
states:
  todo: {category: ready}
  done: {category: done}
transitions:
  finish: {from: todo, to: done}
---
-- workflows/repair.md --
---
title: Repair
owner: ann
visibility: public
states:
  asked: {category: ready, team: yard}
  fixed: {category: done}
transitions:
  fix: {from: asked, to: fixed}
clocks:
  answer: {start: [asked], stop: [fixed], targets: [{within: 3d}]}
---
-- teams/yard.md --
---
name: Yard
lead: ann
members: [bo]
---
-- people/bo.md --
---
name: Bo
---
-- people/cy.md --
---
name: Cy
---
-- agents/drafter.md --
---
name: Drafter
owner: ann
---
-- work/leak.md --
---
title: Leak
workflow: repair
status: asked
visibility: public
assignees: [bo, drafter]
---
-- work/hole.md --
---
title: Hole
workflow: repair
status: asked
visibility: restricted
assignees: [cy]
---
-- workflows/milestone.md --
---
title: Milestone
owner: ann
visibility: public
states:
  open: {category: ready}
  reached: {category: done}
transitions:
  reach: {from: open, to: reached}
---
-- people/ann.md --
---
name: Ann Lee
emails: [ann@example.org]
leave:
  - {from: 2026-03-12, until: 2026-03-13}
---
-- work/keel.md --
---
title: "Keel </title><script>alert(1)</script>"
workflow: task
status: todo
visibility: public
due: 2026-03-10
---
-- work/launch.md --
---
title: Launch
workflow: milestone
status: open
visibility: public
due: 2026-04-20
depends_on: [keel]
---
-- work/secret.md --
---
title: Merger
workflow: milestone
status: open
visibility: restricted
due: 2026-03-10
---
""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mapping[str, bytes]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "2026-02-26T12:00:00+00:00")
        root = make_repository(FILES, tmp_path_factory.mktemp("boatyard") / "ws")

    def read(audience: str) -> Mapping[str, bytes]:
        output: Path = tmp_path_factory.mktemp(audience)
        build(root, output, audience=audience)
        return read_site(output)

    return read


def test_a_month_names_what_is_due_and_who_is_away(
    site: Callable[[str], Mapping[str, bytes]],
) -> None:
    files = site("internal")
    march, april = files["calendar.html"].decode(), files["calendar~2.html"].decode()
    assert "Keel &lt;/title&gt;&lt;script&gt;" in march
    assert "<script>alert" not in march
    assert "Ann Lee" in march
    assert "Launch" not in march
    assert 'href="work/launch.html"' in april
    assert "Merger" not in march
    assert "calendar~7.html" not in files


def test_the_public_is_not_told_who_is_away(site: Callable[[str], Mapping[str, bytes]]) -> None:
    march = site("public")["calendar.html"].decode()
    assert "Keel" in march
    assert "Ann Lee" not in march
    assert "away" not in march


def test_the_timeline_shows_milestones_and_their_days_in_words(
    site: Callable[[str], Mapping[str, bytes]],
) -> None:
    page = site("internal")["timeline.html"].decode()
    assert "◔ Launch" in page
    assert 'href="work/launch.html"' in page
    assert "20 Apr 2026" in page
    assert "Merger" not in page


@pytest.mark.parametrize("address", ["team/yard.html", "person/bo.html", "agent/drafter.html"])
def test_whoever_is_to_keep_a_promise_sees_it(
    site: Callable[[str], Mapping[str, bytes]], address: str
) -> None:
    page = site("public")[address].decode()
    assert '<a href="#promises" class="bad"><b>1</b> promise missed or due soon</a>' in page
    section = page.partition('id="promises"')[2].partition("</section>")[0]
    assert 'href="../work/leak.html"' in section
    assert "1 Mar 2026, 12:00</time></span> missed" in section
    to_do = page.partition('id="do"')[2].partition("</section>")[0]
    assert "Answer until" in to_do


def test_who_promised_nothing_is_not_told_of_promises(
    site: Callable[[str], Mapping[str, bytes]],
) -> None:
    assert b"Hole" in site("restricted")["person/cy.html"]
    assert b'id="promises"' in site("restricted")["person/cy.html"]
    assert b'id="promises"' not in site("public")["person/cy.html"]


@pytest.mark.parametrize("today", [date.min, date.max])
def test_there_is_a_site_on_the_first_day_and_on_the_last(today: date, tmp_path: Path) -> None:
    root = make_repository(FILES, tmp_path / "ws")
    build(root, tmp_path / "site", today=today)
    assert f"{today:%-d}".encode() in read_site(tmp_path / "site")["about.html"]


def test_every_page_that_shows_work_tells_of_its_latest_change(tmp_path: Path) -> None:
    root = make_repository(FILES, tmp_path / "ws")
    commit_files({"work/leak.md": FILES["work/leak.md"] + "Worse.\n"}, root, "See it drip")
    build(root, tmp_path / "site")
    said = {
        address
        for address, data in read_site(tmp_path / "site").items()
        if address.endswith(".html") and b": See it drip (commit" in data
    }
    assert {
        *("index.html", "work.html", "work/leak.html", "people.html", "workflows.html"),
        *("team/yard.html", "team-board/yard.html", "person/bo.html", "agent/drafter.html"),
        *("workflow/repair.html", "workflow-work/repair.html", "promises.html", "calendar.html"),
    } <= said
    assert not said & {"work/keel.html", "person/cy.html", "workflow/task.html", "about.html"}
