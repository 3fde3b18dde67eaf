"""Which items numbers are about."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plainwork.analysis.membership import teams_below
from plainwork.flow.items import find_team
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
    """Return the items of a scope; projects and routines are none.

    Args:
        timelines: All work.
        snapshot: The workspace: its teams and workflows.
        scope: Which items count.
    """
    teams = {scope.team.lower(), *(team.id.lower() for team in teams_below(scope.team, snapshot))}
    return tuple(
        timeline
        for timeline in timelines
        if timeline.kind == "item"
        and (not scope.workflow or timeline.workflow.lower() == scope.workflow.lower())
        and (not scope.project or timeline.project.lower() == scope.project.lower())
        and (not scope.team or find_team(timeline, snapshot).lower() in teams)
    )
