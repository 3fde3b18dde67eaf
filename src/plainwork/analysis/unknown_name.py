"""Names in a query that nothing has: most often slips of the pen, and the reason for no answer."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.analysis.lookup import PARTIES, TEAM, WORK, format_unknown, is_known
from plainwork.analysis.query import FieldTerm, Query
from plainwork.analysis.query_words import QueryProblem
from plainwork.analysis.work_fields import work_field_types
from plainwork.model import field_type as ft
from plainwork.model.snapshot import Snapshot

_KINDS = {
    "party": PARTIES,
    "person": PARTIES,
    "team": TEAM,
    "work": WORK,
    "item": WORK,
    "project": WORK,
    "routine": WORK,
    "milestone": WORK,
}


def find_unknown_name(query: Query, snapshot: Snapshot) -> QueryProblem | None:
    """Return what is wrong with a query that found nothing, if it names nobody and nothing.

    It is asked afterwards, because work may name somebody who is gone, and can be found so.
    """
    types = work_field_types(snapshot)
    for term in query.terms:
        if isinstance(term, FieldTerm) and not term.negated:
            for kinds in _kinds_named(types.get(term.field)):
                for text in term.values:
                    if text != "none" and not is_known(snapshot, text, kinds):
                        return QueryProblem(format_unknown(snapshot, text, kinds))
    return None


def _kinds_named(type_: ft.FieldType | None) -> Iterator[frozenset[str]]:
    """Yield the kinds of document of which a field names one, if it can name nothing else."""
    if isinstance(type_, ft.Many):
        yield from _kinds_named(type_.item)
    elif (
        isinstance(type_, ft.Reference)
        and type_.to in _KINDS
        and not (type_.or_text or type_.or_url)
    ):
        yield _KINDS[type_.to]
