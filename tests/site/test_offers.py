"""Handoffs that nobody has answered: who is told of them, and when they need attention."""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from plainwork.cli.app import run
from support.desk_history import make_desks
from support.git import commit_files
from support.site import build, read_site

FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)
ACCEPTED = "record: handoff\nabout: [d-two]\nby: cy\nat: 2026-03-06\nanswer: accept\n"

Site = Mapping[str, str]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two teams: the shop has offered a desk to the lab, which has not answered."""
    return make_desks(tmp_path_factory.mktemp("desks") / "ws")


@pytest.fixture(scope="module")
def look(desks: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[date], Site]:
    """Return what returns the site of a day."""
    return lambda today: show(desks, tmp_path_factory.mktemp("site"), today)


def show(root: Path, output: Path, today: date) -> Site:
    build(root, output, today=today)
    return {address: data.decode() for address, data in read_site(output).items()}


def section(page: str, name: str) -> str:
    """Return a section of a page, ``""`` if there is none."""
    return page.partition(f'<section aria-labelledby="{name}">')[2].partition("</section>")[0]


@pytest.mark.parametrize("day", [FRIDAY, MONDAY])
def test_it_stands_where_those_look_who_must_answer(
    day: date, look: Callable[[date], Site]
) -> None:
    site = look(day)
    for address in ("person/cy.html", "team/lab.html"):
        assert "d-two" in section(site[address], "offered"), address
    assert '<a href="#offered" class="fair"><b>1</b> to accept or reject' in site["person/cy.html"]
    for address in ("person/ada.html", "team/shop.html"):
        assert section(site[address], "offered") == "", address
    given = section(site["team/shop.html"], "handoffs").partition("Offered to others")[2]
    assert "d-two" in given
    assert "Offered to others" not in site["team/lab.html"]
    assert "d-two" in site["offers.html"]


@pytest.mark.parametrize(
    ("day", "late"),
    [pytest.param(FRIDAY, False, id="in time"), pytest.param(MONDAY, True, id="late")],
)
def test_it_needs_attention_once_the_answer_is_late(
    day: date, late: bool, look: Callable[[date], Site]
) -> None:
    site = look(day)
    assert ("d-two" in section(site["index.html"], "offers")) is late
    assert ("handed over, not answered" in site["index.html"]) is late
    assert ('class="late"><time' in section(site["team/lab.html"], "offered")) is late
    (row,) = json.loads(site["data/offers.json"])["works"]
    assert (row["offer"]["receiver"], row["offer"]["late"]) == ("lab", late)


@pytest.mark.parametrize(
    ("change", "committed"),
    [
        pytest.param({"records/r2.md": f"---\n{ACCEPTED}---\n"}, False, id="a record"),
        pytest.param({"records/r2.md": f"---\n{ACCEPTED}---\n"}, True, id="a committed record"),
        pytest.param({"work/d-two.md": "sold"}, False, id="the work is done"),
    ],
)
def test_an_answer_ends_it_also_in_what_is_built_again(
    change: dict[str, str], committed: bool, desks: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(desks, tmp_path / "ws")
    assert "d-two" in show(root, tmp_path / "site", MONDAY)["offers.html"]
    text = (root / "work/d-two.md").read_text(encoding="utf-8")
    files = {
        path: text.replace("testing", new) if path.startswith("work/") else new
        for path, new in change.items()
    }
    for path, new in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(new, encoding="utf-8")
    if committed:
        commit_files({}, root, "Answer")
    site = show(root, tmp_path / "site", MONDAY)
    assert "Everything that was handed over has been answered." in site["offers.html"]
    assert section(site["person/cy.html"], "offered") == ""


def test_a_later_commit_offers_more(desks: Path, tmp_path: Path) -> None:
    root = shutil.copytree(desks, tmp_path / "ws")
    assert "d-three" not in section(
        show(root, tmp_path / "site", MONDAY)["team/lab.html"], "offered"
    )
    text = (root / "work/d-three.md").read_text(encoding="utf-8")
    commit_files({"work/d-three.md": text.replace("building", "testing")}, root, "Offer it")
    site = show(root, tmp_path / "site", MONDAY)
    assert "d-three" in section(site["team/lab.html"], "offered")
    assert site == show(root, tmp_path / "afresh", MONDAY)


def test_nobody_knows_of_any_where_history_is_cut_off(desks: Path, tmp_path: Path) -> None:
    files = shutil.ignore_patterns(".git")
    root = shutil.copytree(desks, tmp_path / "ws", ignore=files)
    site = show(root, tmp_path / "site", MONDAY)
    assert (
        "Nobody can tell what was handed over. It is not kept in a Git repository"
        in site["offers.html"]
    )


def test_another_day_changes_what_is_late(desks: Path, tmp_path: Path) -> None:
    root = shutil.copytree(desks, tmp_path / "ws")
    days = [FRIDAY + timedelta(each) for each in (0, 1)]
    before, after = (show(root, tmp_path / "site", day)["index.html"] for day in days)
    assert (section(before, "offers"), "d-two" in section(after, "offers")) == ("", True)


def test_what_the_data_hold_is_published(
    look: Callable[[date], Site], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", "offers"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.validate(json.loads(look(MONDAY)["data/offers.json"]), schema)
