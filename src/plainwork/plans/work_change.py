"""What a change of work is to the rules: what differs, and who must consent."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork.analysis.preview import preview_work
from plainwork.analysis.requirements import DocumentChange, Requirement, compute_requirements
from plainwork.editing.editable import Editable
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Approval, Transition
from plainwork.plans.situation import Situation, Source

_MOST_NAMED = 5


def compare_work(situation: Situation, before: Source | None, after: Source) -> DocumentChange:
    """Return what differs between work as it is (None: it is new) and as it would be."""
    return DocumentChange(
        before=_preview(situation, before) if before else None,
        after=_preview(situation, after),
        fields=frozenset(_changed_fields(before, after)),
        paths=(after.document.path,),
        snapshot=situation.snapshot,
        today=situation.today,
        author=situation.actor,
    )


def note_requirements(change: DocumentChange, path: Iterable[Transition] = ()) -> tuple[str, ...]:
    """Return which approvals a pull request with a change will need, a line each."""
    needed = compute_requirements(change, path)
    return tuple(
        _format_requirement(requirement, change.snapshot)
        for requirement in needed
        if not requirement.met
    )


def _preview(situation: Situation, source: Source) -> Work:
    return preview_work(source.document, Editable(source.text).body, situation.snapshot)


def _changed_fields(before: Source | None, after: Source) -> set[str]:
    body = Editable(after.text).body
    if before is None:
        return {*after.document.fields, "created", *(["body"] if body else [])}
    old, new = before.document.fields, after.document.fields
    changed = {name for name in (*old, *new) if old.get(name) != new.get(name)}
    if Editable(before.text).body != body:
        changed.add("body")
    return changed or {"format"}


def _format_requirement(requirement: Requirement, snapshot: Snapshot) -> str:
    asked = " or ".join(_words(requirement.approval))
    names = [snapshot.label(person) for person in requirement.people[:_MOST_NAMED]]
    more = len(requirement.people) - len(names)
    people = ", ".join([*names, *([f"{more} more"] if more else [])]) or "nobody can give it"
    number = f"{requirement.count} of " if requirement.count > 1 else ""
    return f"the pull request will need {number}{asked} ({people}), says {requirement.source}"


def _words(approval: Approval) -> Iterable[str]:
    yield from approval.by
    for way in approval.any:
        yield from _words(way)
