"""Open work that stands with another team than its own, because its state names one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED
from plainwork.views.summary import WorkSummary, summarise


class Handover(msgspec.Struct, frozen=True):
    """Work, and the team on the other side, or ``""`` if the work has none of its own."""

    work: WorkSummary
    other: str


class Handovers(msgspec.Struct, frozen=True):
    """What was handed to a team, and what of its own stands with others."""

    received: tuple[Handover, ...] = ()
    given: tuple[Handover, ...] = ()


def compute_handovers(snapshot: Snapshot, *, today: date) -> Mapping[str, Handovers]:
    """Return what each team received and gave, by its id in lower case.

    Args:
        snapshot: The workspace.
        today: The day of the question.
    """
    received: dict[str, list[Handover]] = {}
    given: dict[str, list[Handover]] = {}
    columns = snapshot.works.columns
    rows = zip(columns["category"], columns["team"], columns["written_team"], strict=True)
    for row, (category, team, own) in enumerate(rows):
        if category is None or category in CLOSED or not team:
            continue
        work = snapshot.works[row]
        workflow, state = snapshot.workflow(work), snapshot.state(work)
        home = own or (workflow.team if workflow else "")
        if state is None or not state.team or home.lower() == team.lower():
            continue
        summary = summarise(work, snapshot, today)
        received.setdefault(team.lower(), []).append(Handover(summary, home))
        if home:
            given.setdefault(home.lower(), []).append(Handover(summary, team))
    return {
        id_: Handovers(tuple(received.get(id_, ())), tuple(given.get(id_, ())))
        for id_ in dict.fromkeys((*received, *given))
    }
