"""The rule ``manager-cycle``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.cycles import find_cycles, format_cycle
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    above = {
        id_: (person.manager.lower(),)
        for id_, person in snapshot.parties.items()
        if isinstance(person, Person) and person.manager
    }
    for ring in find_cycles(above):
        message = f"they report to themselves: {format_cycle(ring)}"
        path = snapshot.parties[ring[0]].path
        yield Found(path, message, "remove one `manager`", ("manager",))


RULE = Rule(
    name="manager-cycle",
    summary="Nobody reports to themselves.",
    remedy=(
        "`owner.manager` would lead back to the owner, and two people could approve for each other "
        "what neither may decide alone. Remove the `manager` that is wrong."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
