"""What somebody should do next, what waits for them, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from plainwork.analysis.blocking import is_blocked
from plainwork.analysis.membership import teams_of
from plainwork.model.clock_run import ClockRun
from plainwork.model.open_offer import OpenOffer
from plainwork.model.party import Agent, Party, Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category
from plainwork.views.approvals_waiting import WaitingForApproval
from plainwork.views.blocked import BlockedWork, describe_blocked
from plainwork.views.found import Found, Picker
from plainwork.views.offered import OfferedWork, describe_offered
from plainwork.views.open_work import OpenWork
from plainwork.views.presence import Presence, compute_presence
from plainwork.views.promises import Promises
from plainwork.views.summary import LastChanged, WorkSummary, summarise


class NextStep(msgspec.Struct, frozen=True):
    """Work that can be done now, and the ids of the work that waits for it."""

    work: WorkSummary
    holds_up: tuple[str, ...]


class NextWork(msgspec.Struct, frozen=True):
    """What a party has to do.

    Attributes:
        party: Its id.
        name: Its name.
        presence: Whether it is there today.
        do: What it does itself, and can go on with.
        decide: What waits for an approval that it can give.
        offered: What other teams have offered to its own, and nobody has answered.
        blocked: What it does itself, but cannot go on with.
        waiting: What it does itself, but stands in a state of waiting.
        answers_for: What it owns and others do.
        clocks: Of work above the promise that has to be kept first, by the id of the work.
    """

    party: str
    name: str
    today: date
    presence: Presence
    do: Found[NextStep]
    decide: Found[WaitingForApproval]
    offered: Found[OfferedWork]
    blocked: Found[BlockedWork]
    waiting: Found[WorkSummary]
    answers_for: Found[WorkSummary]
    clocks: dict[str, ClockRun]


def compute_next(
    snapshot: Snapshot,
    party: Party,
    *,
    today: date,
    last_changed: LastChanged,
    most: int | None = None,
    promises: Promises | None = None,
    open_work: OpenWork | None = None,
    offers: Iterable[OpenOffer] = (),
) -> NextWork:
    """Compute what a party should do next.

    A person does what is assigned to them or to a team of theirs, and what they own if nobody is
    assigned; a team all that it is responsible for. Standing duties are not work to be done
    next: ``plainwork who`` shows them.

    Args:
        snapshot: The workspace.
        party: A person, team or agent.
        today: The day of the question.
        last_changed: The day of a work's last change.
        most: How many works of each sort are described, or None for all; all are counted.
        promises: What clocks promise; None: nothing.
        open_work: Its open work, if several parties are asked about.
        offers: Handoffs that nobody has answered, to whomever.
    """
    found = open_work or OpenWork(
        snapshot, today=today, last_changed=last_changed, promises=promises
    )
    owned = _owned(party, found)
    mine = [work for work in _done_by(party, owned, found, snapshot) if work.kind == "item"]
    blocked = {work for work in mine if is_blocked(work, snapshot)}
    free = [work for work in mine if work not in blocked]
    pick = Picker(found.urgency, most)

    def step(work: Work) -> NextStep:
        waiting = tuple(other.id for other in found.held_up.get(work, ()))
        return NextStep(summarise(work, snapshot, today), waiting)

    def summary(work: Work) -> WorkSummary:
        return summarise(work, snapshot, today)

    decisions = {
        work: _of_theirs(waiting, party)
        for work, waiting in found.deciding.get(party.id.lower(), ())
    }
    done_here = set(mine)
    answers = (work for work in owned if work.kind != "routine" and work not in done_here)
    do = pick((work for work in free if work.category is not Category.WAITING), step)
    decide = pick(decisions, decisions.__getitem__)
    held = pick(blocked, lambda work: describe_blocked(work, snapshot, today))
    waiting = pick((work for work in free if work.category is Category.WAITING), summary)
    answers_for = pick(answers, summary)
    shown = [*waiting.works, *answers_for.works]
    shown += [each.work for each in do.works] + [each.work for each in decide.works]
    shown += [each.work for each in held.works]
    return NextWork(
        party=party.id,
        name=party.name,
        today=today,
        presence=compute_presence(party, today),
        do=do,
        decide=decide,
        offered=describe_offered(
            offers, snapshot, today, receivers=_teams_of(party, snapshot), most=most
        ),
        blocked=held,
        waiting=waiting,
        answers_for=answers_for,
        clocks=_clocks(shown, found.promises, snapshot),
    )


def _clocks(
    shown: Iterable[WorkSummary], promises: Promises, snapshot: Snapshot
) -> dict[str, ClockRun]:
    works = {each.id: snapshot.work(each.id) for each in shown}
    runs = {id_: promises.first(work) for id_, work in works.items() if work is not None}
    return {id_: run for id_, run in runs.items() if run is not None}


def _teams_of(party: Party, snapshot: Snapshot) -> frozenset[str]:
    """Return the ids of the teams, in lower case, for which a party can answer."""
    if isinstance(party, Team):
        return frozenset({party.id.lower()})
    return frozenset(team.id.lower() for team in teams_of(party.id, snapshot))


def _owned(party: Party, found: OpenWork) -> list[Work]:
    """Return the open work that a party is accountable for; a team what names it."""
    id_ = party.id.lower()
    return [
        work
        for work in found.owned.get(id_, ())
        if (work.owner if isinstance(party, Team) else work.accountable).lower() == id_
    ]


def _done_by(
    party: Party, owned: Iterable[Work], found: OpenWork, snapshot: Snapshot
) -> Iterable[Work]:
    """Return the open work that a party is to do itself, each once."""
    id_ = party.id.lower()
    names = {id_}
    if not isinstance(party, Agent):
        names |= {team.id.lower() for team in teams_of(party.id, snapshot)}
    assigned = (work for name in names for work in found.assigned.get(name, ()))
    if isinstance(party, Team):
        return dict.fromkeys((*assigned, *found.responsible.get(id_, ())))
    return dict.fromkeys((*assigned, *(work for work in owned if not work.assignees)))


def _of_theirs(waiting: WaitingForApproval, party: Party) -> WaitingForApproval:
    """Keep the decisions that a party can take part in."""
    return WaitingForApproval(
        waiting.work,
        tuple(decision for decision in waiting.decisions if party.id in decision.people),
    )
