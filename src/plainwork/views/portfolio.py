"""The portfolio: how every project stands."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.views.project_overview import ProjectOverview
from plainwork.views.work_index import WorkIndex


class Portfolio(msgspec.Struct, frozen=True):
    """Every project: open ones first, by their due day."""

    workspace: str
    today: date
    projects: tuple[ProjectOverview, ...]


def compute_portfolio(index: WorkIndex, *, today: date) -> Portfolio:
    """Compute how every project stands."""
    snapshot = index.snapshot
    kinds = snapshot.works.columns["kind"]
    projects = [work for work, kind in zip(snapshot.works, kinds, strict=True) if kind == "project"]
    projects.sort(key=lambda work: (not work.open, work.due or date.max, work.row))
    return Portfolio(
        snapshot.settings.name,
        today,
        tuple(index.overview(project, today) for project in projects),
    )
