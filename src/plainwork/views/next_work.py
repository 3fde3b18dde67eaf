"""What somebody should do next, what waits for them, and what they wait for."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.analysis.attention import awaits_approval
from plainwork.analysis.blocking import is_blocked
from plainwork.analysis.membership import teams_of
from plainwork.model.party import Agent, Party, Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category
from plainwork.views.approvals_waiting import WaitingForApproval, describe_waiting
from plainwork.views.blocked import BlockedWork, describe_blocked
from plainwork.views.found import Found, Picker
from plainwork.views.holds_up import find_held_up
from plainwork.views.presence import Presence, compute_presence
from plainwork.views.summary import LastChanged, Urgency, WorkSummary, open_works, summarise


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
        blocked: What it does itself, but cannot go on with.
        waiting: What it does itself, but stands in a state of waiting.
        answers_for: What it owns and others do.
    """

    party: str
    name: str
    today: date
    presence: Presence
    do: Found[NextStep]
    decide: Found[WaitingForApproval]
    blocked: Found[BlockedWork]
    waiting: Found[WorkSummary]
    answers_for: Found[WorkSummary]


def compute_next(
    snapshot: Snapshot,
    party: Party,
    *,
    today: date,
    last_changed: LastChanged,
    most: int | None = None,
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
    """
    works = [work for work in open_works(snapshot) if work.kind != "routine"]
    role = _Role(party, snapshot)
    mine = [work for work in works if work.kind == "item" and role.does(work)]
    blocked = {work for work in mine if is_blocked(work, snapshot)}
    free = [work for work in mine if work not in blocked]
    held_up = find_held_up(works, snapshot)
    pick = Picker(Urgency(snapshot, last_changed), most)

    def step(work: Work) -> NextStep:
        waiting = tuple(other.id for other in held_up.get(work, ()))
        return NextStep(summarise(work, snapshot, today), waiting)

    def summary(work: Work) -> WorkSummary:
        return summarise(work, snapshot, today)

    decisions = {
        work: description
        for work in works
        if awaits_approval(work, snapshot)
        for description in (_of_theirs(describe_waiting(work, snapshot, today), party),)
        if description.decisions
    }
    done_here = set(mine)
    return NextWork(
        party=party.id,
        name=party.name,
        today=today,
        presence=compute_presence(party, today),
        do=pick((work for work in free if work.category is not Category.WAITING), step),
        decide=pick(decisions, decisions.__getitem__),
        blocked=pick(blocked, lambda work: describe_blocked(work, snapshot, today)),
        waiting=pick((work for work in free if work.category is Category.WAITING), summary),
        answers_for=pick(
            (work for work in works if role.owns(work) and work not in done_here), summary
        ),
    )


class _Role:
    """What work is a party's own."""

    def __init__(self, party: Party, snapshot: Snapshot) -> None:
        self._id = party.id.lower()
        self._is_team = isinstance(party, Team)
        self._names = {self._id}
        if not isinstance(party, Agent):
            self._names |= {team.id.lower() for team in teams_of(party.id, snapshot)}

    def does(self, work: Work) -> bool:
        """Tell whether the party is to do a work itself."""
        if any(name.lower() in self._names for name in work.assignees):
            return True
        if self._is_team:
            return work.team.lower() == self._id
        return not work.assignees and self.owns(work)

    def owns(self, work: Work) -> bool:
        """Tell whether the party is accountable for a work."""
        owner = work.owner if self._is_team else work.accountable
        return owner.lower() == self._id


def _of_theirs(waiting: WaitingForApproval, party: Party) -> WaitingForApproval:
    """Keep the decisions that a party can take part in."""
    return WaitingForApproval(
        waiting.work,
        tuple(decision for decision in waiting.decisions if party.id in decision.people),
    )
