"""Whether enough people exist for approvals, as far as the rules alone tell.

Relations depend on the work, so approvals by them are left to each change; those of people, of
teams and of the workflow's own owner and team can be counted beforehand. Agents and people who are
not there count for nothing, nor does whoever an approval excludes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from plainwork.analysis.matching import match_places
from plainwork.analysis.relations import people_of
from plainwork.model.diagnostic import FieldPath
from plainwork.model.document import Document
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval

ApprovalList = tuple[FieldPath, Sequence[Approval]]

_OF_WORKFLOW = "workflow."
_DID = "did."


class Shortage(msgspec.Struct, frozen=True):
    """Where in a list of approvals people are missing.

    Attributes:
        place: The position in the list; empty: its entries together.
        message: In which way.
        of_author: Whether there are enough, but for whoever makes the change.
    """

    place: FieldPath
    message: str
    of_author: bool = False


class _Entry(msgspec.Struct, frozen=True):
    """One approval whose people are known: how many of them, and whether the author may be one."""

    position: int
    count: int
    people: frozenset[str]
    author: bool
    when: str


def find_lists(document: Document, snapshot: Snapshot) -> Iterator[ApprovalList]:
    """Yield every list of approvals of a workflow or policy, and where it stands."""
    id_ = document.id.lower()
    if document.kind == "workflow" and id_ in snapshot.workflows:
        workflow = snapshot.workflows[id_]
        for field in workflow.fields:
            yield ("fields", field.name, "approvals"), field.approvals
        for transition in workflow.transitions:
            yield ("transitions", transition.name, "approvals"), transition.approvals
    elif document.kind == "policy" and id_ in snapshot.policies:
        policy = snapshot.policies[id_]
        yield ("approvals",), policy.approvals or ()
        yield ("waivers",), policy.waivers


def find_shortages(
    approvals: Sequence[Approval], document: Document, snapshot: Snapshot, today: date
) -> Iterator[Shortage]:
    """Yield where in a list people are missing, and in which way.

    Args:
        approvals: The list.
        document: The workflow or policy that it stands in.
        snapshot: The workspace.
        today: The day on which people must belong to the organisation.
    """
    entries: list[_Entry] = []
    short = False
    for position, approval in enumerate(approvals):
        ways = approval.any or (approval,)
        people = [_known_people(way, document, snapshot, today) for way in ways]
        shortages = [_describe(*each) for each in zip(ways, people, strict=True)]
        if all(shortages):
            short = True
            yield Shortage((position,), shortages[0])
            continue
        entry = _make_entry(position, approval, people)
        if entry is not None:
            entries.append(entry)
    if short:
        return
    for asked in _asked_together(entries):
        shortage = _find_shortage_of_all(asked, snapshot, today)
        if shortage is not None:
            yield shortage
            return


def _make_entry(
    position: int, approval: Approval, people: Sequence[frozenset[str] | None]
) -> _Entry | None:
    """Return what an approval asks for; of several ways no more than each of them does."""
    known = [each for each in people if each is not None]
    if len(known) < len(people):
        return None
    ways = approval.any or (approval,)
    counts = (way.count or len(each) for way, each in zip(ways, known, strict=True))
    author = any(way.author or not _excludes_author(way) for way in ways)
    when = approval.when or next((way.when for way in approval.any if way.when), "")
    return _Entry(position, min(counts), frozenset().union(*known), author, when)


def _excludes_author(approval: Approval) -> bool:
    return approval.exclude is None or "author" in approval.exclude


def _asked_together(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """Yield which entries can be asked for at once: what always holds, with each condition."""
    always = [entry for entry in entries if not entry.when]
    if always:
        yield always
    for condition in dict.fromkeys(entry.when for entry in entries if entry.when):
        yield [entry for entry in entries if entry.when in ("", condition)]


def _find_shortage_of_all(
    entries: Sequence[_Entry], snapshot: Snapshot, today: date
) -> Shortage | None:
    place = () if len(entries) > 1 else (entries[0].position,)
    everyone = frozenset().union(*(entry.people for entry in entries))
    if not _can_be_met(entries):
        count = sum(entry.count for entry in entries)
        message = f"the entries need {count} different people, of {len(everyone)} who may approve"
        return Shortage((), message)
    present = present_people(snapshot, today)
    if not present or present - everyone:
        return None  # whoever else makes the change leaves all of them
    if any(_can_be_met(entries, author) for author in sorted(present)):
        return None
    message = "nobody is left to approve: whoever could make the change is needed to approve it"
    return Shortage(place, message, of_author=True)


def _can_be_met(entries: Sequence[_Entry], author: str = "") -> bool:
    """Whether different people can fill all places, of a change by an author or by an outsider."""
    places: list[frozenset[str]] = []
    for entry in entries:
        people = entry.people if entry.author else entry.people - {author}
        places += [people] * entry.count
    return None not in match_places(places)


def present_people(snapshot: Snapshot, today: date) -> frozenset[str]:
    """Return the ids of the people who belong to the organisation on a day."""
    parties = snapshot.parties.values()
    return frozenset(
        each.id for each in parties if isinstance(each, Person) and each.present(today)
    )


def _describe(approval: Approval, people: frozenset[str] | None) -> str:
    """Return how many are missing, or ``""``."""
    if people is None or len(people) >= (approval.count or 1):
        return ""
    names = " or ".join(approval.by)
    if not people:
        return f"nobody can approve for {names}"
    return f"{approval.count} of {names} must approve, but only {len(people)} can"


def _known_people(
    approval: Approval, document: Document, snapshot: Snapshot, today: date
) -> frozenset[str] | None:
    """Return who may give an approval, None if that depends on the work."""
    if not approval.by:
        return None  # approval-form tells it
    found: set[str] = set()
    for text in approval.by:
        word = text
        if snapshot.party(text) is None:
            if document.kind != "workflow" or not text.startswith(_OF_WORKFLOW):
                return None
            word = text.removeprefix(_OF_WORKFLOW)
        found.update(people_of((word,), document, snapshot, today))
    parties = [name for name in approval.exclude or () if snapshot.party(name)]
    found.difference_update(people_of(parties, None, snapshot, today))
    return frozenset(found - _sole_makers(approval, document, snapshot, today))


def _sole_makers(
    approval: Approval, document: Document, snapshot: Snapshot, today: date
) -> set[str]:
    """Return who is excluded for an earlier step that nobody else can make."""
    workflow = snapshot.workflows.get(document.id.lower()) if document.kind == "workflow" else None
    found: set[str] = set()
    for name in approval.exclude or ():
        made = workflow.transition(name.removeprefix(_DID)) if workflow else None
        if not name.startswith(_DID) or made is None or not made.by:
            continue
        if all(snapshot.party(word) for word in made.by):
            makers = people_of(made.by, None, snapshot, today)
            found.update(makers if len(makers) == 1 else ())
    return found
