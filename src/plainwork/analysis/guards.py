"""Whether a transition may be made: the guards of ``FORMAT.md``, each judged and explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from plainwork.analysis.relations import people_of
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Transition


class Judgement(msgspec.Struct, frozen=True):
    """What one guard says of one change.

    Attributes:
        guard: Its key in the workflow: ``require``, ``by``, ``checklist``, ``children``,
            ``depends_on``, ``when`` or ``wip_limit``.
        transition: The transition that it guards.
        met: Whether it holds.
        message: What it asks, or what is missing, in one line.
        who: Ids of the people who can meet it; empty: whoever makes the change.
    """

    guard: str
    transition: str
    met: bool
    message: str
    who: tuple[str, ...] = ()


class Attempt(msgspec.Struct, frozen=True):
    """A change of status that is to be judged.

    Attributes:
        before: The work as it is; None: it is new.
        after: The work as it would be.
        snapshot: The workspace as it is.
        actor: The id of the party who makes the change, or ``""`` if unknown.
    """

    before: Work | None
    after: Work
    snapshot: Snapshot
    today: date
    actor: str


def judge_path(attempt: Attempt, path: Iterable[Transition]) -> tuple[Judgement, ...]:
    """Judge every guard on a path; all of them must hold for the result."""
    judgements: list[Judgement] = []
    for transition in path:
        judgements.extend(judge_transition(attempt, transition))
    judgements.extend(_judge_wip_limit(attempt))
    return tuple(dict.fromkeys(judgements))


def judge_transition(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    """Judge the guards of one transition, approvals excepted: they are given in a review."""
    for judge in (
        _judge_require,
        _judge_by,
        _judge_checklist,
        _judge_children,
        _judge_depends_on,
        _judge_when,
    ):
        yield from judge(attempt, transition)


def _judge_require(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    for name in transition.require:
        met = bool(_value_of(attempt.after, name))
        message = f"`{name}` is set" if met else f"`{name}` must be set"
        yield Judgement("require", transition.name, met, message)


def _value_of(work: Work, name: str) -> Any:
    if name in ("owner", "team", "project"):
        return getattr(work, name)
    value = work.fields.get(name)
    return value is not None and value not in ("", [], {})


def _judge_by(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.by:
        return
    # Who may act is who the work names now: a change may not first make its author eligible.
    work = attempt.before or attempt.after
    people = people_of(transition.by, work, attempt.snapshot, attempt.today)
    agents = _agents_named(transition.by, work, attempt.snapshot)
    met = attempt.actor.lower() in {party.lower() for party in (*people, *agents)}
    who = " or ".join(transition.by)
    message = f"made by {who}" if met else f"only {who} may make it"
    yield Judgement("by", transition.name, met, message, people)


def _agents_named(who: Iterable[str], work: Work, snapshot: Snapshot) -> tuple[str, ...]:
    from plainwork.analysis.relations import parties_of
    from plainwork.model.party import Agent

    return tuple(
        party
        for text in who
        for party in parties_of(text, work, snapshot)
        if isinstance(snapshot.party(party), Agent)
    )


def _judge_checklist(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.checklist:
        return
    from plainwork.parsing.markdown import parse_checklists

    lists = {
        heading.lower(): counts for heading, counts in parse_checklists(attempt.after.body).items()
    }
    for heading in transition.checklist:
        counts = lists.get(heading.lower())
        if counts is None:
            message = f"the checklist “{heading}” is missing: a heading with `- [ ]` items"
            yield Judgement("checklist", transition.name, met=False, message=message)
            continue
        ticked, total = counts
        message = f"the checklist “{heading}”: {ticked} of {total} ticked"
        yield Judgement("checklist", transition.name, ticked == total, message)


def _judge_children(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.children_closed:
        return
    children = attempt.snapshot.works.children.get(attempt.after.id.lower(), ())
    open_ = [child for child in children if child.open]
    yield _judge_closed("children", transition, "its parts are closed", open_)


def _judge_depends_on(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.depends_on_closed:
        return
    waited = (attempt.snapshot.work(entry.on) for entry in attempt.after.depends_on)
    open_ = [work for work in waited if work is not None and work.open]
    yield _judge_closed("depends_on", transition, "what it waits for is closed", open_)


def _judge_closed(guard: str, transition: Transition, asked: str, open_: list[Work]) -> Judgement:
    if not open_:
        return Judgement(guard, transition.name, met=True, message=asked)
    names = ", ".join(work.id for work in open_[:_MOST_NAMED])
    more = f" and {len(open_) - _MOST_NAMED} more" if len(open_) > _MOST_NAMED else ""
    owners = dict.fromkeys(work.accountable for work in open_ if work.accountable)
    message = f"still open: {names}{more}"
    return Judgement(guard, transition.name, met=False, message=message, who=tuple(owners))


_MOST_NAMED = 5


def _judge_when(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.when:
        return
    holds, problem = evaluate_for(attempt, transition.when)
    met = holds is True and not problem
    message = f"`{transition.when}`" + (f": {problem}" if problem else "")
    yield Judgement("when", transition.name, met, message if met else f"must be true: {message}")


def evaluate_for(attempt: Attempt, condition: str) -> tuple[bool | None, str]:
    """Return whether a condition holds of the work after the change, or why it has no answer."""
    from plainwork.analysis.condition import ConditionError, evaluate
    from plainwork.analysis.condition_bindings import bind_work, condition_types
    from plainwork.model.party import Agent

    snapshot = attempt.snapshot
    types = condition_types(attempt.after.kind, snapshot.workflow(attempt.after))
    bindings = bind_work(
        attempt.after,
        types,
        today=attempt.today,
        currency=snapshot.settings.currency,
        old=attempt.before,
        by_agent=isinstance(snapshot.party(attempt.actor), Agent),
    )
    result = evaluate(condition, bindings)
    if isinstance(result, ConditionError):
        return None, result.message
    return result, ""


def _judge_wip_limit(attempt: Attempt) -> Iterator[Judgement]:
    after, before, snapshot = attempt.after, attempt.before, attempt.snapshot
    state = snapshot.state(after)
    if state is None or state.wip_limit is None:
        return
    if before is not None and (before.status, before.team) == (after.status, after.team):
        return
    others = sum(
        workflow.lower() == after.workflow.lower() and status == after.status and team == after.team
        for workflow, status, team in zip(
            snapshot.works.columns["workflow"],
            snapshot.works.columns["status"],
            snapshot.works.columns["team"],
            strict=True,
        )
    )
    message = f"{others + 1} of at most {state.wip_limit} in {state.label}"
    yield Judgement("wip_limit", "", others < state.wip_limit, message)
