"""Risks, and how great they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

HIGH = 60
"""The score from which a risk is high: of three levels each, high and medium come to 67."""


class Risk(msgspec.Struct, frozen=True):
    """An open risk.

    Attributes:
        score: Likelihood times impact in percent of the greatest that the workflow knows; 0 if
            one of them is unknown.
    """

    id: str
    title: str
    owner: str
    state: str
    likelihood: str
    impact: str
    score: int


def find_risks(items: Iterable[Work], snapshot: Snapshot) -> Iterator[Risk]:
    """Yield the open risks among items: those of the workflow ``risk``."""
    for item in items:
        if item.workflow.lower() == "risk" and item.open:
            likelihood, impact = (_text(item, name) for name in ("likelihood", "impact"))
            share = _share(item, "likelihood", snapshot) * _share(item, "impact", snapshot)
            state = snapshot.state(item)
            yield Risk(
                id=item.id,
                title=item.title,
                owner=item.owner,
                state=state.label if state else item.status,
                likelihood=likelihood,
                impact=impact,
                score=round(100 * share),
            )


def _share(item: Work, name: str, snapshot: Snapshot) -> float:
    """Return where a value stands among the options of its field, from 0 to 1."""
    workflow = snapshot.workflow(item)
    field = workflow.field(name) if workflow else None
    value = _text(item, name)
    if field is None or value not in field.options:
        return 0
    return (field.options.index(value) + 1) / len(field.options)


def _text(item: Work, name: str) -> str:
    value = item.fields.get(name)
    return "" if value is None else str(value)
