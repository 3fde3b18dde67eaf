"""The rule ``team-cycle``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.cycles import find_cycles, format_cycle
from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    above = {
        id_: (team.parent.lower(),)
        for id_, team in snapshot.parties.items()
        if isinstance(team, Team) and team.parent
    }
    for ring in find_cycles(above):
        message = f"it is below itself: {format_cycle(ring)}"
        path = snapshot.parties[ring[0]].path
        yield Found(path, message, "remove one `parent`", ("parent",))


RULE = Rule(
    name="team-cycle",
    summary="No team is below itself.",
    remedy="Departments nest like boxes. Remove the `parent` that is wrong.",
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
