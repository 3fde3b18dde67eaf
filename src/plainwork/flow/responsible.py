"""Which team was responsible for work, by the rules of that time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork.flow.versions import PastDefinitions


def find_responsible(values: Mapping[str, Any], commit: int, past: PastDefinitions) -> str:
    """Return the id of the team that was responsible, or ``""``.

    It is that of the state, else of the work, else of the workflow (``FORMAT.md``, *Work*).

    Args:
        values: The fields of the work as they were.
        commit: The position of the commit whose rules count.
        past: The rules.
    """
    workflow = past.workflow(str(values.get("workflow", "")), commit)
    state = workflow.state(str(values.get("status", ""))) if workflow else None
    team = (
        (state.team if state else "")
        or str(values.get("team") or "")
        or (workflow.team if workflow else "")
    )
    known = past.team(team, commit)
    return known.id if known else team
