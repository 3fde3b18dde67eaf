"""What a change is to the rules: what differs, and who must consent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.requirements import Requirement, compute_requirements
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Transition
from plainwork.plans.situation import Situation, Source

_MOST_NAMED = 5


def note_requirements(
    situation: Situation, before: Source | None, after: Source, path: Iterable[Transition] = ()
) -> tuple[str, ...]:
    """Return which approvals a pull request with a change will need, a line each.

    Args:
        situation: The workspace as it is.
        before: The document as it is; None: it is new.
        after: The document as it would be.
        path: The transitions that a change of status takes.
    """
    change = DocumentChange(
        before=_side(situation, before) if before else None,
        after=_side(situation, after),
        fields=frozenset(_changed_fields(before, after)),
        paths=(after.document.path,),
        snapshot=situation.snapshot,
        today=situation.today,
        author=situation.actor,
    )
    return tuple(
        _format_requirement(requirement, situation.snapshot)
        for requirement in _without_repeats(compute_requirements(change, path))
        if not requirement.met
    )


def _without_repeats(requirements: Iterable[Requirement]) -> Iterator[Requirement]:
    """Yield what is needed without what the same people give with the same consent.

    Moved work asks those whom it leaves and those to whom it comes, who may be the same. Within
    one list, however, every entry asks for somebody else.
    """
    sources: dict[tuple[object, ...], str] = {}
    for each in requirements:
        whom = (each.rule, each.by, each.people, each.count)
        if each.ways or sources.setdefault(whom, each.source) == each.source:
            yield each


def _side(situation: Situation, source: Source) -> Work | Document:
    return situation.preview(source) if source.document.kind == "work" else source.document


def _changed_fields(before: Source | None, after: Source) -> set[str]:
    if before is None:
        return {*after.document.fields, "created", *(["body"] if after.body else [])}
    old, new = before.document.fields, after.document.fields
    changed = {name for name in (*old, *new) if old.get(name) != new.get(name)}
    if before.body != after.body:
        changed.add("body")
    return changed or {"format"}


def _format_requirement(requirement: Requirement, snapshot: Snapshot) -> str:
    asked = " or ".join(requirement.by)
    names = [snapshot.label(person) for person in requirement.people[:_MOST_NAMED]]
    if len(requirement.people) > _MOST_NAMED:
        names.append(f"{len(requirement.people) - _MOST_NAMED} more")
    if requirement.count > 1:
        people = f"{requirement.count} of {', '.join(names)}"
    else:
        people = " or ".join(names)
    source = f"({'; '.join(filter(None, (asked, requirement.source)))})"
    if not names:
        return f"the pull request needs a consent that nobody can give {source}"
    return f"the pull request needs the consent of {people} {source}"
