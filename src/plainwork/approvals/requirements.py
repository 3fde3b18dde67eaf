"""What each changed document needs, and what no approval can help, by the rules of the base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.guards import Attempt, judge_actor
from plainwork.analysis.requirements import Requirement, compute_requirements
from plainwork.analysis.transitions import find_change_path
from plainwork.approvals.participants import Participants
from plainwork.approvals.permissions import find_oversteps
from plainwork.model.change import Change, ChangedDocument, Fault, RuleKey
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.step_makers import StepMakers
from plainwork.model.work import Work
from plainwork.model.workflow import Transition

Steps = Mapping[str, StepMakers]
"""Transition to the ids of the people who made it before; what is missing nobody knows."""

FORBIDDEN = "forbidden-transition"
"""Where no declared way leads; the check has a rule of this name, with words of its own."""

_A_FILE = "file"
"""What differs of a file that is no document: no policy can name it by a field, only by path."""


class JudgedDocument(msgspec.Struct, frozen=True):
    """One changed document, with what its change needs.

    Attributes:
        rules: The workflows and policies whose requirements it meets: part of the digest.
        faults: What no approval can help.
    """

    document: ChangedDocument
    change: DocumentChange
    path: tuple[Transition, ...]
    requirements: tuple[Requirement, ...]
    rules: frozenset[RuleKey]
    faults: tuple[Fault, ...]


def judge_document(
    document: ChangedDocument,
    change: Change,
    participants: Participants,
    steps: Steps,
    today: date,
) -> JudgedDocument:
    """Judge one document by the rules of the base, whoever has approved.

    Args:
        document: What differs.
        change: The change that it is part of.
        participants: Who made the change.
        steps: Who made earlier steps of this work.
        today: The day of the decision.
    """
    path = _find_path(document, change)
    known = _steps(document, change.before, participants, steps, path or ())
    asked = _as_asked(document, change.before, participants, known, today)
    requirements = compute_requirements(asked, path or ())
    faults = [
        *_find_forbidden(document, path),
        *_find_wrong_actor(document, asked, path or (), participants.shown),
        *_find_false_words(document, participants),
    ]
    if participants.agent is not None:
        faults += find_oversteps(document, participants.agent, path or (), today)
    return JudgedDocument(
        document,
        asked,
        path or (),
        requirements,
        _rules_of(asked, requirements),
        tuple(faults),
    )


def _find_path(document: ChangedDocument, change: Change) -> tuple[Transition, ...] | None:
    old, new = document.old, document.new
    if not isinstance(new, Work):
        return ()
    before = old if isinstance(old, Work) else None
    result = change.after.workflow(new)
    return find_change_path(before, new, change.before.workflow(new), result)


def _as_asked(
    document: ChangedDocument,
    base: Snapshot,
    participants: Participants,
    steps: Steps,
    today: date,
) -> DocumentChange:
    return DocumentChange(
        before=document.old,
        after=document.new,
        fields=_fields_of(document),
        paths=document.paths,
        snapshot=base,
        today=today,
        author=participants.author,
        askers=participants.askers,
        contributors=participants.contributors,
        assisted=participants.by_agent,
        steps=steps,
    )


def _fields_of(document: ChangedDocument) -> frozenset[str]:
    """Return what differs: never nothing, and what could not be read before is not new."""
    fields = document.fields
    if document.before is not None and document.old is None:
        fields -= {"created"}
    if not fields or (document.old is None and document.new is None):
        fields |= {_A_FILE}
    return fields


def _steps(
    document: ChangedDocument,
    base: Snapshot,
    participants: Participants,
    steps: Steps,
    path: Iterable[Transition],
) -> Steps:
    """Return who made each step of a work: earlier ones, and those of this very change."""
    known = dict(steps)
    workflow = base.workflow(document.new) if isinstance(document.new, Work) else None
    if document.before is None and workflow is not None:  # new work has no earlier steps
        known |= {transition.name: StepMakers() for transition in workflow.transitions}
    own = sorted({participants.author.lower(), *participants.contributors} - {""})
    for transition in path:
        earlier = known.get(transition.name, StepMakers())
        known[transition.name] = StepMakers(
            tuple(dict.fromkeys((*earlier.people, *own))), earlier.involved | participants.askers
        )
    return known


def _rules_of(change: DocumentChange, requirements: Iterable[Requirement]) -> frozenset[RuleKey]:
    workflows = {
        ("workflow", side.workflow.lower()) for side in change.sides if isinstance(side, Work)
    }
    return frozenset(workflows | {each.rule for each in requirements if each.rule[0]})


def _find_forbidden(
    document: ChangedDocument, path: tuple[Transition, ...] | None
) -> Iterator[Fault]:
    """Yield that no declared way leads to where the work would stand."""
    new = document.new
    if path is None and isinstance(new, Work):
        old = document.old.status if isinstance(document.old, Work) else ""
        start = f"from `{old}` " if old else ""
        message = f"no transition leads {start}to `{new.status}`"
        yield _fault(document, FORBIDDEN, message, "status")


def _find_wrong_actor(
    document: ChangedDocument, asked: DocumentChange, path: Iterable[Transition], shown: str
) -> Iterator[Fault]:
    """Yield each guard that whoever makes the change does not meet."""
    new = document.new
    if not isinstance(new, Work):
        return
    before = document.old if isinstance(document.old, Work) else None
    attempt = Attempt(before, new, asked.snapshot, asked.today, asked.author, asked.by_agent)
    for judgement in judge_actor(attempt, path):
        if not judgement.met:
            unknown = ", and nobody knows who does" if judgement.guard == "by" and not shown else ""
            message = f"`{judgement.transition}`: {judgement.message}{unknown}"
            hint = "one of them opens the pull request" if judgement.guard == "by" else ""
            yield _fault(document, "unmet-guard", message, "status", hint)


def _find_false_words(document: ChangedDocument, participants: Participants) -> Iterator[Fault]:
    """Yield that a new record speaks for somebody who is not its author."""
    new = document.new
    if document.old is not None or not isinstance(new, Document) or new.kind != "record":
        return
    by = str(new.fields.get("by", ""))
    if by.lower() not in participants.writers:
        message = f"the record is by {by or 'nobody'}, who is neither author nor co-author of it"
        hint = "a record is added by the one who says it"
        yield _fault(document, "record-not-by-author", message, "by", hint)


def _fault(document: ChangedDocument, code: str, message: str, field: str, hint: str = "") -> Fault:
    line = document.lines.get(field, 0)
    return Fault(code, message, hint, document.paths[-1], line)
