"""The rule ``owner-not-human``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.owners import find_owners
from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for path, owner in find_owners(snapshot):
        team = snapshot.party(owner)
        if isinstance(team, Team) and snapshot.person(team.lead) is None:
            message = f"team `{team.id}` has no lead, so nobody is accountable"
            hint = f"give {team.path} a `lead`, or name a person"
            yield Found(path, message, hint, ("owner",))


RULE = Rule(
    name="owner-not-human",
    summary="Every owner comes to one human.",
    remedy=(
        "A team that owns stands for its lead; without one, everybody is accountable, which is "
        "nobody. Give the team a lead, or name a person."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
