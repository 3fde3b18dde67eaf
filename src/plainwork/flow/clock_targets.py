"""Which target of a clock counts: the first whose condition holds (``FORMAT.md``, *Workflow*)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from plainwork.analysis.work_columns import WRITTEN_COLUMNS, compute_effective_columns
from plainwork.flow.clock_phases import Judged
from plainwork.flow.events import Standing
from plainwork.model.document import Document
from plainwork.model.workflow import Clock

_INHERITED = ("owner", "team", "project", "visibility")
_NOT_FIELDS = frozenset({"path", "body"})


class TargetFinder:
    """Chooses among the targets of clocks, by what documents said at the moment.

    What a condition cannot be asked of is not promised: such a target does not count.

    Args:
        zone: The workspace's time zone, in which days begin.
        currency: The workspace's.
    """

    def __init__(self, zone: tzinfo, currency: str) -> None:
        self._zone = zone
        self._currency = currency

    def __call__(self, clock: Clock, judged: Judged) -> str:
        """Return ``within`` of the target that counts, or ``""``."""
        for target in clock.targets:
            if not target.when or self._holds(target.when, judged):
                return target.within
        return ""

    def _holds(self, condition: str, judged: Judged) -> bool:
        from plainwork.analysis.condition import ConditionError, compile_expression, evaluate
        from plainwork.analysis.condition_bindings import DocumentBindings, condition_types

        expression = compile_expression(condition)
        if isinstance(expression, ConditionError):
            return False
        workflow = judged.workflow
        inherits = not set(_INHERITED).isdisjoint(expression.names)
        bindings = DocumentBindings(
            _effective_values(judged) if inherits else _own_values(judged.standing),
            condition_types(workflow.kind, workflow),
            today=datetime.fromtimestamp(judged.time, self._zone).date(),
            kind=workflow.kind,
            currency=self._currency,
            workflow=workflow.id,
        )
        return evaluate(condition, bindings) is True


def _own_values(standing: Standing) -> dict[str, Any]:
    return {"id": standing.id, **standing.values}


def _effective_values(judged: Judged) -> Mapping[str, Any]:
    """Return the fields of a work with what it inherits."""
    documents = [_make_document(each) for each in _find_chain(judged)]
    columns = {
        name: [take(document) for document in documents] for name, take in WRITTEN_COLUMNS.items()
    }
    effective = compute_effective_columns(columns, judged.workflows, {})
    return {
        **_own_values(judged.standing),
        **{name: effective[name][0] or None for name in _INHERITED},
    }


def _find_chain(judged: Judged) -> Iterator[Standing]:
    """Yield a work, and everything that it is part of."""
    waiting, seen = [judged.standing], {judged.standing.id.lower()}
    while waiting:
        standing = waiting.pop()
        yield standing
        for name in ("parent", "project"):
            above = judged.works.get(str(standing.values.get(name, "")).lower())
            if above is not None and above.id.lower() not in seen:
                seen.add(above.id.lower())
                waiting.append(above)


def _make_document(standing: Standing) -> Document:
    fields = {name: value for name, value in standing.values.items() if name not in _NOT_FIELDS}
    return Document(path=standing.path, kind="work", id=standing.id, readable=True, fields=fields)
