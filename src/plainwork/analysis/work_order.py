"""Sorting work by its fields."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plainwork.analysis.field_order import order_key
from plainwork.analysis.query_words import QueryProblem
from plainwork.analysis.work_fields import field_reader, work_field_types
from plainwork.model import field_type as ft
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


class SortKey(msgspec.Struct, frozen=True):
    """A field to sort by."""

    field: str
    descending: bool = False


def parse_sort(text: str, snapshot: Snapshot) -> tuple[SortKey, ...] | QueryProblem:
    """Read ``due,-priority``: fields separated by commas, a minus for the highest first."""
    types = work_field_types(snapshot)
    keys = []
    for part in filter(None, map(str.strip, text.split(","))):
        field = part.removeprefix("-")
        if field not in types and not field.startswith("x-"):
            from plainwork.parsing.near_match import did_you_mean

            hint = did_you_mean(field, types) or f"known are {', '.join(types)}"
            return QueryProblem(f"there is no field `{field}`", hint)
        keys.append(SortKey(field, part.startswith("-")))
    return tuple(keys)


def sort_works(
    works: Iterable[Work], keys: Iterable[SortKey], snapshot: Snapshot
) -> tuple[Work, ...]:
    """Return work in order of the first key, where that is equal of the second, and so on.

    Work without a value comes last, ascending or descending; what is equal stays as it was.
    """
    types = work_field_types(snapshot)
    ordered = list(works)
    for key in reversed(tuple(keys)):
        read = field_reader(key.field, snapshot)
        order = order_key(types.get(key.field, ft.Anything()), snapshot)
        values = {work: order(read(work)) for work in ordered}
        filled = [work for work in ordered if values[work] is not None]
        filled.sort(key=values.__getitem__, reverse=key.descending)
        ordered = filled + [work for work in ordered if values[work] is None]
    return tuple(ordered)
