"""Conditions: what they see of a document, what they answer, and that nothing hangs them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.condition import ConditionError, evaluate
from plainwork.analysis.condition_bindings import DocumentBindings, bind_work, condition_types
from plainwork.analysis.condition_lint import lint
from plainwork.model.workflow import CustomField
from support.builders import make_snapshot, make_workflow

PURCHASE = make_workflow(
    "purchase",
    fields=[
        CustomField("amount", "money"),
        CustomField("vendor", "text"),
        CustomField("count", "integer"),
        CustomField("ready", "boolean"),
        CustomField("signed", "date"),
        CustomField("reviewers", "party", many=True),
    ],
)
TYPES = condition_types("item", PURCHASE)
TODAY = date(2026, 4, 1)
BEFORE, AFTER, FOREIGN = make_snapshot(
    [
        {"workflow": "purchase", "amount": "9000", "owner": "ada"},
        {
            "workflow": "purchase",
            "amount": "12000.50",
            "owner": "bo",
            "due": "2026-05-01",
            "count": 5,
            "ready": True,
            "labels": ["legal", "it"],
            "priority": "urgent",
            "x-cost-centre": "4711",
            "project": "move",
            "reviewers": ["ada"],
        },
        {"workflow": "purchase", "amount": "5 USD", "signed": "soon"},
    ],
    workflows=[PURCHASE],
).works


def answer(text: str) -> bool | ConditionError:
    bindings = bind_work(AFTER, TYPES, today=TODAY, currency="EUR", old=BEFORE, by_agent=True)
    return evaluate(text, bindings)


@pytest.mark.parametrize(
    "text",
    [
        "amount > 10000",
        "amount == 12000.5",
        "amount > old.amount",
        "old.vendor == null",
        "vendor == null",
        "count == 5 && count in [4, 5]",
        "ready",
        "due > today && due == date('2026-05-01')",
        "today == date('2026-04-01')",
        "due - today == duration('720h')",
        "owner == 'bo' && old.owner == 'ada'",
        "project == 'move'",
        "visibility == 'internal'",
        "kind == 'item' && workflow == 'purchase' && by_agent",
        "'legal' in labels",
        "labels.exists(entry, entry == 'it')",
        "reviewers == ['ada']",
        "priority in ['high', 'urgent']",
        "doc['x-cost-centre'] == '4711'",
        "!('x-cost-centre' in old.doc)",
        "signed == null || signed < today",
        "labels.exists(owner, owner == 'it')",
    ],
)
def test_true(text: str) -> None:
    assert answer(text) is True
    assert answer(f"!({text})") is False


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "the condition is empty", id="empty"),
        pytest.param("amount >", "line 1, column 9: mismatched input '<EOF>'", id="syntax"),
        pytest.param("ammount > 1", "there is no name `ammount`", id="unknown name"),
        pytest.param("old.ammount > 1", "there is no key 'ammount'", id="unknown old name"),
        pytest.param("amount", "the result is neither true nor false but a number", id="number"),
        pytest.param("owner", "the result is neither true nor false but text", id="text"),
        pytest.param("due", "the result is neither true nor false but a date", id="date"),
        pytest.param(
            "vendor > 'a'",
            "values of different kinds are compared or combined (vendor not set)",
            id="unset",
        ),
        pytest.param(
            "amount * 2 > 1",
            "double * int is not possible; write numbers in calculations as 2.0",
            id="integer in a calculation",
        ),
        pytest.param(
            "due < date('soon')",
            'date() takes a day as text: date("2026-05-01")',
            id="no date",
        ),
        pytest.param(
            "date() == null", 'date() takes a day as text: date("2026-05-01")', id="date of nothing"
        ),
        pytest.param("1 / 0 == 1", "division by zero in CEL expression", id="division by zero"),
        pytest.param(
            "[1].all(a, [1].all(b, a == b))",
            "more than one of all, exists, exists_one, map and filter: all, all",
            id="nested loops",
        ),
        pytest.param("owner == '\ud800'", "the text is not valid Unicode", id="half a surrogate"),
    ],
)
def test_error(text: str, message: str) -> None:
    assert answer(text) == ConditionError(message)


def test_an_error_counts_only_where_the_answer_depends_on_it() -> None:
    bindings = bind_work(FOREIGN, TYPES, today=TODAY, currency="EUR")
    assert evaluate("amount > 1", bindings) == ConditionError("`amount` is in USD, not in EUR")
    assert evaluate("signed < today", bindings) == ConditionError("`signed` is not a date")
    assert evaluate("amount > 1 || vendor == null", bindings) is True
    usd = bind_work(FOREIGN, TYPES, today=TODAY, currency="USD", old=FOREIGN)
    assert evaluate("amount > 1 && old.amount == 5", usd) is True
    in_old = bind_work(AFTER, TYPES, today=TODAY, currency="EUR", old=FOREIGN)
    assert evaluate("old.amount == 5", in_old) == ConditionError("there is no key 'amount'")


def test_new_work_has_no_old_values() -> None:
    bindings = bind_work(AFTER, TYPES, today=TODAY, currency="EUR")
    assert evaluate("old.owner == null && old.amount == null", bindings) is True


def test_values_that_a_loop_could_not_finish_are_unusable() -> None:
    values = {"labels": ["x"] * 1_001, "title": "x" * 10_001, "x-list": ["y"] * 1_001}
    bindings = DocumentBindings(values, TYPES, today=TODAY, kind="item", currency="EUR")
    assert evaluate("size(labels) > 1", bindings) == ConditionError(
        "`labels` has more than 1,000 entries"
    )
    assert evaluate("size(title) > 1", bindings) == ConditionError(
        "`title` is longer than 10,000 characters"
    )
    assert evaluate("'x-list' in doc", bindings) is False


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        ("person", {"name": "Ada", "until": "2026-03-31"}, "until < today && manager == null"),
        ("team", {"members": ["ada", "bo"]}, "size(members) == 2"),
        ("agent", {"may": {"create": ["task"]}}, "may.create == ['task'] && may.move == null"),
        ("policy", {"default": True}, "default"),
        ("workflow", {"states": {"a": {"wip_limit": 3}}}, "states['a'].wip_limit == 3"),
        (
            "record",
            {"record": "measure", "value": 2, "at": "2026-01-01"},
            "value > 1 && at < today",
        ),
        ("record", {"at": "2026-04-01T00:00:00+02:00"}, "at < today"),
    ],
)
def test_documents_of_every_kind_have_their_own_names(
    kind: str, values: dict[str, object], text: str
) -> None:
    bindings = DocumentBindings(
        values, condition_types(kind), today=TODAY, kind=kind, currency="EUR"
    )
    assert evaluate(text, bindings) is True


PIECES = r"""amount vendor due labels owner old doc today kind by_agent null true false 1 2.0 5u
-1 'a' "b" r"\" '''c''' ( ) [ ] { } , . : ? && || ! == != < <= > >= in + - * / % has( size( date(
timestamp( duration('1h') int( string( type( .all(x, .exists(x, .map(x, .filter(x, x // .matches(
optional.of( 9223372036854775807 1e308 0xff ` \ ' é"""
WORDS = st.sampled_from([*PIECES.split(), "\x00", "\n", "\u2028", '"'])


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_text_is_answered_or_refused(text: str) -> None:
    result = answer(text)
    assert isinstance(result, bool | ConditionError)
    if isinstance(result, ConditionError):
        assert result.message.isprintable()
        assert result.message
        assert not result.message.endswith(".")
    for message in lint(text, TYPES):
        assert message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        *("(" * n + "1" + ")" * n for n in (20, 21, 400, 5_000)),
        *(opening * 990 for opening in "([{!-"),
        "!" * 990 + "true",
        "1+" * 490 + "1",
        "true ? true : " * 70 + "true",
        "a[" * 300,
        "f(" * 300,
        ".a" * 400,
        "'" + "\\u" * 400,
        "labels.all(a, labels.all(b, labels.all(c, labels.all(d, a == b || c == d))))",
        "labels.map(a, a.map(b, b.map(c, c)))",
        "labels.all // \n (a, labels . exists_one\n(b, a == b))",
        "owner.matches('(a+)+$')",
        "duration('99999999999999h') > duration('1h')",
        "timestamp('9999-12-31T00:00:00Z') + duration('99999h') > today",
        "-9223372036854775808 / -1 > 0",
    ],
    ids=lambda text: text[:20],
)
def test_hostile_text_is_answered_or_refused(text: str) -> None:
    assert isinstance(answer(text), bool | ConditionError)
    lint(text, TYPES)
