"""Who may give one approval of a change, and who may not although the rule names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.preview import preview_work
from plainwork.analysis.relations import CHANGE_RELATIONS, Subject, people_of
from plainwork.model.document import Document
from plainwork.model.work import Work
from plainwork.model.workflow import Approval

_STEP = "did."
_ROUTING_FIELDS = frozenset({"workflow", "project", "parent", "team", "status"})
"""Fields that decide whose work it is; relations are asked as they were and as they would be."""

_DEFAULT_EXCLUDE = ("author", "contributors", "requester")
_MOST_SUBJECTS = 20
"""A record that speaks of more works than this is nobody's: its relations come to nobody."""


class Approvers(msgspec.Struct, frozen=True):
    """Who may give an approval.

    Attributes:
        people: Ids of those who may.
        named: Ids of all whom the rule names, excluded or not.
        excluded: Everybody who may not, named or not: id in lower case to the rule's word for it.
        unknown: Earlier steps of which nobody knows who made them; then nobody may.
    """

    people: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    excluded: Mapping[str, str] = {}
    unknown: tuple[str, ...] = ()


class SubjectOf(msgspec.Struct, frozen=True):
    """What relations are about.

    Attributes:
        subject: The document; None: relations come to nobody.
        new: As of :func:`plainwork.analysis.relations.people_of`.
        words: Which of several subjects it is, for people.
    """

    subject: Subject
    new: bool
    words: str = ""


def subjects_of(change: DocumentChange) -> tuple[SubjectOf, ...]:
    """Return whose relations count: the document as it is; a new one as what it is part of.

    If the change moves work, also the work as it would be, with all that it inherits as it is
    now: nobody becomes an approver by the change itself. A record has none of its own; it speaks
    of works.
    """
    before, after = change.before, change.after
    if _is_record(after or before):
        return tuple(_works_of(change))
    first = SubjectOf(change.subject, new=before is None)
    if not isinstance(before, Work) or not isinstance(after, Work):
        return (first,)
    if _ROUTING_FIELDS.isdisjoint(change.fields):
        return (first,)
    document = Document(after.path, "work", after.id, readable=True, fields={**after.fields})
    moved = preview_work(document, "", change.snapshot)
    return (first, SubjectOf(moved, new=False, words="as it would be"))


def _is_record(side: Subject) -> bool:
    return isinstance(side, Document) and side.kind == "record"


def _works_of(change: DocumentChange) -> Iterator[SubjectOf]:
    names = dict.fromkeys(
        str(name).lower() for side in change.sides for name in side.fields.get("about", ())
    )
    works = [work for name in names if (work := change.snapshot.work(name)) is not None]
    if not works or len(names) > _MOST_SUBJECTS:
        yield SubjectOf(None, new=False)
        return
    yield from (SubjectOf(work, new=False, words=f"about {work.id}") for work in works)


def find_approvers(change: DocumentChange, approval: Approval, subject: SubjectOf) -> Approvers:
    """Return who may give an approval.

    Args:
        change: What differs.
        approval: What a rule asks for, without alternatives.
        subject: Whose relations count.
    """
    excluded: dict[str, str] = {}
    unknown: list[str] = []
    for word in _excluding(approval):
        for person in _people_excluded_by(word, change, approval, subject, unknown):
            excluded.setdefault(person.lower(), word)
    named = tuple(dict.fromkeys(_people_named_by(change, approval.by, subject, unknown)))
    left = tuple(person for person in named if person.lower() not in excluded)
    return Approvers(
        people=() if unknown else left,
        named=named,
        excluded=excluded,
        unknown=tuple(dict.fromkeys(unknown)),
    )


def _excluding(approval: Approval) -> tuple[str, ...]:
    """Return who does not count, as the rule says it.

    ``exclude`` adds to the default, unless it names a word of the default or is empty: then it
    is all of it.
    """
    exclude = approval.exclude
    if exclude is None:
        return _DEFAULT_EXCLUDE
    if exclude and set(exclude).isdisjoint(_DEFAULT_EXCLUDE):
        return (*_DEFAULT_EXCLUDE, *exclude)
    return exclude


def _people_excluded_by(
    word: str,
    change: DocumentChange,
    approval: Approval,
    subject: SubjectOf,
    unknown: list[str],
) -> Iterator[str]:
    if word in CHANGE_RELATIONS:
        authors = {change.author.lower(), *change.askers} - {""}
        if not approval.author:
            yield from sorted(authors)
        if word == "contributors":
            yield from sorted(change.contributors - authors)
        return
    if word.startswith(_STEP):
        yield from _people_involved_in(change, word.removeprefix(_STEP), unknown)
        return
    # Of both sides, as neither naming nor forgetting a requester must make anybody eligible.
    for side in (*change.sides, subject.subject):
        yield from _people_named_by(change, (word,), SubjectOf(side, new=False), unknown)


def _people_named_by(
    change: DocumentChange, who: Iterable[str], subject: SubjectOf, unknown: list[str]
) -> Iterator[str]:
    for word in who:
        if word.startswith(_STEP):
            yield from _people_of_step(change, word.removeprefix(_STEP), unknown)
        else:
            yield from people_of(
                (word,), subject.subject, change.snapshot, change.today, new=subject.new
            )


def _people_involved_in(change: DocumentChange, name: str, unknown: list[str]) -> Iterator[str]:
    """Yield who made an earlier step, and whoever else had a hand in it."""
    yield from _people_of_step(change, name, unknown)
    made = (change.steps or {}).get(name)
    yield from sorted(made.involved if made else ())


def _people_of_step(change: DocumentChange, name: str, unknown: list[str]) -> tuple[str, ...]:
    """Return who made an earlier step; outside of a pull request that is nobody's question."""
    if change.steps is None:
        return ()
    if name not in change.steps:
        unknown.append(name)
        return ()
    people = (change.snapshot.person(person) for person in change.steps[name].people)
    return tuple(person.id for person in people if person and person.present(change.today))
