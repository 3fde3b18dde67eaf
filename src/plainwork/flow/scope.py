"""Which items numbers are about."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plainwork.analysis.membership import teams_below
from plainwork.flow.timelines import Timeline
from plainwork.model.snapshot import Snapshot


class Scope(msgspec.Struct, frozen=True):
    """Which items count: of a workflow, a team or one below it, a project; ``""``: of any."""

    workflow: str = ""
    team: str = ""
    project: str = ""


def choose_items(
    timelines: Iterable[Timeline], snapshot: Snapshot, scope: Scope
) -> tuple[Timeline, ...]:
    """Return the items of a scope; projects and routines are none."""
    teams = {scope.team.lower(), *(team.id.lower() for team in teams_below(scope.team, snapshot))}
    return tuple(
        timeline
        for timeline in timelines
        if timeline.kind == "item"
        and (not scope.workflow or timeline.workflow.lower() == scope.workflow.lower())
        and (not scope.project or timeline.project.lower() == scope.project.lower())
        and (not scope.team or find_team(timeline, snapshot).lower() in teams)
    )


def find_team(timeline: Timeline, snapshot: Snapshot) -> str:
    """Return the team that is responsible for work: now, or as far as it can be told of the past.

    That of its state, else its own, else that of its workflow.
    """
    work = snapshot.works.by_id.get(timeline.work.lower())
    if work is not None and timeline.deleted is None:
        return work.team
    workflow = snapshot.workflows.get(timeline.workflow.lower())
    return timeline.team or (workflow.team if workflow else "")
