"""How one project stands, for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.workflow import CLOSED, Category
from plainwork.reporting.sections import Section
from plainwork.reporting.title import format_due, format_since
from plainwork.reporting.values import format_hours, format_money
from plainwork.views.project_overview import ProjectOverview, spent_share
from plainwork.views.risks import Risk
from plainwork.views.summary import WorkSummary


def format_overview_fields(project: ProjectOverview, today: date) -> Iterator[tuple[str, str]]:
    """Yield what is said of a project in a line each: name and text."""
    yield "objective", project.objective
    yield "sponsor", project.sponsor
    yield "health", _health(project, today)
    yield "progress", _progress(project)
    yield "budget", _money(project)
    people = (f"{entry.party} {entry.share}".rstrip() for entry in project.resources)
    yield "people", ", ".join(people)


def overview_sections(project: ProjectOverview, today: date) -> Iterator[Section]:
    """Yield the lists of an overview: what endangers it, milestones, risks and decisions."""
    yield _section("In danger", [(reason,) for reason in project.reasons])
    yield _section("Milestones", [_milestone(work, today) for work in project.milestones])
    yield _section("Deliverables", [_milestone(work, today) for work in project.deliverables])
    yield _section("Risks", [_risk(risk) for risk in project.risks])
    yield _section(
        "Decisions", [(work.id, work.state, work.owner, work.title) for work in project.decisions]
    )
    yield _section("Stakeholders", [(entry.who, entry.interest) for entry in project.stakeholders])


def _section(heading: str, rows: list[tuple[str, ...]]) -> Section:
    return Section(heading, len(rows), "", rows)


def _milestone(work: WorkSummary, today: date) -> tuple[str, ...]:
    closed = work.category in CLOSED
    return (work.id, work.state, "" if closed else format_due(work.due, today), work.title)


def _risk(risk: Risk) -> tuple[str, ...]:
    size = " × ".join(filter(None, (risk.likelihood, risk.impact)))
    return (risk.id, size, risk.owner, risk.title)


def _health(project: ProjectOverview, today: date) -> str:
    declared = project.declared or "nothing declared"
    text = f"{declared}; computed: {project.computed}" if project.computed else declared
    update = project.update
    if update is not None:
        text += f"; {format_since(update.day, today)} {update.by}: {update.headline}"
    return text


def _progress(project: ProjectOverview) -> str:
    counts = (f"{getattr(project.counts, category)} {category}" for category in Category)
    words = ", ".join(text for text in counts if not text.startswith("0 "))
    if not project.of:
        return words
    return f"{round(100 * project.finished / project.of)}% done ({words})"


def _money(project: ProjectOverview) -> str:
    spent = " + ".join(map(format_money, project.spent.money)) or "nothing"
    time = f" and {format_hours(project.spent.hours)}" if project.spent.hours else ""
    share = spent_share(project)
    if project.budget is None or share is None:
        return f"none; {spent}{time} spent" if project.spent.money or time else ""
    return f"{format_money(project.budget)}; {spent} ({round(100 * share)}%){time} spent"
