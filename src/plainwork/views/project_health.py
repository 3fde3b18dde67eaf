"""What endangers a project, as far as its documents tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from plainwork.analysis.attention import is_overdue
from plainwork.analysis.blocking import waits_for
from plainwork.model.quantity import Money
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.risks import HIGH, Risk
from plainwork.views.spending import Spending

_Health = Literal["on-track", "at-risk", "off-track"]


class Sign(msgspec.Struct, frozen=True):
    """A reason why a project is not better than so."""

    health: _Health
    reason: str


class Circumstances(msgspec.Struct, frozen=True):
    """What the health of a project follows from."""

    project: Work
    items: Sequence[Work]
    milestones: Sequence[Work]
    risks: Sequence[Risk]
    budget: Money | None
    spent: Spending


def find_signs(found: Circumstances, snapshot: Snapshot, today: date) -> tuple[Sign, ...]:
    """Return what endangers a project, the worst first."""
    signs = [
        *_broken_promises(found, today),
        *_late_work(found, snapshot, today),
        *(Sign("at-risk", f"risk {risk.id} is high") for risk in found.risks if risk.score >= HIGH),
    ]
    return tuple(sorted(signs, key=lambda sign: sign.health != "off-track"))


def worst_of(signs: Sequence[Sign]) -> _Health:
    """Return the health that signs come to."""
    healths = {sign.health for sign in signs}
    return next((worst for worst in _WORST_FIRST if worst in healths), "on-track")


_WORST_FIRST: tuple[_Health, ...] = ("off-track", "at-risk")


def _broken_promises(found: Circumstances, today: date) -> Iterator[Sign]:
    if is_overdue(found.project, today):
        yield Sign("off-track", "its due day has passed")
    for milestone in found.milestones:
        if is_overdue(milestone, today):
            yield Sign("off-track", f"milestone {milestone.id} is overdue")
    budget = found.budget
    if budget is not None and found.spent.in_currency(budget.currency) > budget.amount:
        yield Sign("off-track", "more is spent than its budget")


def _late_work(found: Circumstances, snapshot: Snapshot, today: date) -> Iterator[Sign]:
    milestones = set(found.milestones)
    late = sum(is_overdue(item, today) for item in found.items if item not in milestones)
    if late:
        yield Sign("at-risk", f"{late} of its items {'are' if late > 1 else 'is'} overdue")
    for milestone in found.milestones:
        if not milestone.open or is_overdue(milestone, today):
            continue
        if any(is_overdue(other, today) for other in waits_for(milestone, snapshot)):
            yield Sign("at-risk", f"milestone {milestone.id} waits for overdue work")
