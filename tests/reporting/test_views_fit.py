"""Whatever stands in a workspace, a view stays within its screen and prints only text."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from plainwork.model.party import Absence, Party
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval, Transition
from plainwork.reporting.board_text import format_board
from plainwork.reporting.display_width import display_width
from plainwork.reporting.listing_text import format_listing
from plainwork.reporting.next_text import format_next
from plainwork.reporting.owners_text import format_owners
from plainwork.reporting.party_text import format_party
from plainwork.reporting.portfolio_text import format_portfolio
from plainwork.reporting.raci_text import format_raci
from plainwork.reporting.show_text import format_work
from plainwork.reporting.status_text import format_status
from plainwork.reporting.text import escape_line
from plainwork.reporting.who_text import format_attendance
from plainwork.views.attendance import compute_attendance
from plainwork.views.board import compute_board
from plainwork.views.history import Change
from plainwork.views.listing import DEFAULT_COLUMNS, compute_listing
from plainwork.views.next_work import compute_next
from plainwork.views.ownership import compute_ownership
from plainwork.views.portfolio import compute_portfolio
from plainwork.views.raci import compute_raci
from plainwork.views.shown_party import compute_shown_party
from plainwork.views.shown_work import compute_shown_work
from plainwork.views.status import GROUPINGS, compute_status
from plainwork.views.work_index import WorkIndex
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 3, 2)
WIDTH, HEIGHT = 80, 24

_IDS = st.from_regex(r"[a-z][a-z0-9.-]{0,48}[a-z0-9]", fullmatch=True)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90)
_PARTIES = st.sampled_from(["", "ada", "bo", "a-team-with-a-rather-long-name", "ghost"])


@st.composite
def _works(draw: st.DrawFn) -> dict[str, Any]:
    due = draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)))
    return {
        **({"due": due} if due else {}),
        "id": draw(_IDS),
        "title": draw(_TEXTS),
        "status": draw(st.sampled_from(["todo", "doing", "waiting", "done", "nowhere"])),
        "workflow": draw(st.sampled_from(["task", "project", "nothing"])),
        "owner": draw(_PARTIES),
        "assignees": tuple(draw(st.lists(_PARTIES.filter(bool), max_size=3))),
        "priority": draw(st.sampled_from(["", "urgent", "low"])),
        "blocked": draw(st.just("") | _TEXTS),
        "estimate": draw(st.sampled_from(["", "4h", "30d"])),
    }


@st.composite
def _snapshots(draw: st.DrawFn) -> Snapshot:
    works = draw(st.lists(_works(), max_size=8, unique_by=lambda work: work["id"]))
    for work in works:
        work["depends_on"] = draw(st.lists(st.sampled_from([w["id"] for w in works]), max_size=3))
    approval = Approval(by=("ada", "a-team-with-a-rather-long-name"))
    approve = Transition("approve", "done", ("waiting",), approvals=(approval,))
    parties: list[Party] = [
        make_person("ada", name=draw(_TEXTS), leave=(Absence(TODAY, date(2026, 3, 6)),)),
        make_person("bo", capacity="20h"),
        make_team("a-team-with-a-rather-long-name", lead="bo", members=("ada",)),
    ]
    workflows = [
        make_workflow(transitions=[approve]),
        make_workflow("project", kind="project"),
    ]
    return make_snapshot(works, workflows=workflows, parties=parties)


def _status(snapshot: Snapshot) -> Iterator[str]:
    status = compute_status(snapshot, today=TODAY, last_changed=_long_ago, most=HEIGHT)
    return format_status(status, width=WIDTH, height=HEIGHT, color=False)


def _groups(snapshot: Snapshot) -> Iterator[str]:
    for by in GROUPINGS:
        status = compute_status(snapshot, today=TODAY, last_changed=_long_ago, by=by)
        yield from format_status(status, width=WIDTH, height=HEIGHT, color=False)


def _list(snapshot: Snapshot) -> Iterator[str]:
    listing = compute_listing(snapshot, range(len(snapshot.works)), DEFAULT_COLUMNS, today=TODAY)
    return format_listing(listing, width=WIDTH, color=False)


def _raci(snapshot: Snapshot) -> Iterator[str]:
    raci = compute_raci(snapshot, range(len(snapshot.works)), today=TODAY)
    return format_raci(raci, width=WIDTH, color=False)


def _next(snapshot: Snapshot) -> Iterator[str]:
    for party in snapshot.parties.values():
        found = compute_next(snapshot, party, today=TODAY, last_changed=_long_ago, most=HEIGHT)
        yield from format_next(found, width=WIDTH, height=HEIGHT, color=False)


def _parties(snapshot: Snapshot) -> Iterator[str]:
    for party in snapshot.parties.values():
        shown = compute_shown_party(party, snapshot, today=TODAY, last_changed=_long_ago)
        # A word of a name is never broken, so that it can be copied.
        words = escape_line(party.name).split(" ")
        lines = format_party(shown, width=WIDTH, color=False)
        yield from (line for line in lines if line not in words)


def _owners(snapshot: Snapshot) -> Iterator[str]:
    found = compute_ownership(snapshot, today=TODAY, last_changed=_long_ago)
    return format_owners(found, width=WIDTH, color=False)


def _board(snapshot: Snapshot) -> Iterator[str]:
    for rows in (range(len(snapshot.works)), range(min(len(snapshot.works), 1))):
        board = compute_board(snapshot, rows, today=TODAY, last_changed=_long_ago)
        yield from format_board(board, width=WIDTH, height=None, color=False)


def _portfolio(snapshot: Snapshot) -> Iterator[str]:
    return format_portfolio(
        compute_portfolio(WorkIndex(snapshot), today=TODAY), width=WIDTH, color=False
    )


def _who(snapshot: Snapshot) -> Iterator[str]:
    return format_attendance(compute_attendance(snapshot, today=TODAY), width=WIDTH, color=False)


def _long_ago(_: object) -> date:
    return date(2026, 1, 1)


VIEWS = (_status, _groups, _list, _raci, _next, _parties, _owners, _board, _portfolio, _who)


@given(snapshot=_snapshots())
def test_no_line_is_wider_than_the_screen(snapshot: Snapshot) -> None:
    for view in VIEWS:
        note(view.__name__)
        _check(view(snapshot))


@given(snapshot=_snapshots(), subject=st.text(max_size=200))
def test_a_work_fits_whatever_it_says(snapshot: Snapshot, subject: str) -> None:
    history = [Change(TODAY, "c", "Ada", subject)]
    for work in snapshot.works:
        shown = compute_shown_work(
            work, WorkIndex(snapshot), today=TODAY, me="ada", history=history
        )
        lines = format_work(shown, width=WIDTH, color=False)
        # A word that is wider than its column is never broken, so that it can be copied.
        _check(line for line in lines if max(map(display_width, line.split() or [""])) < WIDTH // 3)


@given(snapshot=_snapshots(), height=st.integers(14, 40))
def test_what_is_made_for_a_screen_fits_on_it(snapshot: Snapshot, height: int) -> None:
    assert len(list(_status(snapshot))) < HEIGHT
    rows = range(len(snapshot.works))
    board = compute_board(snapshot, rows, today=TODAY, last_changed=_long_ago, most=height)
    assert len(list(format_board(board, width=WIDTH, height=height, color=False))) < height


def _check(lines: Iterable[str]) -> None:
    for line in lines:
        assert display_width(line) <= WIDTH
        assert escape_line(line) == line
