"""Moving work to another state, as far as the guards on the way there hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plainwork.analysis.guards import Attempt, Judgement, judge_path
from plainwork.analysis.lookup import WORK, find_named, find_state
from plainwork.analysis.transitions import find_path, next_transitions
from plainwork.editing.front_matter_edit import remove_field, set_field
from plainwork.errors import RefusedError, UsageError
from plainwork.model.plan import Plan
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Transition, Workflow
from plainwork.parsing.assignments import parse_assignment
from plainwork.plans.change_words import describe_change
from plainwork.plans.consent import note_requirements
from plainwork.plans.document_edit import edit_document
from plainwork.plans.set_fields import assign_fields
from plainwork.plans.situation import Situation, Source


def plan_move(
    situation: Situation, id_: str, status: str, assignments: Sequence[str], reason: str
) -> Plan:
    """Plan to move work to another state.

    Args:
        situation: The workspace as it is.
        id_: The work's id, or a unique beginning of it.
        status: The state to move to; several transitions may lie between.
        assignments: Fields to set in the same change, as typed.
        reason: Why; empty: the reason of the move before is removed.

    Raises:
        UsageError: If there is no such work, state or field.
        RefusedError: If no transitions lead there, or a guard on the way does not hold.
    """
    source = situation.read("work", find_named(situation.snapshot, id_, WORK).path)
    path = _find_way(situation, source, status)
    text = _move(source, status, assignments, reason)
    edit = edit_document(situation, source, text)
    attempt = make_attempt(situation, source, edit.after)
    refuse_unmet(attempt, path, f"{source.document.id}: not moved to {status}")
    notes = (
        *describe_change(source.document, edit.after.document),
        *note_requirements(situation, source, edit.after, path),
        *_note_handoff(attempt, path),
    )
    return Plan((edit.file_edit,), f"Move {source.document.id} to {status}", notes)


def make_attempt(situation: Situation, before: Source | None, after: Source) -> Attempt:
    """Return the change of work (None: it is new) that guards judge."""
    return Attempt(
        before=situation.preview(before) if before else None,
        after=situation.preview(after),
        snapshot=situation.snapshot,
        today=situation.today,
        actor=situation.actor,
    )


def refuse_unmet(attempt: Attempt, path: Iterable[Transition], what: str) -> None:
    """Let a change of status pass whose guards hold, approvals excepted.

    Raises:
        RefusedError: If one does not, with what is missing.
    """
    unmet = [judgement for judgement in judge_path(attempt, path) if not judgement.met]
    if unmet:
        missing = "; ".join(dict.fromkeys(_format_unmet(each, attempt.snapshot) for each in unmet))
        message = f"{what}: {missing}{_format_options(unmet, new=attempt.before is None)}"
        raise RefusedError(message)


def _format_options(unmet: Iterable[Judgement], *, new: bool) -> str:
    """Return what the command may say besides, so that fields which must be set are."""
    fields = dict.fromkeys(each.field for each in unmet if each.field)
    options = [
        "--reason …" if name == "reason" and not new else f"--set {name}=…" for name in fields
    ]
    return f"; add {' '.join(options)}" if options else ""


def _format_unmet(judgement: Judgement, snapshot: Snapshot) -> str:
    people = " or ".join(snapshot.label(person) for person in judgement.who)
    who = f" ({people})" if people else ""
    guard = f" [{judgement.transition}]" if judgement.transition else ""
    return f"{judgement.message}{who}{guard}"


def _find_way(situation: Situation, source: Source, status: str) -> tuple[Transition, ...]:
    document = source.document
    old, name = document.fields.get("status", ""), document.fields.get("workflow", "")
    workflow = situation.snapshot.workflows.get(name.lower())
    if workflow is None:
        message = f"{document.id}: there is no workflow `{name}`; nothing says where it can go"
        raise UsageError(message)
    find_state(workflow, status)
    if old == status:
        message = f"{document.id} is in {status} already"
        raise RefusedError(message)
    path = find_path(workflow, old, status)
    if path is None:
        message = (
            f"{document.id}: no way leads from {old} to {status}; {_format_ways(workflow, old)}"
        )
        raise RefusedError(message)
    return path


def _format_ways(workflow: Workflow, state: str) -> str:
    near = dict.fromkeys(transition.to for transition in next_transitions(workflow, state))
    return f"from there one can go to {', '.join(near)}" if near else "nothing leads on from there"


def _move(source: Source, status: str, assignments: Sequence[str], reason: str) -> str:
    changes = [parse_assignment(text) for text in assignments]
    for change in changes:
        if change.path[0] in ("status", "reason", "id"):
            message = f"{change}: a move sets the status itself, and the reason by --reason"
            raise UsageError(message)
    text = set_field(assign_fields(source, changes), "status", status, order=source.order)
    if reason:
        return set_field(text, "reason", reason, order=source.order)
    return remove_field(text, "reason")


def _note_handoff(attempt: Attempt, path: Iterable[Transition]) -> Iterator[str]:
    """Say that the work comes to another team, which has to accept it."""
    before, after = attempt.before, attempt.after
    if before is None or not after.team or before.team == after.team:
        return
    within = [transition.accept_within for transition in path if transition.accept_within]
    until = f" within {within[-1]}" if within else ""
    team = attempt.snapshot.label(after.team)
    yield (
        f"handed over to {team}, who accept by their first change or by"
        f" `plainwork accept {after.id}`{until}"
    )
