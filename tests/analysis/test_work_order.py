"""`--sort` and `--where`."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.query_words import QueryProblem
from plainwork.analysis.work_fields import work_field_types
from plainwork.analysis.work_filter import FilterResult, filter_works
from plainwork.analysis.work_order import SortKey, parse_sort, sort_works
from plainwork.model.workflow import CustomField
from support.builders import make_snapshot, make_workflow

PURCHASE = make_workflow(
    "purchase", fields=[CustomField("amount", "money"), CustomField("vendor", "text")]
)
SNAPSHOT = make_snapshot(
    [
        {"id": "a", "due": "2026-05-02", "priority": "low", "estimate": "20h", "owner": "Bo"},
        {"id": "b", "due": "2026-05-01", "priority": "urgent", "estimate": "3d", "owner": "ada"},
        {"id": "c", "priority": "high", "labels": ["z"], "status": "done"},
        {"id": "d", "workflow": "purchase", "amount": "900", "due": "2026-05-01"},
        {"id": "e", "workflow": "purchase", "amount": "1000", "vendor": "Acme"},
        {"id": "f", "workflow": "purchase", "amount": "5 USD", "x-score": "3"},
    ],
    workflows=[make_workflow(), PURCHASE],
)


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("due", "bdacef"),
        ("-due", "abdcef"),
        ("due,-id", "dbafec"),
        ("priority", "acbdef"),
        ("-priority", "bcadef"),
        ("-priority, due", "bcadef"),
        ("estimate", "abcdef"),
        ("-estimate", "bacdef"),
        ("amount", "defabc"),
        ("owner", "bacdef"),
        ("labels", "cabdef"),
        ("-category", "cabdef"),
        ("x-score", "fabcde"),
    ],
)
def test_order(sort: str, ids: str) -> None:
    keys = parse_sort(sort, SNAPSHOT)
    assert not isinstance(keys, QueryProblem)
    assert "".join(work.id for work in sort_works(SNAPSHOT.works, keys, SNAPSHOT)) == ids


def test_a_comma_too_many_does_no_harm() -> None:
    assert parse_sort("due, ,-id,", SNAPSHOT) == (SortKey("due"), SortKey("id", descending=True))


@pytest.mark.parametrize(
    ("sort", "problem"),
    [
        ("deu", QueryProblem("there is no field `deu`", "did you mean `due`?")),
        (
            "-",
            QueryProblem(
                "there is no field ``", f"known are {', '.join(work_field_types(SNAPSHOT))}"
            ),
        ),
        ("--due", QueryProblem("there is no field `-due`", "did you mean `due`?")),
    ],
)
def test_unknown_fields(sort: str, problem: QueryProblem) -> None:
    assert parse_sort(sort, SNAPSHOT) == problem


@given(st.lists(st.sampled_from(["2026-01-01", "2026-01-02", None]), max_size=8), st.booleans())
def test_what_is_unset_comes_last_and_equals_keep_their_order(
    dues: list[str | None], descending: bool
) -> None:
    snapshot = make_snapshot({"due": due} for due in dues)
    works = sort_works(snapshot.works, [SortKey("due", descending)], snapshot)
    assert sorted(work.row for work in works) == list(range(len(dues)))
    sign = -1 if descending else 1
    order = [
        (work.due is None, sign * work.due.toordinal() if work.due else 0, work.row)
        for work in works
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("condition", "ids", "left_out"),
    [
        ("amount != null && amount > 950", "e", 1),
        ("amount > 950", "e", 4),
        ("vendor == null", "abcdf", 0),
        ("priority in ['low', 'high']", "ac", 0),
        ("due != null && due < today", "bd", 0),
        ("workflow == 'purchase' && kind == 'item'", "def", 0),
        ("'x-score' in doc", "f", 0),
        ("labels[0] == 'z'", "c", 5),
        ("title", "", 6),
        ("old.due == null && !by_agent", "abcdef", 0),
    ],
)
def test_where(condition: str, ids: str, left_out: int) -> None:
    result = filter_works(SNAPSHOT.works, condition, SNAPSHOT, today=date(2026, 5, 2))
    assert isinstance(result, FilterResult)
    assert "".join(work.id for work in result.works) == ids
    assert result.left_out == left_out


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("amuont > 1", "unknown name `amuont`; did you mean `amount`?"),
        ("amount >", "line 1, column 9: mismatched input '<EOF>'"),
        ("", "the condition is empty"),
        ("(" * 21, "brackets nest deeper than 20"),
    ],
)
def test_conditions_that_make_no_sense(condition: str, message: str) -> None:
    result = filter_works(SNAPSHOT.works, condition, SNAPSHOT, today=date(2026, 5, 2))
    assert isinstance(result, QueryProblem)
    assert result.message == f"the condition cannot be used: {message}"
    assert bool(result.hint) is ("did you mean" not in message)
