"""Queries: which work somebody wants to see.

``CLI.md`` defines the language. Reading a query needs the workspace, because its fields, its
saved views and the order of its values are the workspace's own; :mod:`query_match` applies it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from plainwork.analysis.field_order import ORDERED, order_key
from plainwork.analysis.query_words import QueryProblem, Word, parse_words
from plainwork.analysis.team_calendar import find_calendar
from plainwork.analysis.work_fields import work_field_types
from plainwork.model import field_type as ft
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_duration

NAMES = ("open", "closed", "overdue", "blocked", "stale", "unowned", "mine")
"""The words that stand for a question; so do the names of saved views."""

MAX_VIEW_DEPTH = 20
"""How deep saved views may name each other."""


class FieldTerm(msgspec.Struct, frozen=True):
    """Work whose field has one of some values, or is less or more than one of them.

    Attributes:
        operator: ``:``, ``<``, ``<=``, ``>`` or ``>=``.
        values: Texts, of which dates are already days: ``today+7d`` is resolved.
        unset: Whether work that has no value is meant too.
    """

    field: str
    operator: str
    values: tuple[str, ...]
    unset: bool = False
    negated: bool = False


class NameTerm(msgspec.Struct, frozen=True):
    """Work of which one of :data:`NAMES` is true."""

    name: str
    negated: bool = False


class TextTerm(msgspec.Struct, frozen=True):
    """Work that mentions a text in its id, title or body."""

    text: str
    negated: bool = False


class ViewTerm(msgspec.Struct, frozen=True):
    """Work that a saved view shows; what it asks stands in :attr:`Query.views`."""

    name: str
    negated: bool = False


Term = FieldTerm | NameTerm | TextTerm | ViewTerm


class Query(msgspec.Struct, frozen=True):
    """A query that makes sense: work is wanted if all terms are true of it.

    Attributes:
        terms: What must be true; none: of all work.
        me: The id of the person who asks, or ``""``.
        sort: How the first saved view in it wants to be sorted, or ``""``.
        views: What every saved view in it asks, also those that only other views name.
    """

    terms: tuple[Term, ...] = ()
    me: str = ""
    sort: str = ""
    views: Mapping[str, Query] = {}


def parse_query(
    words: Sequence[str], snapshot: Snapshot, *, today: date, me: str = ""
) -> Query | QueryProblem:
    """Read a query.

    Args:
        words: The arguments of a command; a blank inside one separates words as well.
        snapshot: The workspace.
        today: What ``today`` in a value stands for.
        me: The id of the person with Git's e-mail address, or ``""`` if nobody has it.
    """
    reader = _Reader(snapshot, today, me)
    query = reader.read(" ".join(words), views=())
    if isinstance(query, QueryProblem):
        return query
    return msgspec.structs.replace(query, views=reader.views)


class _Reader:
    """Reads one query and the views that it names, each view once."""

    def __init__(self, snapshot: Snapshot, today: date, me: str) -> None:
        self._snapshot = snapshot
        self._today = today
        self._me = me
        self._types: Mapping[str, ft.FieldType] = work_field_types(snapshot)
        self.views: dict[str, Query] = {}

    def read(self, text: str, views: tuple[str, ...]) -> Query | QueryProblem:
        """Read a query that stands in a chain of views, outermost first."""
        words = parse_words(text)
        if isinstance(words, QueryProblem):
            return words
        terms: dict[Term, None] = {}
        sort = ""
        for word in words:
            term = self._read_word(word, views)
            if isinstance(term, QueryProblem):
                return term
            terms[term] = None
            if isinstance(term, ViewTerm) and not sort:
                sort = self._snapshot.settings.views[term.name].sort or self.views[term.name].sort
        return Query(tuple(terms), self._me, sort)

    def _read_word(self, word: Word, views: tuple[str, ...]) -> Term | QueryProblem:
        if word.field:
            return self._read_field(word)
        if word.quoted:
            return TextTerm(word.text, word.negated)
        if word.text in NAMES:
            if word.text == "mine" and not self._me:
                return _NOBODY
            return NameTerm(word.text, word.negated)
        if word.text in self._snapshot.settings.views:
            return self._read_view(word.text, views) or ViewTerm(word.text, word.negated)
        return TextTerm(word.text, word.negated)

    def _read_view(self, name: str, views: tuple[str, ...]) -> QueryProblem | None:
        """Read a view into :attr:`views`, once."""
        if name in views:
            ring = " -> ".join((*views[views.index(name) :], name))
            return QueryProblem(f"saved views name each other in a ring: {ring}")
        if len(views) >= MAX_VIEW_DEPTH:
            return QueryProblem(f"saved views name each other more than {MAX_VIEW_DEPTH} deep")
        if name in self.views:
            return None
        query = self.read(self._snapshot.settings.views[name].query, (*views, name))
        if isinstance(query, QueryProblem):
            known = query.message.startswith("saved view")
            return (
                query
                if known
                else QueryProblem(f"saved view `{name}`: {query.message}", query.hint)
            )
        self.views[name] = query
        return None

    def _read_field(self, word: Word) -> Term | QueryProblem:
        type_ = self._types.get(word.field)
        if type_ is None and not word.field.startswith("x-"):
            hint = _suggest(word.field, self._types) or _NO_FIELD
            return QueryProblem(f"there is no field `{word.field}`", hint)
        if word.operator != ":" and not isinstance(type_, ORDERED):
            hint = f"`{word.field}:VALUE` finds equal ones"
            return QueryProblem(f"`{word.field}` has no order for `{word.operator}`", hint)
        values = []
        for text in word.values:
            value = text if text == "none" else self._read_value(word.field, type_, text)
            if isinstance(value, QueryProblem):
                return value
            values.append(value)
        return FieldTerm(word.field, word.operator, tuple(values), "none" in values, word.negated)

    def _read_value(self, field: str, type_: ft.FieldType | None, text: str) -> str | QueryProblem:
        if text == "me" and _names_parties(type_):
            return self._me or _NOBODY
        if isinstance(type_, ft.Date):
            text = self._read_day(text)
        options = {option.lower(): option for option in self._options(field, type_)}
        if options:
            found = options.get(text.lower())
            if found is not None:
                return found
            hint = _suggest(text, options) or f"use one of {', '.join(options.values())}"
            return QueryProblem(f"`{field}` is never `{text}`", hint)
        if isinstance(type_, ORDERED) and order_key(type_, self._snapshot)(text) is None:
            return QueryProblem(f"`{text}` is no value of `{field}`", _EXAMPLES[type(type_)])
        return text

    def _options(self, field: str, type_: ft.FieldType | None) -> tuple[str, ...]:
        if field == "status":
            states = (s.name for w in self._snapshot.workflows.values() for s in w.states)
            return tuple(dict.fromkeys(states))
        if field == "workflow":
            return tuple(self._snapshot.workflows)
        if isinstance(type_, ft.Boolean):
            return ("true", "false")
        return type_.options if isinstance(type_, ft.Choice) else ()

    def _read_day(self, text: str) -> str:
        """Return the day that ``today``, ``today+7d`` or ``today-2bd`` means, as text."""
        if text == "today":
            return self._today.isoformat()
        for sign, mark in ((1, "+"), (-1, "-")):
            if text.startswith(f"today{mark}"):
                duration = parse_duration(text[6:])
                if duration is not None:
                    calendar = find_calendar(self._snapshot)
                    return calendar.add_to_date(self._today, duration, sign).isoformat()
        return text


_NOBODY = QueryProblem(
    "nobody in this workspace has your e-mail address",
    "`plainwork set ID emails+=…` adds it to a person",
)
_NO_FIELD = '`plainwork list --help` names fields; quotation marks seek text: `"like:this"`'
_EXAMPLES: Mapping[type, str] = {
    ft.Date: "write it as 2026-05-01, today or today+7d",
    ft.Number: "write it as 1.5",
    ft.Integer: "write it as 3",
    ft.Money: 'write it as 1840.50, or "61000 USD" in quotation marks',
    ft.Span: "write it as 4h, 3d or 2w",
}


def _names_parties(type_: ft.FieldType | None) -> bool:
    if isinstance(type_, ft.Many):
        return _names_parties(type_.item)
    return isinstance(type_, ft.Reference) and type_.to in ("party", "person")


def _suggest(word: str, known: Mapping[str, object] | Sequence[str]) -> str:
    from plainwork.parsing.near_match import did_you_mean

    return did_you_mean(word, known)
