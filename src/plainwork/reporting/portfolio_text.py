"""The portfolio for people: a row a project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.reporting.table import format_table
from plainwork.reporting.text import ago
from plainwork.reporting.title import format_due, format_title
from plainwork.views.portfolio import Portfolio
from plainwork.views.project_overview import ProjectOverview, spent_share

_HEADERS = ("project", "health", "computed", "done", "due", "spent", "top risk", "update")


def format_portfolio(portfolio: Portfolio, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a portfolio, of which every project takes one."""
    name = f"Projects of {portfolio.workspace}" if portfolio.workspace else "Projects"
    yield format_title(name, portfolio.today, width=width, color=color)
    yield ""
    if not portfolio.projects:
        yield "There is no project yet. This writes one:"
        yield '  plainwork new project "Its name" --set objective="What it is for"'
        return
    rows = [_row(project, portfolio.today) for project in portfolio.projects]
    yield from format_table(_HEADERS, rows, width=width, align="<<<><>", color=color)
    yield ""
    yield "`plainwork show ID` says why, and shows milestones, risks and decisions."


def _row(project: ProjectOverview, today: date) -> tuple[str, ...]:
    share = spent_share(project)
    update = project.update
    return (
        project.work.id,
        project.declared or "-",
        project.computed or project.work.state.lower(),
        f"{round(100 * project.finished / project.of)}%" if project.of else "-",
        format_due(project.work.due, today),
        f"{round(100 * share)}%" if share is not None else "-",
        project.risks[0].id if project.risks else "",
        ago((today - update.day).days) if update and update.day else "never",
    )
