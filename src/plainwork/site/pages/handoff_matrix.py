"""What passes from team to team as a table: who gives stands at the side, who receives on top."""

from __future__ import annotations

import msgspec

from plainwork.flow.handoffs import HandoffPair, Handoffs

_MOST = 12
"""Teams: more columns nobody overlooks."""
_SHADES = 4


class HandoffCell(msgspec.Struct, frozen=True):
    """What one team handed to another; `shade` is from 1 to 4: how much waited, of the most."""

    pair: HandoffPair
    shade: int


class HandoffMatrix(msgspec.Struct, frozen=True):
    """The busiest teams, and what passed between them.

    Attributes:
        receivers: Ids of the teams that received anything, the busiest first.
        rows: Of each team that gave anything its id, and a cell for each receiver; None: nothing.
        left_out: How many teams were less busy.
    """

    receivers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HandoffCell | None, ...]], ...]
    left_out: int


def compute_matrix(handoffs: Handoffs) -> HandoffMatrix:
    """Return the handoffs as a table of at most 12 teams."""
    teams = handoffs.teams[:_MOST]
    pairs = {(pair.giver, pair.receiver): pair for pair in handoffs.pairs}
    most = max((pair.waited.elapsed for pair in handoffs.pairs), default=0) or 1
    receivers = tuple(id_ for id_ in teams if any((each, id_) in pairs for each in teams))

    def cell(giver: str, receiver: str) -> HandoffCell | None:
        pair = pairs.get((giver, receiver))
        return HandoffCell(pair, _shade(pair.waited.elapsed, most)) if pair else None

    rows = ((giver, tuple(cell(giver, receiver) for receiver in receivers)) for giver in teams)
    return HandoffMatrix(
        receivers=receivers,
        rows=tuple((giver, cells) for giver, cells in rows if any(cells)),
        left_out=len(handoffs.teams) - len(teams),
    )


def _shade(waited: int, most: int) -> int:
    return min(1 + _SHADES * waited // most, _SHADES)
