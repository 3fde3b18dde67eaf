"""Finding the work of which a condition is true (``--where``)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from plainwork.analysis.condition import evaluate
from plainwork.analysis.condition_bindings import FieldTypes, bind_work, condition_types
from plainwork.analysis.condition_lint import find_faults
from plainwork.analysis.query_words import QueryProblem
from plainwork.analysis.work_fields import COMPUTED_TYPES, work_field_types
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


class FilterResult(msgspec.Struct, frozen=True):
    """The works of which a condition is true, and how many could not be judged."""

    works: tuple[Work, ...]
    left_out: int = 0


_EXAMPLE = "for example: due != null && priority == 'urgent'"


def filter_works(
    works: Iterable[Work], condition: str, snapshot: Snapshot, *, today: date
) -> FilterResult | QueryProblem:
    """Keep the works of which a condition is true.

    A field that only some workflows declare is null for the work of others.

    Returns:
        The works in their order, or why the condition makes no sense for any of them.
    """
    common = {
        name: type_
        for name, type_ in work_field_types(snapshot).items()
        if name not in COMPUTED_TYPES
    }
    faults = find_faults(condition, common)
    if faults:
        hint = "" if "did you mean" in faults[0] else _EXAMPLE
        return QueryProblem(f"the condition cannot be used: {faults[0]}", hint)
    own: dict[str, FieldTypes] = {}
    kept = []
    left_out = 0
    for work in works:
        types = own.get(work.workflow)
        if types is None:
            declared = condition_types(work.kind, snapshot.workflow(work))
            types = own[work.workflow] = {**common, **declared}
        bindings = bind_work(work, types, today=today, currency=snapshot.settings.currency)
        result = evaluate(condition, bindings)
        if result is True:
            kept.append(work)
        elif result is not False:
            left_out += 1
    return FilterResult(tuple(kept), left_out)
