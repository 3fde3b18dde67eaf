"""The rule ``departed-party``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.departures import find_departed
from plainwork.analysis.owners import find_owners
from plainwork.model.diagnostic import FieldPath, Severity
from plainwork.model.party import Agent, Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED
from plainwork.rules.rule import Found, Rule, Scope

_Duty = tuple[str, str, FieldPath, str]
"""Path, party, field, and in words what ties the two."""


def _check(snapshot: Snapshot, today: date) -> Iterator[Found]:
    departed = find_departed(snapshot, today)
    if not departed:
        return
    for path, party, field, does in (*_duties_at_work(snapshot), *_duties_for_parties(snapshot)):
        last = departed.get(party.lower())
        if last is not None:
            message = f"it {does} {party}, whose last day was {last}"
            yield Found(path, message, "hand it over to somebody who is there", field)


def _duties_at_work(snapshot: Snapshot) -> Iterator[_Duty]:
    columns = snapshot.works.columns
    paths, categories = columns["path"], columns["category"]
    closed = {path for path, category in zip(paths, categories, strict=True) if category in CLOSED}
    for path, owner in find_owners(snapshot):
        if path not in closed:
            yield path, owner, ("owner",), "is owned by"
    for path, assignees in zip(paths, columns["assignees"], strict=True):
        if path not in closed:
            for position, assignee in enumerate(assignees):
                yield path, assignee, ("assignees", position), "is assigned to"


def _duties_for_parties(snapshot: Snapshot) -> Iterator[_Duty]:
    for party in snapshot.parties.values():
        if isinstance(party, Team) and party.lead:
            yield party.path, party.lead, ("lead",), "is led by"
        elif isinstance(party, Agent) and party.owner:
            yield party.path, party.owner, ("owner",), "is answered for by"


RULE = Rule(
    name="departed-party",
    summary="Nobody who has left owns, does or leads anything open.",
    remedy=(
        "Work whose owner has left is nobody's. Hand it over; the person's file stays, because old "
        "work names it. The same holds for agents that have been stopped."
    ),
    scope=Scope.WORKSPACE,
    severity=Severity.WARNING,
    check_workspace=_check,
)
