"""Why somebody's approval does not count for a rule, whatever they approved."""

from __future__ import annotations

from plainwork.analysis.approvers import Approvers
from plainwork.analysis.document_change import DocumentChange
from plainwork.approvals.voices import Refusal
from plainwork.model.decision import NotCountedReason
from plainwork.model.party import Person

_SOMEBODY_ELSE = "somebody else has to approve"


def refuse_role(person: Person, approvers: Approvers, change: DocumentChange) -> Refusal | None:
    """Return why a person may not give an approval in their own right, or None if they may."""
    id_ = person.id.lower()
    if id_ in approvers.excluded:
        return _refuse_excluded(person, approvers.excluded[id_], change)
    if id_ not in {each.lower() for each in approvers.named}:
        text = f"{person.id} is not among those whom the rule names"
        return Refusal(NotCountedReason.NOT_IN_ROLE, text, _SOMEBODY_ELSE)
    if approvers.unknown:
        text = f"nobody knows who made `{approvers.unknown[0]}`; it may have been {person.id}"
        return Refusal(NotCountedReason.EXCLUDED, text, _SOMEBODY_ELSE)
    return None


def _refuse_excluded(person: Person, word: str, change: DocumentChange) -> Refusal:
    id_ = person.id.lower()
    if word in ("author", "contributors") and id_ == change.author.lower():
        text = f"{person.id} is the author of the change"
        return Refusal(NotCountedReason.AUTHOR, text, _SOMEBODY_ELSE)
    if word in ("author", "contributors") and id_ in change.askers:
        text = f"{person.id} asked a program for the change"
        return Refusal(NotCountedReason.REQUESTER, text, _SOMEBODY_ELSE)
    if word == "contributors":
        text = f"{person.id} had a hand in the change: wrote, committed or pushed a part of it"
        return Refusal(NotCountedReason.CONTRIBUTOR, text, _SOMEBODY_ELSE)
    if word == "requester":
        text = f"{person.id} requested the work"
        return Refusal(NotCountedReason.REQUESTER, text, _SOMEBODY_ELSE)
    text = f"the rule excludes {word}, which is {person.id} here"
    return Refusal(NotCountedReason.EXCLUDED, text, _SOMEBODY_ELSE)
