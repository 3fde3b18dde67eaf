"""What routines and states of the example organisation made is what `tick` makes."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plainwork.analysis.owed_occurrences import Horizon
from plainwork.model.plan import Plan
from plainwork.plans.tick import Tick, plan_tick
from plainwork.storage.workspace import load_snapshot
from support.demo import trees
from support.git import run_git

TODAY = date(2026, 11, 23)
DAYS = [
    pytest.param(TODAY, id="a Monday"),
    pytest.param(date(2026, 8, 2), id="a Sunday"),
    pytest.param(date(2027, 1, 4), id="after holidays"),
    pytest.param(date(2026, 6, 30), id="after Easter"),
]


@pytest.mark.parametrize("today", DAYS)
def test_what_was_made_is_what_tick_makes(today: date, tmp_path: Path) -> None:
    run_git("init", "--quiet", cwd=tmp_path)  # where unchanged documents are not read again
    compared = 0
    for commit, before, _ in trees(today):
        created = {path: commit.changes[path] for path in commit.changes if path not in before}
        derived = {path: data for path, data in created.items() if is_derived(path)}
        others = {path: data for path, data in commit.changes.items() if path not in derived}
        write(others, tmp_path)
        if derived:
            day = datetime.fromtimestamp(commit.time, UTC).date()
            made = {edit.path: edit.after for edit in tick(tmp_path, day)[0].edits}
            for path, data in derived.items():
                assert made.get(path) == data, path
                compared += 1
        write(derived, tmp_path)
    assert compared > 25


def is_derived(path: str) -> bool:
    """Whether a file is called like one that something creates: `sweep.2026-05-04.md`."""
    name = path.rpartition("/")[2]
    return path.startswith(("work/", "requests/")) and "." in name.removesuffix(".md") != name


def tick(root: Path, day: date) -> tuple[Plan, Tick]:
    """Return what is owed, if all that creates came into its state on this day."""
    return plan_tick(
        load_snapshot(root),
        Horizon(day),
        lambda works: {work.id: day for work in works},
        lambda _: (),
    )


def test_it_leaves_this_month_to_tick(tmp_path: Path) -> None:
    for commit, _, _ in trees(TODAY):
        write(commit.changes, tmp_path)
    _, found = tick(tmp_path, TODAY)
    assert [made.id for made in found.created] == [
        "fire-doors.2026-11-23",
        "month-end-close.2026-11-30",
        "newsletter.2026-11-01",
    ]
    assert [skipped.id for skipped in found.skipped] == ["newsletter.2026-10-01"]
    assert [late.id for late in found.late] == ["data-protection-review.2026-10-01"]
    assert found.unmade == ()


def write(files: Mapping[str, bytes | None], root: Path) -> None:
    for path, data in files.items():
        assert data is not None
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
