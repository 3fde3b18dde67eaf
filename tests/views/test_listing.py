"""The list: which works, which fields, in which order."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.query_words import QueryProblem
from plainwork.model.settings import Settings, View
from plainwork.model.work import Dependency
from plainwork.model.workflow import CustomField
from plainwork.views.listing import (
    DEFAULT_COLUMNS,
    compute_listing,
    listed_works,
    order_rows,
    parse_columns,
)
from plainwork.views.selection import Selection, asks_who, select_works
from support.builders import make_snapshot, make_workflow

TODAY = date(2026, 3, 2)
STATUSES = st.sampled_from(["todo", "doing", "waiting", "done", "dropped", "nowhere"])
DUES = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9))


def test_open_work_comes_first_and_what_is_due_soonest() -> None:
    snapshot = make_snapshot(
        [
            {"id": "closed", "status": "done", "due": "2026-01-01"},
            {"id": "never"},
            {"id": "later", "due": "2026-03-09"},
            {"id": "lost", "status": "nowhere", "due": "2026-03-08"},
            {"id": "soon", "due": "2026-03-03"},
            {"id": "also-never"},
        ]
    )
    ids = [snapshot.works[row].id for row in order_rows(snapshot, range(6))]
    assert ids == ["soon", "lost", "later", "never", "also-never", "closed"]


@given(st.lists(st.tuples(STATUSES, DUES), max_size=12), st.randoms())
def test_the_order_keeps_every_row_and_never_puts_closed_before_open(
    given: list[tuple[str, date | None]], chance: Random
) -> None:
    snapshot = make_snapshot({"status": status, "due": due} for status, due in given)
    rows = [row for row in range(len(given)) if chance.random() < 0.7]
    ordered = order_rows(snapshot, rows)
    assert sorted(ordered) == rows
    keys = [(not snapshot.works[row].open, snapshot.works[row].due or date.max) for row in ordered]
    assert keys == sorted(keys)


def test_values_of_every_kind() -> None:
    snapshot = make_snapshot(
        [
            {"owner": "ada", "labels": ("a", "b"), "cost": "12", "x-from": "mail"},
            {"depends_on": (Dependency("w1"), Dependency("w1", "SS", "2d"))},
        ],
        workflows=[make_workflow(fields=[CustomField("cost", "money")])],
    )
    columns = ("id", "owner", "labels", "depends_on", "cost", "x-from", "category")
    works = listed_works(compute_listing(snapshot, [1, 0], columns, today=TODAY)).works
    assert [tuple(work.values()) for work in works] == [
        ("w2", None, (), ("w1", "w1 SS 2d"), None, None, "ready"),
        ("w1", "ada", ("a", "b"), (), "12", "mail", "ready"),
    ]


def test_a_rule_is_shown_in_words_with_its_next_days() -> None:
    schedule = {"rrule": "FREQ=MONTHLY;BYMONTHDAY=-1"}
    snapshot = make_snapshot(
        [
            {"workflow": "routine", "start": date(2026, 1, 31), "schedule": schedule},
            {"workflow": "routine"},
        ],
        workflows=[make_workflow("routine", kind="routine")],
    )
    listing = compute_listing(snapshot, [0, 1], ("schedule",), today=date(2026, 3, 2))
    days = [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]
    assert listing.values == (
        [{"words": "the last day of every month", "next": days, **schedule}, None],
    )


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("", DEFAULT_COLUMNS, id="default"),
        pytest.param("id, path,id", ("id", "path"), id="each-once"),
        pytest.param("x-anything", ("x-anything",), id="own-name"),
        pytest.param(" , ", None, id="nothing"),
        pytest.param("id,titel", None, id="unknown"),
    ],
)
def test_columns(text: str, columns: tuple[str, ...] | None) -> None:
    found = parse_columns(text, make_snapshot())
    assert isinstance(found, QueryProblem) if columns is None else found == columns


def _ids(selection: Selection, **options: object) -> list[str]:
    snapshot = make_snapshot(
        [
            {"id": "a", "priority": "low", "due": "2026-03-01", "owner": "ada"},
            {"id": "b", "priority": "urgent", "due": "2026-03-05"},
            {"id": "c", "status": "done", "priority": "urgent"},
        ],
        settings=Settings(views={"hot": View("hot", "priority:urgent", "-id")}),
    )
    found = select_works(selection, snapshot, today=TODAY, **options)  # type: ignore[arg-type]
    assert not isinstance(found, QueryProblem)
    return [snapshot.works[row].id for row in found.rows]


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        pytest.param(Selection(), ["a", "b", "c"], id="all"),
        pytest.param(Selection(("open",), sort="-priority"), ["b", "a"], id="sorted"),
        pytest.param(Selection(("hot",)), ["c", "b"], id="the-view-sorts"),
        pytest.param(Selection(("hot",), sort="id"), ["b", "c"], id="the-command-sorts"),
        pytest.param(Selection(where="priority == 'low'"), ["a"], id="condition"),
        pytest.param(Selection(("priority:urgent",), "due != null"), ["b"], id="both"),
    ],
)
def test_selection(selection: Selection, ids: list[str]) -> None:
    assert _ids(selection) == ids


def test_mine_is_the_one_who_asks() -> None:
    assert _ids(Selection(("mine",)), me="ada") == ["a"]


@pytest.mark.parametrize(
    ("query", "asks"),
    [((), False), (("open",), False), (("mine",), True), (("owner:me",), True)],
)
def test_who_asks_is_found_out_only_if_it_matters(query: tuple[str, ...], asks: bool) -> None:
    assert asks_who(Selection(query), make_snapshot()) is asks


def test_a_saved_view_may_ask_who_asks() -> None:
    settings = Settings(views={"todo": View("todo", "mine")})
    assert asks_who(Selection(("todo",)), make_snapshot(settings=settings))
