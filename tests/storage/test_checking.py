"""Everything that is wrong, with its place."""

from datetime import date
from pathlib import Path

import pytest

from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.storage.checking import document_paths, load_check, load_surroundings
from plainwork.storage.workspace import load_snapshot
from support.archive import unpack, write_files
from support.git import make_repository, run_git

BASE = unpack((Path(__file__).parents[1] / "rules/_workspace.txt").read_text(encoding="utf-8"))
TODAY = date(2026, 3, 2)
GOOD = "---\ntitle: Plan\nworkflow: task\nstatus: todo\n---\n"


def _check(root: Path) -> tuple[Diagnostic, ...]:
    return load_check(root, load_snapshot(root), TODAY)


def test_places_are_found_in_order(tmp_path: Path) -> None:
    root = write_files(
        {
            **BASE,
            "work/b.md": GOOD.replace("todo", "doin\nparent: nothing"),
            "work/a.md": GOOD.replace("todo", "doin"),
        },
        tmp_path,
    )

    assert [(str(each.location), each.rule) for each in _check(root)] == [
        ("work/a.md:4:9", "unknown-state"),
        ("work/b.md:4:9", "unknown-state"),
        ("work/b.md:5:9", "unknown-work"),
    ]


def test_an_index_does_not_change_the_report(tmp_path: Path) -> None:
    bad = GOOD.replace("todo", "doin\nlabels: a\nlinks: {relates: [gone]}")
    root = make_repository({**BASE, "work/a.md": bad, "work/b.md": GOOD}, tmp_path)

    first = _check(root)
    assert len(first) == 3
    assert _check(root) == first

    write_files({"work/b.md": GOOD.replace("Plan", "Other")}, root)
    assert _check(root) == first


def test_a_thousand_faults_of_one_file_read_it_once(tmp_path: Path) -> None:
    gone = ", ".join(f"gone-{number}" for number in range(1000))
    root = write_files(
        {**BASE, "work/a.md": GOOD.replace("todo", f"todo\ndepends_on: [{gone}]")}, tmp_path
    )

    found = _check(root)

    assert len({each.location for each in found}) == 1000


def test_an_attachment_may_have_any_name(tmp_path: Path) -> None:
    long = "x" * 5000
    root = write_files(
        {**BASE, "work/a.md": GOOD.replace("todo", f"todo\nattachments: [{long}, a/b/c]")},
        tmp_path,
    )

    assert [each.rule for each in _check(root)] == ["missing-attachment"] * 2


def test_branches_that_cannot_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository({**BASE, "work/a.md": GOOD}, tmp_path)
    run_git("branch", "theirs", cwd=root)
    (root / ".git/config").write_text("[broken\n")

    (found,) = _check(root)

    assert (found.rule, found.severity) == ("id-clash", Severity.INFO)
    assert "could not be compared" in found.message


def test_all_documents_are_counted(tmp_path: Path) -> None:
    root = write_files(
        {
            **BASE,
            "work/a.md": GOOD,
            "work/b.md": "nothing",
            "records/r.md": "---\nrecord: update\n---\n",
        },
        tmp_path,
    )
    snapshot = load_snapshot(root)

    assert sorted(document_paths(snapshot)) == sorted(
        [*(path for path in BASE if path.endswith(".md")), "records/r.md", "work/a.md", "work/b.md"]
    )
    assert load_surroundings(root, snapshot).clashes == ()
