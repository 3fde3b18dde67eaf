"""Whether enough people exist for approvals, as far as the rules alone tell.

Relations depend on the work, so approvals by them are left to each change; those of people, of
teams and of the workflow's own owner and team can be counted beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plainwork.analysis.matching import match_places
from plainwork.analysis.relations import people_of
from plainwork.model.diagnostic import FieldPath
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval

ApprovalList = tuple[FieldPath, Sequence[Approval]]

_OF_WORKFLOW = "workflow."


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
) -> Iterator[tuple[FieldPath, str]]:
    """Yield where in a list people are missing, and in which way.

    Args:
        approvals: The list.
        document: The workflow or policy that it stands in.
        snapshot: The workspace.
        today: The day on which people must belong to the organisation.
    """
    places: list[tuple[str, ...]] = []
    short = False
    for position, approval in enumerate(approvals):
        ways = approval.any or (approval,)
        people = [_known_people(way, document, snapshot, today) for way in ways]
        shortages = [_describe(*each) for each in zip(ways, people, strict=True)]
        if all(shortages):
            short = True
            yield (position,), shortages[0]
        elif people[0] is not None and not approval.any and not approval.when:
            places += [people[0]] * (approval.count or 1)
    if not short and None in match_places(places):
        distinct = len(set().union(*places))
        yield (), f"the entries need {len(places)} different people, of {distinct} who may approve"


def _describe(approval: Approval, people: tuple[str, ...] | None) -> str:
    """Return how many are missing, or ``""``."""
    if people is None or len(people) >= (approval.count or 1):
        return ""
    names = " or ".join(approval.by)
    if not people:
        return f"nobody can approve for {names}"
    return f"{approval.count} of {names} must approve, but only {len(people)} can"


def _known_people(
    approval: Approval, document: Document, snapshot: Snapshot, today: date
) -> tuple[str, ...] | None:
    """Return who may give an approval, None if that depends on the work."""
    if not approval.by:
        return None  # approval-form tells it
    found: dict[str, None] = {}
    for text in approval.by:
        word = text
        if snapshot.party(text) is None:
            if document.kind != "workflow" or not text.startswith(_OF_WORKFLOW):
                return None
            word = text.removeprefix(_OF_WORKFLOW)
        found |= dict.fromkeys(people_of((word,), document, snapshot, today))
    parties = [name for name in approval.exclude or () if snapshot.party(name)]
    excluded = set(people_of(parties, None, snapshot, today))
    return tuple(person for person in found if person not in excluded)
