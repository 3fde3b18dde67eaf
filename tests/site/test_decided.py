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
from support.archive import unpack
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
    merge_kept(gated, gated.order(), *approved_by, keep=keep, method=method)


def merge_kept(
    gated: Gated, number: int, *approved_by: str, keep: bool = True, method: str = "merge"
) -> None:
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
    run(["audit", "--keep", "HEAD"])  # which adds a line to it
    assert rows(show(gated.clone, tmp_path / "site")) == [TWO]


def test_the_first_page_tells_of_a_note_that_came_later(gated: Gated, tmp_path: Path) -> None:
    order(gated, "cleo", keep=False)
    told = [b"this week against the rules" in show(gated.clone, tmp_path / "site")["index.html"]]
    run(["audit", "--keep", "HEAD"])
    told.append(
        b"this week against the rules" in show(gated.clone, tmp_path / "site")["index.html"]
    )
    assert told == [False, True]


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


@pytest.mark.parametrize(
    ("approved_by", "verdict"),
    [
        pytest.param(("cleo", "dee"), "kept", id="what is seen kept the rules"),
        pytest.param(("cleo",), "broken", id="it did not"),
    ],
)
def test_what_is_hidden_decides_nothing_that_is_seen(
    approved_by: tuple[str, ...], verdict: str, gated: Gated, tmp_path: Path
) -> None:
    """Glue is handed to Ada in the same change without her consent."""
    secret = gated.text(GLUE, owner="ada").replace("owner:", "visibility: restricted\nowner:")
    number = gated.propose({"work/w-lathe.md": gated.text(status="ordered"), GLUE: secret})
    merge_kept(gated, number, *approved_by)
    site = show(gated.clone, tmp_path / "site", "internal")
    assert [row[:2] for row in rows(site)] == [("w-lathe", verdict)]
    assert b"glue" not in site["decided.html"].lower() + site["work/w-lathe.html"].lower()
    everything = show(gated.clone, tmp_path / "all")
    assert {row[:2] for row in rows(everything)} == {("w-lathe", "broken"), ("w-glue", "broken")}
    said = b"what came in with it did not keep them" in everything["work/w-lathe.html"]
    assert said is (verdict == "kept")


HIDDEN_RULES = unpack("""\
-- workflows/secret.md --
---
title: Secret
owner: ada
visibility: restricted
states:
  open: {category: ready}
---
-- policies/for-secrets.md --
---
title: For secrets
owner: ada
applies_to: {workflows: [secret, purchase], fields: [priority]}
approvals: [{by: dee}]
---
""")


def test_rules_that_are_hidden_are_not_named(gated: Gated, tmp_path: Path) -> None:
    rules = {path: text.encode() for path, text in HIDDEN_RULES.items()}
    gated.forge.commit("ada", "main", dict(rules), "Keep a secret")
    run_git("pull", "--quiet", "--ff-only", cwd=gated.clone)
    text = gated.text(status="ordered").replace("owner:", "priority: high\nowner:")
    merge_kept(gated, gated.propose({"work/w-lathe.md": text}), "cleo", "dee")
    ((*_, seen, _),) = rows(show(gated.clone, tmp_path / "site", "internal"))
    ((*_, all_, _),) = rows(show(gated.clone, tmp_path / "all"))
    assert ("policy for-secrets" in seen, "policy for-secrets" in all_) == (False, True)
    assert "transition approve" in seen


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
