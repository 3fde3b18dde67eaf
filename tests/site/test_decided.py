"""Approvals of the past: whether they kept the rules, and what the repository alone can prove."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from plainwork.cli.app import run
from plainwork.storage.notes import NOTES
from support.desk_history import make_desks
from support.gated import Gated
from support.git import run_git
from support.site import build, read_site

TODAY = date(2026, 6, 2)
GLUE = "work/w-glue.md"

Row = tuple[str, str, str, str]


@pytest.fixture
def gated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gated]:
    found = Gated(tmp_path, monkeypatch)
    with found.forge.serve() as address:
        found.open(address)
        yield found


def order(gated: Gated, *approved_by: str, keep: bool = True, method: str = "merge") -> None:
    """Order the lathe as whoever is named has agreed, and keep what was decided."""
    number = gated.order()
    gated.approve(number, *approved_by)
    gated.forge.merge(number, "ada", method)
    run_git("pull", "--quiet", "--ff-only", cwd=gated.clone)
    if keep:
        run(["audit", "--keep", "HEAD"])


def show(root: Path, output: Path, audience: str = "restricted") -> Mapping[str, bytes]:
    build(root, output, today=TODAY, audience=audience)
    return read_site(output)


def rows(site: Mapping[str, bytes]) -> list[Row]:
    """Return work, verdict, rules and who approved, of each step."""
    table = csv.DictReader(io.StringIO(site["data/decided.csv"].decode()))
    return [(each["work"], each["verdict"], each["rules"], each["approved_by"]) for each in table]


TWO = ("w-lathe", "kept", "transition approve", "cleo, dee")


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_kept_decision_proves_that_the_rule_was_kept(
    method: str, gated: Gated, tmp_path: Path
) -> None:
    order(gated, "cleo", "dee", method=method)
    site = show(gated.clone, tmp_path / "site")
    assert rows(site) == [TWO]
    page = site["decided.html"].decode()
    assert '<span class="met">kept</span>' in page
    assert re.findall(r'href="person/(\w+)\.html"><bdi>\w+</bdi></a> <small><time', page) == [
        *("cleo", "dee")
    ]
    assert "<b>1</b> kept the rules" in page
    assert b"against the rules" not in site["index.html"]
    own = site["work/w-lathe.html"].decode()
    assert '<span class="met">kept</span>' in own
    assert "person/dee.html" in own.partition('id="decided"')[2].partition("</section>")[0]
    assert 'id="decided"' not in site["work/w-glue.html"].decode()


@pytest.mark.parametrize(
    ("approved_by", "keep", "found"),
    [
        pytest.param(
            ("cleo",),
            True,
            ("w-lathe", "broken", "transition approve (not met)", "cleo"),
            id="one was missing",
        ),
        pytest.param(("cleo", "dee"), False, ("w-lathe", "unknown", "", ""), id="nothing is kept"),
    ],
)
def test_what_does_not(
    approved_by: tuple[str, ...], keep: bool, found: Row, gated: Gated, tmp_path: Path
) -> None:
    order(gated, *approved_by, keep=keep)
    site = show(gated.clone, tmp_path / "site")
    assert rows(site) == [found]
    page = site["decided.html"].decode()
    broken = b"<b>1</b> step this week against the rules" in site["index.html"]
    assert broken is (found[1] == "broken")
    said = "1 of <a" if found[1] == "broken" else "no decision is kept"
    assert said in page
    (row,) = json.loads(site["data/decided.json"])["steps"]
    assert run([*row["check"].split()[1:]]) == 1  # the command that it names finds the same


def test_a_note_that_is_no_proof_tells_nothing(gated: Gated, tmp_path: Path) -> None:
    order(gated, "cleo", "dee", keep=False)
    run_git("notes", f"--ref={NOTES}", "add", "--message", "approved by all", cwd=gated.clone)
    assert rows(show(gated.clone, tmp_path / "site")) == [("w-lathe", "unknown", "", "")]


def test_a_note_changes_what_was_built_before_it(gated: Gated, tmp_path: Path) -> None:
    order(gated, "cleo", "dee", keep=False)
    assert rows(show(gated.clone, tmp_path / "site"))[0][1] == "unknown"
    run(["audit", "--keep", "HEAD"])
    again = show(gated.clone, tmp_path / "site")
    assert rows(again) == [TWO]
    assert '<span class="met">kept</span>' in again["work/w-lathe.html"].decode()
    assert again == show(gated.clone, tmp_path / "afresh")
    shutil.rmtree(gated.clone / ".git/plainwork")
    assert again == show(gated.clone, tmp_path / "without")
    run_git("update-ref", "-d", NOTES, cwd=gated.clone)
    assert rows(show(gated.clone, tmp_path / "site"))[0][1] == "unknown"


def test_what_is_hidden_decides_nothing_that_is_seen(gated: Gated, tmp_path: Path) -> None:
    """Glue is ordered in the same change without the consent of the board."""
    seen = {"work/w-lathe.md": gated.text(status="ordered")}
    secret = gated.text(GLUE, status="ordered").replace("owner:", "visibility: restricted\nowner:")
    number = gated.propose({**seen, GLUE: secret})
    gated.approve(number, "cleo", "dee")
    gated.forge.merge(number, "ada", "merge")
    run_git("pull", "--quiet", "--ff-only", cwd=gated.clone)
    run(["audit", "--keep", "HEAD"])
    site = show(gated.clone, tmp_path / "site", "internal")
    assert [row[:2] for row in rows(site)] == [("w-lathe", "kept")]
    assert b"glue" not in site["decided.html"].lower() + site["work/w-lathe.html"].lower()
    everything = rows(show(gated.clone, tmp_path / "all"))
    assert {row[0] for row in everything} == {"w-lathe", "w-glue"}


def test_a_record_is_named_and_proves_nothing(tmp_path: Path) -> None:
    root = make_desks(tmp_path / "ws")
    site = show(root, tmp_path / "site")
    assert [row[:2] for row in rows(site)] == [("d-one", "unknown")]
    assert "asked of <a" in site["decided.html"].decode()
    assert '<a href="decided.html">Approvals of the past</a>' in site["approvals.html"].decode()


def test_nobody_knows_where_there_is_no_history(tmp_path: Path) -> None:
    root = make_desks(tmp_path / "ws")
    shutil.rmtree(root / ".git")
    page = show(root, tmp_path / "site")["decided.html"].decode()
    assert "Nobody can tell what was approved. It is not kept in a Git repository" in page


def test_what_the_data_hold_is_published(
    gated: Gated, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order(gated, "cleo", "dee")
    data = json.loads(show(gated.clone, tmp_path / "site")["data/decided.json"])
    capsys.readouterr()
    assert run(["schema", "decided"]) == 0
    jsonschema.validate(data, json.loads(capsys.readouterr().out))
