"""Which works a view shows: what a query and a condition find, in the order asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from plainwork.analysis.query_words import QueryProblem
from plainwork.model.snapshot import Snapshot
from plainwork.views.listing import order_rows
from plainwork.views.summary import LastChanged


class Selection(msgspec.Struct, frozen=True):
    """What was asked for.

    Attributes:
        query: The words of a query; none: all work.
        where: A condition in CEL, or ``""``.
        sort: Fields to sort by, or ``""`` for the usual order.
    """

    query: tuple[str, ...] = ()
    where: str = ""
    sort: str = ""


class Selected(msgspec.Struct, frozen=True):
    """What was found.

    Attributes:
        rows: The works by their rows, in display order.
        left_out: How many the condition could not judge.
    """

    rows: Sequence[int]
    left_out: int = 0


def select_works(
    selection: Selection,
    snapshot: Snapshot,
    *,
    today: date,
    me: str = "",
    last_changed: LastChanged = lambda _: None,
) -> Selected | QueryProblem:
    """Find the works of a selection.

    Args:
        selection: What was asked for.
        snapshot: The workspace.
        today: The day of the question.
        me: The id of the person who asks, or ``""`` if nobody knows.
        last_changed: The day of a work's last change, or None if unknown.
    """
    rows: Sequence[int] = range(len(snapshot.works))
    sort = selection.sort
    if selection.query:
        from plainwork.analysis.query import parse_query
        from plainwork.analysis.query_match import compile_query

        query = parse_query(selection.query, snapshot, today=today, me=me)
        if isinstance(query, QueryProblem):
            return query
        wanted = compile_query(query, snapshot, today=today, last_changed=last_changed)
        rows = [row for row, work in enumerate(snapshot.works) if wanted(work)]
        if not rows:
            from plainwork.analysis.unknown_name import find_unknown_name

            problem = find_unknown_name(query, snapshot)
            if problem is not None:
                return problem
        sort = sort or query.sort
    left_out = 0
    if selection.where:
        from plainwork.analysis.work_filter import filter_works

        works = (snapshot.works[row] for row in rows)
        found = filter_works(works, selection.where, snapshot, today=today)
        if isinstance(found, QueryProblem):
            return found
        rows, left_out = [work.row for work in found.works], found.left_out
    ordered = order_rows(snapshot, rows)
    if sort:
        return _sort(Selected(ordered, left_out), sort, snapshot)
    return Selected(ordered, left_out)


def asks_who(selection: Selection, snapshot: Snapshot) -> bool:
    """Tell whether a selection may speak of the one who asks: finding out costs time."""
    texts = [*selection.query]
    if texts:
        texts += [view.query for view in snapshot.settings.views.values()]
    return any("me" in text or "mine" in text for text in texts)


def _sort(selected: Selected, text: str, snapshot: Snapshot) -> Selected | QueryProblem:
    from plainwork.analysis.work_order import parse_sort, sort_works

    keys = parse_sort(text, snapshot)
    if isinstance(keys, QueryProblem):
        return keys
    works = sort_works((snapshot.works[row] for row in selected.rows), keys, snapshot)
    return Selected([work.row for work in works], selected.left_out)
