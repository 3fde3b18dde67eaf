"""How a project stands: what it is for, how far it is, and what endangers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from plainwork.model.quantity import Money
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import IN_PROGRESS, Category
from plainwork.parsing.quantities import parse_money
from plainwork.views.counts import CountRow, count_works
from plainwork.views.project_health import Circumstances, find_signs, worst_of
from plainwork.views.risks import Risk, find_risks
from plainwork.views.spending import Spending, compute_spending
from plainwork.views.statements import Statement, describe_record
from plainwork.views.summary import WorkSummary, summarise


class Stakeholder(msgspec.Struct, frozen=True):
    """Who has an interest in a project, and which."""

    who: str
    interest: str


class Resource(msgspec.Struct, frozen=True):
    """Who works on a project, how much of their time (as written), and when."""

    party: str
    share: str
    first: date | None
    last: date | None


class ProjectOverview(msgspec.Struct, frozen=True):
    """How a project stands.

    Attributes:
        declared: The health of the latest update that names one, or ``""``.
        computed: The health that follows from dates, money and risks; ``""`` if it is closed.
        reasons: Why the computed health is not better.
        finished: How many items of it are done, of those that were not dropped; registers such as
            risks, which are never worked on, are left out.
        of: How many items were not dropped.
        milestones: In order of their due days; deliverables likewise.
        risks: Open ones, the greatest first.
        decisions: Open ones first.
    """

    work: WorkSummary
    objective: str
    sponsor: str
    start: date | None
    stakeholders: tuple[Stakeholder, ...]
    resources: tuple[Resource, ...]
    declared: str
    update: Statement | None
    computed: str
    reasons: tuple[str, ...]
    counts: CountRow
    finished: int
    of: int
    milestones: tuple[WorkSummary, ...]
    deliverables: tuple[WorkSummary, ...]
    risks: tuple[Risk, ...]
    decisions: tuple[WorkSummary, ...]
    budget: Money | None
    spent: Spending


def compute_overview(
    project: Work,
    snapshot: Snapshot,
    *,
    items: Sequence[Work],
    records: Mapping[str, Sequence[Record]],
    today: date,
) -> ProjectOverview:
    """Compute how a project stands.

    Args:
        project: The project.
        snapshot: The workspace.
        items: The items that belong to it.
        records: Records by the id of the work that they are about, the latest first.
        today: The day of the question.
    """
    about = list(records.get(project.id.lower(), ()))
    all_records = [*about, *(entry for item in items for entry in records.get(item.id.lower(), ()))]
    updates = [describe_record(record) for record in about if record.kind == "update"]
    declared = next((update for update in updates if update.health), None)
    spent = compute_spending(all_records, snapshot)
    budget = _budget(project, snapshot)
    kinds = _by_workflow(items)
    milestones = _by_due_day(kinds.get("milestone", ()))
    risks = sorted(find_risks(kinds.get("risk", ()), snapshot), key=lambda risk: -risk.score)
    signs = find_signs(
        Circumstances(project, items, milestones, risks, budget, spent), snapshot, today
    )
    countable = [item for name in kinds if _is_worked_on(name, snapshot) for item in kinds[name]]
    decisions = sorted(kinds.get("decision", ()), key=lambda work: not work.open)
    return ProjectOverview(
        work=summarise(project, snapshot, today),
        objective=_text(project, "objective"),
        sponsor=_text(project, "sponsor"),
        start=project.start,
        stakeholders=tuple(_stakeholders(project)),
        resources=tuple(_resources(project)),
        declared=declared.health if declared else "",
        update=updates[0] if updates else None,
        computed=worst_of(signs) if project.open else "",
        reasons=tuple(sign.reason for sign in signs),
        counts=count_works(items, today),
        finished=sum(item.category is Category.DONE for item in countable),
        of=sum(item.category is not Category.DROPPED for item in countable),
        milestones=tuple(summarise(work, snapshot, today) for work in milestones),
        deliverables=tuple(
            summarise(work, snapshot, today) for work in _by_due_day(kinds.get("deliverable", ()))
        ),
        risks=tuple(risks),
        decisions=tuple(summarise(work, snapshot, today) for work in decisions),
        budget=budget,
        spent=spent,
    )


def items_by_project(snapshot: Snapshot) -> Mapping[str, Sequence[Work]]:
    """Return the items of every project, by its id in lower case."""
    found: dict[str, list[Work]] = {}
    columns = snapshot.works.columns
    rows = zip(snapshot.works, columns["project"], columns["kind"], strict=True)
    for work, project, kind in rows:
        if project and kind == "item":
            found.setdefault(project.lower(), []).append(work)
    return found


def _by_workflow(items: Sequence[Work]) -> Mapping[str, Sequence[Work]]:
    found: dict[str, list[Work]] = {}
    for item in items:
        found.setdefault(item.workflow.lower(), []).append(item)
    return found


def _by_due_day(items: Sequence[Work]) -> list[Work]:
    return sorted(items, key=lambda work: (work.due or date.max, work.row))


def _is_worked_on(name: str, snapshot: Snapshot) -> bool:
    """Tell whether a workflow is no register: it has a state in which work goes on."""
    workflow = snapshot.workflows.get(name)
    return workflow is None or any(state.category in IN_PROGRESS for state in workflow.states)


def _budget(project: Work, snapshot: Snapshot) -> Money | None:
    money = parse_money(_text(project, "budget"))
    if money is None:
        return None
    return Money(money.amount, money.currency or snapshot.settings.currency)


def _stakeholders(project: Work) -> Iterator[Stakeholder]:
    for entry in _entries(project, "stakeholders"):
        who = entry.get("party") or entry.get("name") or ""
        yield Stakeholder(str(who), str(entry.get("interest", "")))


def _resources(project: Work) -> Iterator[Resource]:
    for entry in _entries(project, "resources"):
        who, share = (str(entry.get(name, "")) for name in ("party", "share"))
        first, last = (entry.get(name) for name in ("from", "until"))
        yield Resource(
            who,
            share,
            first if isinstance(first, date) else None,
            last if isinstance(last, date) else None,
        )


def _entries(project: Work, name: str) -> list[dict[str, Any]]:
    return [entry for entry in project.fields.get(name) or () if isinstance(entry, dict)]


def _text(work: Work, name: str) -> str:
    value = work.fields.get(name)
    return "" if value is None else str(value)


def spent_share(overview: ProjectOverview) -> Decimal | None:
    """Return how much of its budget a project has spent, or None without a budget."""
    if overview.budget is None or not overview.budget.amount:
        return None
    return overview.spent.in_currency(overview.budget.currency) / overview.budget.amount
