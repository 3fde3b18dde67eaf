"""Which approvals stand for one document: given in time, of a finished change, for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.requirements import Requirement
from plainwork.approvals.delegation import find_delegators, may_stand_in
from plainwork.approvals.maximum_age import find_end
from plainwork.approvals.participants import Participants
from plainwork.approvals.sight import AskedDocument, Sight
from plainwork.approvals.voices import Refusal, Voice
from plainwork.model.decision import NotCountedReason
from plainwork.model.evidence import Review


class Hearing(msgspec.Struct, frozen=True):
    """What is known when approvals are counted.

    Attributes:
        delegates: Ids, in lower case, of all whom somebody has made a delegate.
        draft: Whether the change is a draft now.
        zone: The workspace's time zone.
    """

    voices: tuple[Voice, ...]
    participants: Participants
    sight: Sight
    delegates: frozenset[str]
    now: datetime
    draft: bool
    zone: tzinfo


class Standing:
    """Judges approvals of one document, without asking whose they are.

    Args:
        asked: The document.
        change: What the change does to it, for delegations.
        hearing: Who said what.
    """

    def __init__(self, asked: AskedDocument, change: DocumentChange, hearing: Hearing) -> None:
        self._asked = asked
        self.change = change
        self.hearing = hearing
        self._known: dict[tuple[Review, str, str], Refusal | None] = {}

    def find(self, voice: Voice, entry: Requirement) -> Review | None:
        """Return the latest review that counts for an entry, if its giver may give it."""
        return next((each for each in voice.approvals if not self.refuse(each, entry)), None)

    def refuse(self, review: Review, entry: Requirement) -> Refusal | None:
        """Return why one approval does not count for an entry, whoever gave it."""
        consent, limit = entry.approval.consent, entry.approval.max_age
        key = (review, consent, limit)
        if key not in self._known:
            self._known[key] = (
                self._refuse_draft(review)
                or self.hearing.sight.refuse(review, self._asked, consent)
                or self._refuse_old(review, limit)
            )
        return self._known[key]

    def find_end(self, review: Review, entry: Requirement) -> datetime | None:
        """Return when an approval that counts for an entry ends by its rule; None: never."""
        return self._find_end(review, entry.approval.max_age)

    def _find_end(self, review: Review, limit: str) -> datetime | None:
        return find_end(review.submitted_at, limit, self.change.snapshot, self.hearing.zone)

    def find_delegators(self, voice: Voice, entry: Requirement) -> Iterator[str]:
        """Yield in whose place somebody's approval would count for an entry."""
        review = self.find(voice, entry)
        if review is None or voice.person is None:
            return
        if may_stand_in(voice.person, entry.approvers, self.change):
            days = self._days_of(review)
            yield from find_delegators(voice.person, entry.people, self.change, days)

    def _days_of(self, review: Review) -> tuple[date, ...]:
        """Return on which days a delegation must hold: the time of a signature is its signer's."""
        moments = (review.submitted_at, self.hearing.now) if review.key else (review.submitted_at,)
        return tuple(moment.astimezone(self.hearing.zone).date() for moment in moments)

    def _refuse_draft(self, review: Review) -> Refusal | None:
        """Return that an approval was given to a draft; if nobody knows, the change's own state."""
        drafted = self.hearing.draft if review.draft is None else review.draft
        if not drafted:
            return None
        text = "it was given while the change was a draft"
        return Refusal(NotCountedReason.DRAFT, text, "approve again when it is ready")

    def _refuse_old(self, review: Review, limit: str) -> Refusal | None:
        end = self._find_end(review, limit)
        if not limit or (end is not None and self.hearing.now <= end):
            return None
        return Refusal(NotCountedReason.EXPIRED, f"it is older than {limit}", "approve again")
