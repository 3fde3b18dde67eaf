"""Finding the work that a query wants.

Each term becomes a test of its own that reads one column; they are made once and asked, the
cheap ones first, 100,000 times.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from plainwork.analysis.attention import StaleTest, is_overdue, is_unowned
from plainwork.analysis.blocking import is_blocked
from plainwork.analysis.field_order import OrderKey, order_key
from plainwork.analysis.membership import teams_below
from plainwork.analysis.query import FieldTerm, NameTerm, Query, Term, TextTerm, ViewTerm
from plainwork.analysis.work_fields import field_reader, work_field_types
from plainwork.model import field_type as ft
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Dependency, Work

Test = Callable[[Work], bool]

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ":": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_BY_VALUE = ft.Date | ft.Number | ft.Integer | ft.Money | ft.Span


def compile_query(
    query: Query,
    snapshot: Snapshot,
    *,
    today: date,
    last_changed: Callable[[Work], date | None],
) -> Test:
    """Return a function that tells whether a query wants a work.

    Args:
        query: The query, read in the same workspace.
        snapshot: The workspace.
        today: The day of the question.
        last_changed: The day of a work's last change, or None if unknown; called for ``stale``
            alone.
    """
    return _Compiler(snapshot, query, today, last_changed).compile(query)


class _Compiler:
    def __init__(
        self,
        snapshot: Snapshot,
        query: Query,
        today: date,
        last_changed: Callable[[Work], date | None],
    ) -> None:
        self._snapshot = snapshot
        self._me = query.me.lower()
        self._queries = query.views
        self._today = today
        self._last_changed = last_changed
        self._types = work_field_types(snapshot)
        self._views: dict[str, Test] = {}

    def compile(self, query: Query) -> Test:
        """Return the test of a whole query."""
        tests = [self._negatable(term) for term in sorted(query.terms, key=_cost)]
        if len(tests) == 1:
            return tests[0]

        def matches(work: Work) -> bool:
            return all(test(work) for test in tests)

        return matches

    def _negatable(self, term: Term) -> Test:
        test = self._compile_term(term)
        return (lambda work: not test(work)) if term.negated else test

    def _compile_term(self, term: Term) -> Test:
        match term:
            case FieldTerm():
                return self._compile_field(term)
            case NameTerm():
                return self._compile_name(term.name)
            case ViewTerm():
                if term.name not in self._views:
                    self._views[term.name] = _remembering(self.compile(self._queries[term.name]))
                return self._views[term.name]
            case TextTerm():
                return self._compile_text(term.text)

    def _compile_name(self, name: str) -> Test:
        snapshot, today = self._snapshot, self._today
        tests: Mapping[str, Test] = {
            "open": lambda work: work.open,
            "closed": lambda work: not work.open,
            "overdue": lambda work: is_overdue(work, today),
            "blocked": lambda work: is_blocked(work, snapshot),
            "stale": StaleTest(snapshot, today=today, last_changed=self._last_changed),
            "unowned": is_unowned,
            "mine": self._is_mine,
        }
        return tests[name]

    def _is_mine(self, work: Work) -> bool:
        parties = (work.owner, work.accountable, *work.assignees)
        return any(party.lower() == self._me for party in parties)

    def _compile_text(self, text: str) -> Test:
        needle = text.casefold()

        def mentions(work: Work) -> bool:
            return (
                needle in work.id.casefold()
                or needle in work.title.casefold()
                or needle in work.body.casefold()
            )

        return mentions

    def _compile_field(self, term: FieldTerm) -> Test:
        read = field_reader(term.field, self._snapshot)
        type_ = self._types.get(term.field, ft.Anything())
        tests: list[Test] = []
        values = tuple(value for value in term.values if value != "none")
        if term.unset:
            tests.append(lambda work: read(work) in _UNSET)
        if values and (term.operator != ":" or isinstance(type_, _BY_VALUE)):
            tests += [self._comparison(type_, term.operator, value, read) for value in values]
        elif isinstance(type_, ft.Text):
            tests += [_containment(value.casefold(), read) for value in values]
        elif values:
            tests.append(self._equality(term.field, type_, values, read))
        if len(tests) == 1:
            return tests[0]
        return lambda work: any(test(work) for test in tests)

    def _comparison(
        self, type_: ft.FieldType, sign: str, text: str, read: Callable[[Work], Any]
    ) -> Test:
        key = order_key(type_, self._snapshot)
        wanted = key(text)
        compare = _COMPARE[sign]
        if isinstance(type_, ft.Money):
            currency, wanted = wanted
            key = _amount_in(currency, key)

        def holds(work: Work) -> bool:
            value = key(read(work))
            return value is not None and compare(value, wanted)

        return holds

    def _equality(
        self, field: str, type_: ft.FieldType, values: Iterable[str], read: Callable[[Work], Any]
    ) -> Test:
        wanted = frozenset(
            name for value in values for name in self._names(field, type_, value.casefold())
        )

        def equals(work: Work) -> bool:
            value = read(work)
            if isinstance(value, str):
                return value.casefold() in wanted
            return any(leaf in wanted for leaf in _leaves(value))

        return equals

    def _names(self, field: str, type_: ft.FieldType, value: str) -> Iterator[str]:
        """Yield everything by which a value may be named: aliases of work, teams below a team."""
        yield value
        if field == "team":
            yield from (team.id.casefold() for team in teams_below(value, self._snapshot))
        elif _names_work(type_):
            work = self._snapshot.work(value)
            if work is not None:
                yield from (name.casefold() for name in (work.id, *work.aliases))


_UNSET: tuple[object, ...] = (None, "", (), [], {})


def _cost(term: Term) -> int:
    """Return when a term is asked: what reads one column first, bodies and history last."""
    match term:
        case NameTerm(name="stale" | "blocked") | ViewTerm():
            return 1
        case TextTerm():
            return 2
        case _:
            return 0


def _remembering(test: Test) -> Test:
    """Return a test that does not answer twice in a row about the same work.

    Views may name other views, several times over; without this the number of questions could
    double with each level.
    """
    last: list[tuple[Work | None, bool]] = [(None, False)]

    def remember(work: Work) -> bool:
        if last[0][0] is not work:
            last[0] = (work, test(work))
        return last[0][1]

    return remember


def _amount_in(currency: str, key: OrderKey) -> OrderKey:
    def amount(value: Any) -> Any:
        money = key(value)
        return money[1] if money is not None and money[0] == currency else None

    return amount


def _containment(needle: str, read: Callable[[Work], Any]) -> Test:
    return lambda work: needle in str(read(work) or "").casefold()


def _names_work(type_: ft.FieldType) -> bool:
    if isinstance(type_, ft.Many):
        return _names_work(type_.item)
    if isinstance(type_, ft.Reference):
        return type_.to in ("work", "item", "project", "milestone", "routine")
    return isinstance(type_, ft.Either | ft.Group)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Dependency):
        yield value.on.casefold()
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from _leaves(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _leaves(entry)
    elif isinstance(value, bool):
        yield str(value).lower()
    elif value is not None:
        yield str(value).casefold()
