"""The portfolio: how every project stands."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.views.project_overview import (
    ProjectOverview,
    compute_overview,
    items_by_project,
)
from plainwork.views.statements import records_by_work


class Portfolio(msgspec.Struct, frozen=True):
    """Every project: open ones first, by their due day."""

    workspace: str
    today: date
    projects: tuple[ProjectOverview, ...]


def compute_portfolio(snapshot: Snapshot, *, today: date) -> Portfolio:
    """Compute how every project stands."""
    kinds = snapshot.works.columns["kind"]
    projects = [work for work, kind in zip(snapshot.works, kinds, strict=True) if kind == "project"]
    projects.sort(key=lambda work: (not work.open, work.due or date.max, work.row))
    items = items_by_project(snapshot)
    records = records_by_work(snapshot)
    return Portfolio(
        snapshot.settings.name,
        today,
        tuple(
            compute_overview(
                project,
                snapshot,
                items=items.get(project.id.lower(), ()),
                records=records,
                today=today,
            )
            for project in projects
        ),
    )
