"""The way of a work to a state: every guard between here and there, and every consent."""

from __future__ import annotations

from datetime import date

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.guards import Attempt, Judgement, judge_path
from plainwork.analysis.lookup import find_state
from plainwork.analysis.preview import preview_status
from plainwork.analysis.requirements import Requirement, compute_requirements
from plainwork.analysis.transitions import find_change_path, next_transitions
from plainwork.errors import UsageError
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Workflow


class NamedPerson(msgspec.Struct, frozen=True):
    """A person by id and by name."""

    id: str
    name: str


class Guard(msgspec.Struct, frozen=True):
    """A guard on the way.

    Attributes:
        transition: The transition that it guards; ``""``: the state at the end.
        guard: Its key in the workflow: ``require``, ``by``, ``checklist``, …
        met: Whether it holds now.
        message: What it asks, or what is missing.
        who: Who can meet it; nobody: whoever makes the change.
        field: The field that ``require`` asks for, else ``""``.
    """

    transition: str
    guard: str
    met: bool
    message: str
    who: tuple[NamedPerson, ...]
    field: str


class Consent(msgspec.Struct, frozen=True):
    """An approval that the pull request will need.

    Attributes:
        source: The rule that asks for it: ``transition approve``, ``policy default``.
        by: Who may give it, as the rule says it; of alternatives all.
        count: How many of them.
        people: Who that is, without those who do not count; nobody: nobody can give it.
        given: Whether making the change oneself is consent enough.
    """

    source: str
    by: tuple[str, ...]
    count: int
    people: tuple[NamedPerson, ...]
    given: bool


class WayThere(msgspec.Struct, frozen=True):
    """What lies between where work stands and another state.

    Attributes:
        id: The work's.
        old: The state in which it stands.
        new: The state in question.
        possible: Whether any transitions lead there.
        transitions: Their names, in the order in which they are made.
        open: States that can be reached by one transition, if none lead there.
        guards: Every guard on the way, unmet ones first.
        consents: Every approval that it takes.
    """

    id: str
    title: str
    old: str
    new: str
    possible: bool
    transitions: tuple[str, ...]
    open: tuple[str, ...]
    guards: tuple[Guard, ...]
    consents: tuple[Consent, ...]

    @property
    def free(self) -> bool:
        """Whether the move can be made now, if whoever is asked consents."""
        return self.possible and all(guard.met for guard in self.guards)


def compute_way_there(
    work: Work, status: str, snapshot: Snapshot, *, today: date, me: str
) -> WayThere:
    """Judge a move that nobody has made yet.

    Args:
        work: The work as it is.
        status: Where it would go.
        snapshot: The workspace as it is.
        today: The day of the question.
        me: The id of the person who would make the change, or ``""``.

    Raises:
        UsageError: If its workflow has no such state.
    """
    workflow = snapshot.workflow(work)
    if workflow is None:
        message = f"{work.id}: there is no workflow `{work.workflow}`; nothing says where it can go"
        raise UsageError(message)
    find_state(workflow, status)
    after = preview_status(work, status, snapshot)
    path = find_change_path(work, after, workflow, workflow)
    way = WayThere(
        id=work.id,
        title=work.title,
        old=work.status,
        new=status,
        possible=path is not None,
        transitions=tuple(transition.name for transition in path or ()),
        open=() if path is not None else _next_states(workflow, work.status),
        guards=(),
        consents=(),
    )
    if not path:
        return way
    judgements = judge_path(Attempt(work, after, snapshot, today, me), path)
    change = DocumentChange(
        before=work,
        after=after,
        fields=frozenset({"status"}),
        paths=(work.path,),
        snapshot=snapshot,
        today=today,
        author=me,
    )
    guards = sorted((_guard(each, snapshot) for each in judgements), key=lambda guard: guard.met)
    consents = (_consent(each, snapshot) for each in compute_requirements(change, path))
    return msgspec.structs.replace(way, guards=tuple(guards), consents=tuple(consents))


def _next_states(workflow: Workflow, state: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.to for each in next_transitions(workflow, state)))


def _guard(judgement: Judgement, snapshot: Snapshot) -> Guard:
    return Guard(
        transition=judgement.transition,
        guard=judgement.guard,
        met=judgement.met,
        message=judgement.message,
        who=_people(judgement.who, snapshot),
        field=judgement.field,
    )


def _consent(requirement: Requirement, snapshot: Snapshot) -> Consent:
    return Consent(
        source=requirement.source,
        by=requirement.by,
        count=requirement.count,
        people=_people(requirement.people, snapshot),
        given=requirement.met,
    )


def _people(ids: tuple[str, ...], snapshot: Snapshot) -> tuple[NamedPerson, ...]:
    return tuple(NamedPerson(id_, snapshot.label(id_)) for id_ in ids)
