"""What is mended, and what is left to people."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from plainwork.model.plan import Plan
from plainwork.model.surroundings import Clash
from plainwork.plans.fix import plan_fixes
from plainwork.storage.checking import load_check
from plainwork.storage.workspace import load_snapshot
from support.archive import unpack, write_files

BASE = unpack((Path(__file__).parents[1] / "rules/_workspace.txt").read_text(encoding="utf-8"))
TODAY = date(2026, 3, 2)
GOOD = "---\ntitle: Plan\nworkflow: task\nstatus: todo\n---\n"


def _plan(root: Path, files: Mapping[str, str | bytes], clashes: Sequence[Clash] = ()) -> Plan:
    write_files(BASE, root)
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    snapshot = load_snapshot(root)
    return plan_fixes(
        snapshot,
        load_check(root, snapshot, TODAY),
        lambda path: (root / path).read_bytes(),
        clashes=clashes,
        random=lambda _: 7,
    )


def _after(plan: Plan) -> dict[str, str | None]:
    return {edit.path: edit.after.decode() if edit.after else None for edit in plan.edits}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        pytest.param(
            GOOD.replace("todo", "todo\nlabels: urgent  # now"),
            GOOD.replace("todo", "todo\nlabels: [urgent]  # now"),
            id="lone-value",
        ),
        pytest.param(
            GOOD.replace("todo", "todo\nlabels: 'very urgent'"),
            GOOD.replace("todo", "todo\nlabels: [very urgent]"),
            id="quoted",
        ),
        pytest.param(
            GOOD.replace("todo", "todo\nlinks: {relates: plan, supports: plan}"),
            GOOD.replace("todo", "todo\nlinks: {relates: [plan], supports: [plan]}"),
            id="two-on-a-line",
        ),
        pytest.param(
            "\ufeff" + GOOD.replace("todo", "todo\nlabels: urgent").replace("\n", "\r\n"),
            "\ufeff" + GOOD.replace("todo", "todo\nlabels: [urgent]").replace("\n", "\r\n"),
            id="mark-and-crlf-are-kept",
        ),
    ],
)
def test_a_file_is_mended(text: str, mended: str, tmp_path: Path) -> None:
    assert _after(_plan(tmp_path, {"work/plan.md": text})) == {"work/plan.md": mended}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD, id="fine"),
        pytest.param(f"\ufeff{GOOD}", id="byte-order-mark"),
        pytest.param(GOOD.replace("\n", "\r\n"), id="crlf"),
        pytest.param(GOOD.replace("todo", "doin"), id="misspelt"),
        pytest.param(GOOD.replace("todo", "todo\nlabels: one, or two"), id="one-or-two"),
        pytest.param(GOOD.replace("todo", "todo\nassignees: {who: ada}"), id="map"),
        pytest.param("no front matter\r\n", id="unreadable"),
        pytest.param(b"\xff\xfe\r\n", id="not-utf-8"),
    ],
)
def test_a_file_is_left(text: str | bytes, tmp_path: Path) -> None:
    assert _plan(tmp_path, {"work/plan.md": text}).edits == ()


def test_settings_are_left(tmp_path: Path) -> None:
    settings = '[workspace]\r\nname = "Example"\r\n\r\n[folders]\r\nitems = "work"\r\n'

    assert _plan(tmp_path, {"plainwork.toml": settings}).edits == ()


def _clash(path: str, id_: str, *, kind: str = "work", newer: bool = True) -> Clash:
    return Clash(path, kind, id_, "theirs", "work/van.md", newer)


def test_newer_work_gets_another_id_everywhere(tmp_path: Path) -> None:
    files = {
        "work/w-1-lorry.md": GOOD.replace("title:", "id: w-1  # made\ntitle:"),
        "work/a.md": GOOD.replace(
            "todo", "todo\nparent: W-1\ndepends_on: [{on: w-1, lag: 1d}, w-1]"
        ),
        "work/b.md": GOOD.replace("todo", "todo\nlinks:\n  relates:\n    - w-1\nlabels: [w-1]"),
        "work/c.md": GOOD + "About w-1.\n",
        "records/r.md": "---\nrecord: update\nabout: [w-1, b]\nby: ada\nat: 2026-03-01\n---\n",
        "routines/w.md": "---\ntitle: W\nworkflow: routine\nstatus: active\nstart: 2026-03-01\n"
        "schedule: {rrule: FREQ=WEEKLY}\n"
        "creates: {workflow: task, title: w-1, set: {links: {causes: [w-1]}}}\n---\n",
    }

    plan = _plan(tmp_path, files, [_clash("work/w-1-lorry.md", "w-1")])

    new = "w-77777"
    assert _after(plan) == {
        "work/w-1-lorry.md": None,
        f"work/{new}-lorry.md": files["work/w-1-lorry.md"].replace("w-1", new),
        "work/a.md": files["work/a.md"].replace("W-1", new).replace("w-1", new),
        "work/b.md": files["work/b.md"].replace("    - w-1", f"    - {new}"),
        "records/r.md": files["records/r.md"].replace("w-1", new),
        "routines/w.md": files["routines/w.md"].replace("[w-1]", f"[{new}]"),
    }
    assert plan.notes == ("work/w-1-lorry.md: `w-1` is now `w-77777`; references rewritten: 6",)


def test_a_name_that_people_gave_stays_to_be_seen(tmp_path: Path) -> None:
    plan = _plan(tmp_path, {"work/lorry.md": GOOD}, [_clash("work/lorry.md", "lorry")])

    assert _after(plan) == {"work/lorry.md": None, "work/lorry-77777.md": GOOD}


@pytest.mark.parametrize(
    "clash",
    [
        pytest.param(_clash("work/lorry.md", "lorry", newer=False), id="older"),
        pytest.param(_clash("people/ada.md", "ada", kind="person"), id="person"),
    ],
)
def test_what_is_older_or_known_by_heart_keeps_its_id(clash: Clash, tmp_path: Path) -> None:
    assert _plan(tmp_path, {"work/lorry.md": GOOD}, [clash]).edits == ()
