"""Everything that a workspace knows of a person, a team or an agent: duties above all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from plainwork.analysis.membership import teams_of
from plainwork.model.party import Agent, Party, Person, Team, kind_of_party
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Approval
from plainwork.views.open_work import OpenWork
from plainwork.views.presence import Presence, compute_presence
from plainwork.views.summary import LastChanged, WorkSummary, summarise


class Membership(msgspec.Struct, frozen=True):
    """A team that somebody belongs to."""

    team: str
    name: str
    lead: bool


class Approves(msgspec.Struct, frozen=True):
    """Something that a party may have to approve.

    Attributes:
        rule: ``purchase: approve``, ``purchase: field amount`` or ``policy big-money``.
        when: The condition under which it is needed, or ``""``.
    """

    rule: str
    when: str


class ShownParty(msgspec.Struct, frozen=True):
    """A party and its duties.

    Attributes:
        answers_to: The manager of a person, the lead of a team, the sponsor of an agent.
        below: Of a team, the teams below it.
        members: Of a team, its people, the lead first.
        teams: The teams that it belongs to.
        agents: Ids of the agents that a person answers for.
        owns: Open work that it is accountable for, the most urgent first.
        assigned: Open work that it does.
        routines: Ids of the routines that it owns or does.
        workflows: Ids of the workflows that it owns.
        approves: What may need its approval, by name, not by relation to a work.
        may: Of an agent, what it may do and nothing else.
    """

    kind: str
    id: str
    path: str
    name: str
    today: date
    presence: Presence
    emails: tuple[str, ...]
    accounts: dict[str, str]
    answers_to: str
    capacity: str
    calendar: str
    below: tuple[str, ...]
    members: tuple[str, ...]
    teams: tuple[Membership, ...]
    agents: tuple[str, ...]
    owns: tuple[WorkSummary, ...]
    assigned: tuple[WorkSummary, ...]
    routines: tuple[str, ...]
    workflows: tuple[str, ...]
    approves: tuple[Approves, ...]
    may: tuple[str, ...]


def compute_shown_party(
    party: Party,
    snapshot: Snapshot,
    *,
    today: date,
    last_changed: LastChanged,
    open_work: OpenWork | None = None,
    most: int | None = None,
) -> ShownParty:
    """Gather what is known of a party.

    Args:
        party: The person, team or agent.
        snapshot: The workspace.
        today: The day of the question.
        last_changed: The day of a work's last change.
        open_work: Its open work, if several parties are asked about.
        most: How much of what it owns and of what it does is described, or None for all.
    """
    id_ = party.id.lower()
    found = open_work or OpenWork(snapshot, today=today, last_changed=last_changed)
    owns, assigned = found.owned.get(id_, ()), found.assigned.get(id_, ())

    def summaries(works: Sequence[Work]) -> tuple[WorkSummary, ...]:
        no_routines = (work for work in works if work.kind != "routine")
        shown = found.urgency.sort(no_routines, most)
        return tuple(summarise(work, snapshot, today) for work in shown)

    routines = [work.id for work in (*owns, *assigned) if work.kind == "routine"]
    parties = snapshot.parties.values()
    return ShownParty(
        kind=kind_of_party(party),
        id=party.id,
        path=party.path,
        name=party.name,
        today=today,
        presence=compute_presence(party, today),
        emails=party.emails if isinstance(party, Person) else (),
        accounts={forge: account.login for forge, account in party.accounts.items()},
        answers_to=_answers_to(party),
        capacity=party.capacity if isinstance(party, Person) else "",
        calendar="" if isinstance(party, Agent) else party.calendar,
        below=tuple(
            team.id for team in parties if isinstance(team, Team) and team.parent.lower() == id_
        ),
        members=party.people if isinstance(party, Team) else (),
        teams=tuple(_memberships(party, snapshot)),
        agents=tuple(
            agent.id for agent in parties if isinstance(agent, Agent) and agent.owner.lower() == id_
        ),
        owns=summaries(owns),
        assigned=summaries(assigned),
        routines=tuple(dict.fromkeys(routines)),
        workflows=tuple(
            workflow.id for workflow in snapshot.workflows.values() if workflow.owner.lower() == id_
        ),
        approves=tuple(dict.fromkeys(_approvals(party, snapshot))),
        may=_may(party) if isinstance(party, Agent) else (),
    )


def _answers_to(party: Party) -> str:
    match party:
        case Person():
            return party.manager
        case Team():
            return party.lead
        case Agent():
            return party.owner


def _memberships(party: Party, snapshot: Snapshot) -> Iterator[Membership]:
    for team in teams_of(party.id, snapshot):
        yield Membership(team.id, team.name, team.lead.lower() == party.id.lower())


def _approvals(party: Party, snapshot: Snapshot) -> Iterator[Approves]:
    names = {party.id.lower(), *(member.team.lower() for member in _memberships(party, snapshot))}
    for rule, approval in _rules(snapshot):
        for way in approval.any or (approval,):
            if any(name.lower() in names for name in way.by):
                yield Approves(rule, way.when or approval.when)


def _rules(snapshot: Snapshot) -> Iterator[tuple[str, Approval]]:
    """Yield everything that asks for approvals, with its name for people."""
    for workflow in snapshot.workflows.values():
        for transition in workflow.transitions:
            for approval in transition.approvals:
                yield f"{workflow.id}: {transition.name}", approval
        for field in workflow.fields:
            for approval in field.approvals:
                yield f"{workflow.id}: field {field.name}", approval
    for policy in snapshot.policies.values():
        for approval in policy.approvals or ():
            yield f"policy {policy.id}", approval


def _may(agent: Agent) -> tuple[str, ...]:
    verbs = (("create", agent.create), ("move", agent.move), ("edit", agent.edit))
    return tuple(f"{verb} {name}" for verb, names in verbs for name in names)
