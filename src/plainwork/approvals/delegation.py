"""Who approves in somebody's place: one step, within its days, never for who may not approve.

Delegations stand in the base's documents of people. A delegate who may approve in their own
right does so; else they speak for one person of the list who has not spoken, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plainwork.analysis.approvers import Approvers
from plainwork.analysis.document_change import DocumentChange
from plainwork.model.party import Delegate, Person
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


def find_delegates(snapshot: Snapshot) -> frozenset[str]:
    """Return the ids, in lower case, of all whom somebody has made a delegate."""
    people = (party for party in snapshot.parties.values() if isinstance(party, Person))
    return frozenset(each.to.lower() for person in people for each in person.delegates)


def find_delegators(
    delegate: Person, people: Iterable[str], change: DocumentChange, days: tuple[date, ...]
) -> Iterator[str]:
    """Yield the ids of those among some people in whose place somebody may approve.

    Args:
        delegate: Who approves.
        people: Ids of those who may approve.
        change: What it is about.
        days: On each of which it must hold: that on which the approval was given.
    """
    for id_ in people:
        person = change.snapshot.person(id_)
        if person is not None and any(
            _holds(each, delegate, change, days) for each in person.delegates
        ):
            yield id_


def may_stand_in(delegate: Person, approvers: Approvers, change: DocumentChange) -> bool:
    """Return whether somebody is not kept from approving, in whoever's place."""
    id_ = delegate.id.lower()
    makers = {change.author.lower(), *change.askers}
    return id_ not in approvers.excluded and id_ not in makers


def names_delegate(
    delegate: Person, people: Iterable[str], change: DocumentChange
) -> Iterator[str]:
    """Yield those among some people who name a delegate at all, in force or not."""
    for id_ in people:
        person = change.snapshot.person(id_)
        if person and any(each.to.lower() == delegate.id.lower() for each in person.delegates):
            yield id_


def _holds(
    delegation: Delegate, delegate: Person, change: DocumentChange, days: tuple[date, ...]
) -> bool:
    return (
        delegation.to.lower() == delegate.id.lower()
        and all(delegation.first is None or delegation.first <= day for day in days)
        and all(delegation.last is None or day <= delegation.last for day in days)
        and _covers(delegation, change)
    )


def _covers(delegation: Delegate, change: DocumentChange) -> bool:
    """Return whether a delegation is for all that a change touches; without workflows for all."""
    if not delegation.workflows:
        return True
    workflows = {each.lower() for each in delegation.workflows}
    return bool(change.sides) and all(
        isinstance(side, Work) and side.workflow.lower() in workflows for side in change.sides
    )
