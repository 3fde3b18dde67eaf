"""Why somebody's approval does not count, and why a rule is not met: for those who wait.

Of each reviewer one reason is told, the first that holds, what lasts before what can be mended:
``unknown-account``, ``agent``, ``left``; then what the rule says of them, ``author``,
``contributor``, ``requester``, ``excluded``, ``delegation-invalid`` or ``not-in-role``; then what
became of the approval, ``superseded`` or ``dismissed``; then ``draft``, what it is bound to,
``no-consent``, ``rebound-commit`` or ``stale-digest``, and last ``expired``.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.analysis.requirements import Requirement
from plainwork.approvals.delegation import names_delegate
from plainwork.approvals.eligibility import refuse_role
from plainwork.approvals.participants import Participants
from plainwork.approvals.standing import Standing
from plainwork.approvals.voices import Refusal, Voice
from plainwork.model.decision import Given, NotCounted, NotCountedReason
from plainwork.model.party import Person


class Filling(msgspec.Struct, frozen=True):
    """How one entry is filled.

    Attributes:
        count: How many places it has here.
        able: Who could fill one, here or in another entry of the list.
    """

    count: int
    given: tuple[Given, ...]
    able: frozenset[str]

    @property
    def missing(self) -> int:
        """How many places are empty."""
        return self.count - len(self.given)


def explain(voice: Voice, entry: Requirement, standing: Standing) -> NotCounted | None:
    """Return why what a reviewer says does not count for an entry; None: it does, or is none."""
    refusal = _refuse(voice, entry, standing)
    if refusal is None or not voice.spoke_for:
        return None
    return NotCounted(
        who=voice.who,
        known=voice.person is not None or refusal.reason is NotCountedReason.AGENT,
        reason=refusal.reason,
        explanation=refusal.explanation,
        remedy=refusal.remedy,
        review=voice.review.id,
    )


def _refuse(voice: Voice, entry: Requirement, standing: Standing) -> Refusal | None:
    person = voice.person
    if person is None or (voice.refusal and voice.refusal.reason is NotCountedReason.LEFT):
        return voice.refusal
    refused = refuse_role(person, entry.approvers, standing.change)
    if refused is None:
        return _find_loss(voice, entry, standing)
    if refused.reason is not NotCountedReason.NOT_IN_ROLE:
        return refused
    return _refuse_delegate(voice, person, entry, standing) or refused


def _find_loss(voice: Voice, entry: Requirement, standing: Standing) -> Refusal | None:
    """Return what is wrong with the approval itself, or None."""
    if voice.refusal is not None:
        return voice.refusal
    if not voice.approvals or standing.find(voice, entry) is not None:
        return None
    return standing.refuse(voice.approvals[0], entry)


def _refuse_delegate(
    voice: Voice, person: Person, entry: Requirement, standing: Standing
) -> Refusal | None:
    """Return why somebody does not count whom one of those who are asked names as a delegate."""
    if person.id.lower() not in standing.hearing.delegates:
        return None
    named = next(names_delegate(person, entry.approvers.named, standing.change), "")
    if not named:
        return None
    text = f"the delegation by {named} does not hold for this, or not on that day"
    remedy = f"{named} approves, or somebody else whom the rule names"
    invalid = Refusal(NotCountedReason.DELEGATION_INVALID, text, remedy)
    return _find_loss(voice, entry, standing) or invalid


def describe_filling(
    filling: Filling, entry: Requirement, participants: Participants
) -> Iterator[str]:
    """Yield what else is to be said of an entry: a raised count, or that nobody can meet it."""
    unknown, people = entry.approvers.unknown, {person.lower() for person in entry.people}
    for step in unknown:
        yield f"nobody knows who made `{step}`, so nobody may approve"
    if filling.count > entry.count:
        yield f"one more than the rule says, because of {participants.unattributed[0]}"
    if not people and not unknown:
        yield "it comes to nobody: nobody may approve"
    elif filling.count > len(people) and not unknown:
        yield f"it needs {filling.count}, but only {len(people)} may approve"
    if not filling.missing:
        return
    made = entry.approval.author and participants.author.lower() in people
    if made and not participants.alone:
        yield "others had a hand in the change, so making it is no consent"
    if filling.able - {each.person for each in filling.given}:
        yield "whoever approved already fills another place of the same list"
