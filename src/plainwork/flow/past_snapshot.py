"""The workspace that there never was: what can be said of work that another tool kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plainwork.analysis.work_columns import WRITTEN_COLUMNS, compute_effective_columns
from plainwork.model.history import History
from plainwork.model.party import Party, Team
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import WorkTable
from plainwork.model.workflow import Workflow


def make_past_snapshot(
    history: History, settings: Settings, workflows: Mapping[str, Workflow]
) -> Snapshot:
    """Return a workspace without documents, for measures of a past that was read elsewhere.

    Args:
        history: What happened; the teams are those that it names.
        settings: What the workspace is called, and in which zone its days begin.
        workflows: Those that the work follows, by id in lower case.
    """
    parties: dict[str, Party] = {
        id_.lower(): Team(id=id_, path="", name=id_) for id_ in _find_teams(history)
    }
    columns: dict[str, Sequence[Any]] = dict.fromkeys(WRITTEN_COLUMNS, ())
    columns |= {"fields": (), "references": (), "body": ()}
    columns |= compute_effective_columns(columns, workflows, parties)
    return Snapshot(
        settings=settings,
        works=WorkTable(columns),
        workflows=workflows,
        parties=parties,
        policies={},
    )


def _find_teams(history: History) -> Iterator[str]:
    for event in history.events:
        team = event.changes.get("team", (None, None))[1]
        if isinstance(team, str):
            yield team
