"""The same bytes for the same workspace: each picture as it was looked at and found good."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plainwork.analysis.attention import is_overdue
from plainwork.model.party import Absence
from plainwork.model.workflow import Approval, Category, Transition
from plainwork.site.pictures.badge import render_badge
from plainwork.site.pictures.board import render_board
from plainwork.site.pictures.calendar_month import render_calendar_month
from plainwork.site.pictures.status_bars import StatusBar, render_status_bars
from plainwork.site.pictures.timeline import render_timeline
from plainwork.site.pictures.weekly_load import render_weekly_load
from plainwork.site.pictures.workflow_map import render_workflow_map
from plainwork.views.board import compute_board
from plainwork.views.calendar_days import compute_months
from plainwork.views.counts import compute_counts
from plainwork.views.timeline import compute_timeline
from plainwork.views.weekly_load import compute_weekly_load
from plainwork.views.workflow_map import compute_workflow_map
from support.builders import make_person, make_snapshot, make_workflow

GOLDEN = Path(__file__).parents[2] / "golden/pictures"
TODAY = date(2026, 3, 4)
PURCHASE = make_workflow(
    "purchase",
    {
        "draft": Category.PROPOSED,
        "review": Category.WAITING,
        "ordered": Category.ACTIVE,
        "done": Category.DONE,
    },
    transitions=(
        Transition("submit", "review", ("draft",)),
        Transition("revise", "draft", ("review",)),
        Transition("approve", "ordered", ("review",), approvals=(Approval(by=("ann",)),)),
        Transition("receive", "done", ("ordered",)),
        Transition("repeat", "ordered", ()),
    ),
)
ANN = make_person("ann", leave=(Absence(date(2026, 3, 19), date(2026, 3, 25)),), capacity="20h")
BEN = make_person("ben")
EVERY_MONDAY = {"schedule": {"rrule": "FREQ=WEEKLY;BYDAY=MO"}}
SNAPSHOT = make_snapshot(
    [
        {"title": "Frame & hull", "start": "2026-02-02", "due": "2026-02-27", "status": "done"},
        {
            "title": "Keel",
            "start": "2026-02-20",
            "due": "2026-03-03",
            "status": "doing",
            "assignees": ("ann",),
            "estimate": "3d",
            "depends_on": ["w1"],
        },
        {
            "title": "Mast of a length that no narrow screen has room for",
            "start": "2026-03-09",
            "due": "2026-04-10",
            "assignees": ("ann", "ben"),
            "estimate": "20d",
            "depends_on": ["w2"],
        },
        {"title": "Launch", "workflow": "milestone", "due": "2026-04-15", "depends_on": ["w3"]},
        {"title": "Sails", "workflow": "purchase", "status": "review", "assignees": ("ben",)},
        {
            "title": "Sweep",
            "workflow": "routine",
            "start": "2026-01-05",
            "fields": EVERY_MONDAY,
        },
    ],
    workflows=[
        make_workflow(),
        make_workflow("milestone", {"open": Category.READY, "reached": Category.DONE}),
        make_workflow("routine", {"active": Category.ACTIVE}, kind="routine"),
        PURCHASE,
    ],
    parties=[ANN, BEN],
)
WORKS = SNAPSHOT.works


def status_bars() -> str:
    late = [work for work in WORKS if is_overdue(work, TODAY)]
    counts = compute_counts(SNAPSHOT, "workflow", late)
    return render_status_bars([StatusBar(row.name, row) for row in counts])


def workflow_map() -> str:
    counts = Counter(work.status for work in WORKS if work.workflow == "purchase")
    return render_workflow_map(compute_workflow_map(PURCHASE), counts)


def calendar_month() -> str:
    people = (ANN, BEN)
    (month,) = compute_months(SNAPSHOT, WORKS, people, today=TODAY, first=TODAY, count=1)
    return render_calendar_month(month)


def board() -> str:
    rows = [work.row for work in WORKS if work.workflow == "task"]
    found = compute_board(SNAPSHOT, rows, today=TODAY, last_changed=lambda _: None)
    return render_board(found)


PICTURES: dict[str, Callable[[], str]] = {
    "status-bars": status_bars,
    "workflow-map": workflow_map,
    "calendar-month": calendar_month,
    "board": board,
    "timeline": lambda: render_timeline(compute_timeline(WORKS, SNAPSHOT, today=TODAY)),
    "weekly-load": lambda: render_weekly_load(compute_weekly_load(WORKS, SNAPSHOT, today=TODAY)),
    "badge": lambda: render_badge("Boat", "at risk", health="at-risk"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str) -> None:
    drawn = PICTURES[name]()
    assert drawn == PICTURES[name]()
    assert drawn == (GOLDEN / f"{name}.svg").read_text(encoding="utf-8")
