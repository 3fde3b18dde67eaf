"""The calendar and the timeline as pages: what they tell, and to whom."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from support.archive import unpack
from support.git import make_repository
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
