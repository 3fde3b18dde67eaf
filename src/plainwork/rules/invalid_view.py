"""The rule ``invalid-view``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.settings import View
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope

_SOMEBODY = "me"  # whoever asks; a check has nobody in mind


def _check(snapshot: Snapshot, today: date) -> Iterator[Found]:
    for view in snapshot.settings.views.values():
        yield from _check_view(view, snapshot, today)


def _check_view(view: View, snapshot: Snapshot, today: date) -> Iterator[Found]:
    from plainwork.analysis.query import parse_query  # only a workspace with views pays for it
    from plainwork.analysis.query_words import QueryProblem
    from plainwork.analysis.work_order import parse_sort

    query = parse_query([view.query], snapshot, today=today, me=_SOMEBODY)
    sort = parse_sort(view.sort, snapshot) if view.sort else ()
    for name, answer in (("query", query), ("sort", sort)):
        if isinstance(answer, QueryProblem):
            field = ("views", view.name, name)
            yield Found("plainwork.toml", answer.message, answer.hint, field)


RULE = Rule(
    name="invalid-view",
    summary="Saved views can be understood.",
    remedy=(
        "A view that names a field, a state or another view that is not there shows nothing. "
        "Correct its `query` or `sort` in `plainwork.toml`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
