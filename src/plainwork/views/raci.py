"""RACI: who is responsible, accountable, consulted and informed, work by work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.views.roles import responsible_for


class RaciRow(msgspec.Struct, frozen=True):
    """The roles around one work.

    Attributes:
        responsible: Who does it: the assignees, else the responsible team, else the owner.
        accountable: The one human who answers for it, or ``""``.
    """

    id: str
    title: str
    kind: str
    responsible: tuple[str, ...]
    accountable: str
    consulted: tuple[str, ...]
    informed: tuple[str, ...]


class Raci(msgspec.Struct, frozen=True):
    """The roles around works, in display order; ``total`` counts all work."""

    workspace: str
    today: date
    works: tuple[RaciRow, ...]
    total: int
    left_out: int = 0


def compute_raci(
    snapshot: Snapshot, rows: Sequence[int], *, today: date, left_out: int = 0
) -> Raci:
    """Look up the roles around works.

    Args:
        snapshot: The workspace.
        rows: The works by their rows, in display order.
        today: The day of the question.
        left_out: How many works a condition could not judge.
    """
    names = ("id", "title", "kind", "assignees", "team", "accountable", "consulted", "informed")
    columns = [snapshot.works.columns[name] for name in names]
    works = []
    for row in rows:
        id_, title, kind, assignees, team, accountable, consulted, informed = (
            column[row] for column in columns
        )
        responsible = responsible_for(assignees, team, accountable)
        works.append(RaciRow(id_, title, kind, responsible, accountable, consulted, informed))
    return Raci(snapshot.settings.name, today, tuple(works), len(snapshot.works), left_out)
