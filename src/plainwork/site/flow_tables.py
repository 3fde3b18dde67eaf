"""How work flows as tables: every case behind the numbers of the pages about flow.

JSON is what `plainwork flow`, `friction`, `handoffs`, `forecast` and `reliability` print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from plainwork.flow.friction import Friction
from plainwork.flow.handoffs import Handoff, Handoffs
from plainwork.flow.items import StartedItem
from plainwork.flow.outlook import Outlook
from plainwork.site.page import Output
from plainwork.site.past import Past
from plainwork.site.sources import Sources
from plainwork.site.table import Forms, Table, flatten, plan_table


def plan_flow_tables(sources: Sources, forms: Forms) -> Iterator[Output]:
    """Yield how work flows; without a whole history there is nothing to tell."""
    for table in _TABLES:
        yield from plan_table(table, sources.keys.counts, sources, forms, of_past=True)


def _of_past(
    compute: Callable[[Past], msgspec.Struct | None],
) -> Callable[[Sources], msgspec.Struct | None]:
    def find(sources: Sources) -> msgspec.Struct | None:
        past = sources.whole_past
        return compute(past) if isinstance(past, Past) else None

    return find


_OF_HANDOFFS = (
    *("work", "title", "giver", "receiver", "state", "offered", "commit", "outcome", "answered"),
    *("answer_commit", "by", "wait_elapsed", "wait_working", "within", "due", "late"),
    *("rejections", "returned"),
)
_OF_WAITS = (
    *("waits_for", "name", "workflow", "work", "title", "start", "end"),
    *("length_elapsed", "length_working", "basis", "commits"),
)
_OF_PROMISES = (
    *("promise", "name", "workflow", "work", "due", "outcome", "ended", "postponed", "commits"),
)
_OF_FORECASTS = ("items", "confidence", "days", "by")


def _list_waits(found: Friction) -> Iterator[dict[str, Any]]:
    for kind in ("states", "teams", "approvers", "blockers"):
        for row in getattr(found, kind):
            whose = {
                "waits_for": kind.removesuffix("s"),
                "name": row.name,
                "workflow": row.workflow,
            }
            yield from (whose | flatten(case) for case in row.cases)


def _list_handoffs(found: Handoffs) -> Iterator[dict[str, Any]]:
    def describe(handoff: Handoff) -> dict[str, Any]:
        return flatten(handoff) | {"rejections": len(handoff.rejections)}

    return map(describe, found.handoffs)


def _list_promises(found: Any) -> Iterator[dict[str, Any]]:
    for routine in found.routines:
        for duty in routine.duties:
            said = {"promise": "routine", "name": routine.routine, "ended": duty.done}
            yield flatten(duty) | said
    for clock in found.clocks:
        for run in clock.runs:
            said = {"promise": "clock", "name": clock.clock, "outcome": run.standing}
            yield flatten(run) | said


def _list_answers(found: Outlook) -> Iterator[dict[str, Any]]:
    if found.when is not None:
        for answer in found.when.answers:
            yield {"items": found.when.items, **flatten(answer)}


_TABLES = (
    Table(
        "flow",
        "flow",
        _of_past(lambda past: past.flow),
        StartedItem.__struct_fields__,
        lambda found: list(map(flatten, found.finished)),
    ),
    Table(
        "friction",
        "friction",
        _of_past(lambda past: past.friction),
        _OF_WAITS,
        lambda found: list(_list_waits(found)),
    ),
    Table(
        "handoffs",
        "handoffs",
        _of_past(lambda past: past.handoffs),
        _OF_HANDOFFS,
        lambda found: list(_list_handoffs(found)),
    ),
    Table(
        "reliability",
        "reliability",
        _of_past(lambda past: past.reliability),
        _OF_PROMISES,
        lambda found: list(_list_promises(found)),
    ),
    Table(
        "forecast",
        "forecast",
        _of_past(lambda past: past.outlook),
        _OF_FORECASTS,
        lambda found: list(_list_answers(found)),
    ),
)
