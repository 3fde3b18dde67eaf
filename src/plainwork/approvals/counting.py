"""Counting approvals: which places of a list of rules are filled by whom, and who is left out.

Within one list different people fill the places, found by maximum bipartite matching; one human
never counts twice in it, neither by several reviews nor as somebody's delegate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice, product

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.matching import match_places
from plainwork.analysis.requirements import Requirement
from plainwork.approvals.delegation import find_delegators, may_stand_in, names_delegate
from plainwork.approvals.eligibility import refuse_role
from plainwork.approvals.maximum_age import is_expired
from plainwork.approvals.participants import Participants
from plainwork.approvals.sight import AskedDocument, Sight
from plainwork.approvals.voices import Refusal, Voice
from plainwork.model.decision import DecidedRequirement, Given, NotCounted, NotCountedReason
from plainwork.model.evidence import Review
from plainwork.model.workflow import ALL_OF_THEM

_MOST_WAYS = 1_000
"""How many combinations of alternatives are tried; beyond them a list is unmet, never met."""


class Hearing(msgspec.Struct, frozen=True):
    """What is known when approvals are counted.

    Attributes:
        draft: Whether the change is a draft now.
        day_of: The day of a moment, in the workspace's time zone.
    """

    voices: tuple[Voice, ...]
    participants: Participants
    sight: Sight
    now: datetime
    draft: bool
    day_of: Callable[[datetime], date]


class _Candidate(msgspec.Struct, frozen=True):
    """Somebody's approval that may fill a place of one entry."""

    person: str
    review: Review | None
    by: str = ""

    def given(self) -> Given:
        if self.review is None:
            return Given(self.person)
        return Given(self.person, self.review.id, self.by, self.review.submitted_at)


def count_list(
    entries: Sequence[Requirement], asked: AskedDocument, change: DocumentChange, hearing: Hearing
) -> tuple[DecidedRequirement, ...]:
    """Return what becomes of each entry of one list of approvals.

    Args:
        entries: The requirements of one source, for one document.
        asked: The document.
        change: What it does to the document, for delegations.
        hearing: Who said what.
    """
    best: tuple[DecidedRequirement, ...] = ()
    for chosen in islice(product(*(each.ways or (each,) for each in entries)), _MOST_WAYS):
        found = _Count(entries, chosen, asked, change, hearing).decide()
        if not best or _filled(found) > _filled(best):
            best = found
        if all(each.met for each in best):
            break
    return best


def _filled(decided: Sequence[DecidedRequirement]) -> tuple[int, int]:
    return sum(each.met for each in decided), -sum(each.missing for each in decided)


class _Count:
    """One way of filling a list: of every entry with alternatives one is chosen."""

    def __init__(
        self,
        entries: Sequence[Requirement],
        chosen: Sequence[Requirement],
        asked: AskedDocument,
        change: DocumentChange,
        hearing: Hearing,
    ) -> None:
        self._entries = entries
        self._chosen = chosen
        self._asked = asked
        self._change = change
        self._hearing = hearing
        self._own = {person.lower() for each in chosen for person in each.people}
        self._stand_ins = self._assign_delegates()

    def decide(self) -> tuple[DecidedRequirement, ...]:
        """Fill the places and say of each entry what is given, missing and not counted."""
        candidates = [
            self._delegated(entry) | self._own_candidates(entry) for entry in self._chosen
        ]
        counts = [self._count_of(entry) for entry in self._chosen]
        places = [
            (number, sorted(candidates[number]))
            for number, count in enumerate(counts)
            for _ in range(count)
        ]
        people = match_places([place for _, place in places])
        filled: list[list[Given]] = [[] for _ in self._chosen]
        for (number, _), person in zip(places, people, strict=True):
            if person is not None:
                filled[number].append(candidates[number][person].given())
        return tuple(
            self._decided(number, counts[number], tuple(filled[number]))
            for number in range(len(self._chosen))
        )

    def _count_of(self, entry: Requirement) -> int:
        """Return how many are needed; one more if somebody had a hand in it who is nobody here.

        Where everybody is asked, nobody more can be.
        """
        if entry.approval.count == ALL_OF_THEM:
            return entry.count
        return entry.count + bool(self._hearing.participants.unattributed)

    def _own_candidates(self, entry: Requirement) -> dict[str, _Candidate]:
        people = {person.lower() for person in entry.people}
        found: dict[str, _Candidate] = {}
        for voice in self._hearing.voices:
            if voice.person is not None and voice.person.id.lower() in people:
                review = self._counting_review(voice, entry)
                if review is not None:
                    found[voice.person.id] = _Candidate(voice.person.id, review)
        author = self._consenting_author(entry)
        if author:
            found.setdefault(author, _Candidate(author, None))
        return found

    def _consenting_author(self, entry: Requirement) -> str:
        """Return the author, if making the change oneself is consent enough; else ``""``.

        It is not if others have pushed to it or written a part of it: they may have added what
        the author never saw.
        """
        participants = self._hearing.participants
        if not entry.approval.author or not participants.alone:
            return ""
        author = participants.author.lower()
        return next((person for person in entry.people if person.lower() == author), "")

    def _counting_review(self, voice: Voice, entry: Requirement) -> Review | None:
        return next((each for each in voice.approvals if not self._refuse(each, entry)), None)

    def _refuse(self, review: Review, entry: Requirement) -> Refusal | None:
        """Return why one approval does not count for an entry, whoever gave it."""
        return (
            self._refuse_draft(review)
            or self._hearing.sight.refuse(review, self._asked, entry.approval.consent)
            or self._refuse_old(review, entry)
        )

    def _refuse_draft(self, review: Review) -> Refusal | None:
        drafted = self._hearing.draft if review.draft is None else review.draft
        if not drafted:
            return None
        text = "it was given while the change was a draft"
        return Refusal(NotCountedReason.DRAFT, text, "approve again when it is ready")

    def _refuse_old(self, review: Review, entry: Requirement) -> Refusal | None:
        hearing, limit = self._hearing, entry.approval.max_age
        if not limit or not is_expired(
            review.submitted_at, limit, hearing.now, self._change.snapshot, hearing.day_of
        ):
            return None
        text = f"it is older than {limit}"
        return Refusal(NotCountedReason.EXPIRED, text, "approve again")

    def _assign_delegates(self) -> dict[str, str]:
        """Return for whom each delegate speaks in this list, by id in lower case.

        Who may approve in their own right speaks for themselves, and nobody speaks for two: one
        human fills one place. It depends on the rules alone, so that one approval more never
        takes another one away.
        """
        found: dict[str, str] = {}
        for voice in self._hearing.voices:
            person = voice.person
            if person is not None and person.id.lower() not in self._own:
                delegators = (each for entry in self._chosen for each in self._behind(voice, entry))
                delegator = next(delegators, "")
                if delegator:
                    found[person.id.lower()] = delegator
        return found

    def _behind(self, voice: Voice, entry: Requirement) -> Iterator[str]:
        """Yield in whose place somebody's approval would count for an entry."""
        review = self._counting_review(voice, entry)
        if review is None or voice.person is None:
            return
        if may_stand_in(voice.person, entry.approvers, self._change):
            day = self._hearing.day_of(review.submitted_at)
            yield from find_delegators(voice.person, entry.people, self._change, day)

    def _delegated(self, entry: Requirement) -> dict[str, _Candidate]:
        found: dict[str, _Candidate] = {}
        for voice in self._hearing.voices:
            delegator = self._stand_in(voice, entry)
            if delegator and voice.person is not None:
                review = self._counting_review(voice, entry)
                found.setdefault(delegator, _Candidate(delegator, review, by=voice.person.id))
        return found

    def _stand_in(self, voice: Voice, entry: Requirement) -> str:
        """Return in whose place a delegate's approval counts for an entry, or ``""``."""
        delegator = self._stand_ins.get(voice.person.id.lower(), "") if voice.person else ""
        return delegator if delegator and delegator in set(self._behind(voice, entry)) else ""

    def _decided(self, number: int, count: int, given: tuple[Given, ...]) -> DecidedRequirement:
        entry, chosen = self._entries[number], self._chosen[number]
        missing = count - len(given)
        vetoed = tuple(self._vetoes(entry))
        return DecidedRequirement(
            source=entry.source,
            by=entry.by,
            people=entry.people,
            count=count,
            met=missing == 0 and not vetoed,
            given=given,
            missing=missing,
            not_counted=tuple(self._not_counted(chosen)),
            vetoed_by=vetoed,
            note="; ".join(self._notes(chosen, count, missing, given)),
            consent=chosen.approval.consent,
        )

    def _vetoes(self, entry: Requirement) -> Iterator[str]:
        """Yield who blocks: those whom the rule names and lets block, counting or not."""
        for way in entry.ways or (entry,):
            if not way.approval.veto:
                continue
            named = {person.lower() for person in way.approvers.named}
            for voice in self._hearing.voices:
                if voice.blocks and voice.person and voice.person.id.lower() in named:
                    yield voice.person.id

    def _not_counted(self, entry: Requirement) -> Iterator[NotCounted]:
        for voice in self._hearing.voices:
            refusal = self._explain(voice, entry)
            if refusal is not None and (voice.approvals or voice.refusal is not None):
                yield NotCounted(
                    who=voice.who,
                    known=voice.person is not None or refusal.reason is NotCountedReason.AGENT,
                    reason=refusal.reason,
                    explanation=refusal.explanation,
                    remedy=refusal.remedy,
                    review=voice.review.id,
                )

    def _explain(self, voice: Voice, entry: Requirement) -> Refusal | None:
        """Return the one reason why a voice does not count: what lasts before what can be mended.

        Nobody here, an agent, gone; then whom the rule excludes or does not name; then what
        became of the approval, when it was given, what it is bound to, and how old it is.
        """
        if voice.person is None:
            return voice.refusal
        if voice.refusal is not None and voice.refusal.reason is NotCountedReason.LEFT:
            return voice.refusal
        refused = refuse_role(voice.person, entry.approvers, self._change)
        if refused is not None:
            if self._stand_in(voice, entry):
                return None
            return self._explain_delegation(voice, entry) or refused
        return self._lost(voice, entry)

    def _lost(self, voice: Voice, entry: Requirement) -> Refusal | None:
        """Return what is wrong with the approval itself, or None."""
        if voice.refusal is not None:
            return voice.refusal
        if not voice.approvals or self._counting_review(voice, entry) is not None:
            return None
        return self._refuse(voice.approvals[0], entry)

    def _explain_delegation(self, voice: Voice, entry: Requirement) -> Refusal | None:
        if voice.person is None or voice.person.id.lower() in entry.approvers.excluded:
            return None
        named = tuple(names_delegate(voice.person, entry.approvers.named, self._change))
        if not named:
            return None
        lost = self._lost(voice, entry)
        if lost is not None:  # what is wrong with the approval can be mended
            return lost
        text = f"the delegation by {named[0]} does not hold for this, or not on that day"
        remedy = f"{named[0]} approves, or somebody else whom the rule names"
        return Refusal(NotCountedReason.DELEGATION_INVALID, text, remedy)

    def _notes(
        self, entry: Requirement, count: int, missing: int, given: tuple[Given, ...]
    ) -> Iterator[str]:
        participants = self._hearing.participants
        for step in entry.approvers.unknown:
            yield f"nobody knows who made `{step}`, so nobody may approve"
        if count > entry.count:
            yield f"one more than the rule says, because of {participants.unattributed[0]}"
        if not entry.people and not entry.approvers.unknown:
            yield "it comes to nobody: nobody may approve"
        elif count > len(entry.people) and not entry.approvers.unknown:
            yield f"it needs {count}, but only {len(entry.people)} may approve"
        people = {each.lower() for each in entry.people}
        makes = entry.approval.author and participants.author.lower() in people
        if missing and makes and not participants.alone:
            yield "others had a hand in the change, so making it is no consent"
        if missing and len(given) < count and self._is_used_elsewhere(entry, given):
            yield "whoever approved already fills another place of the same list"

    def _is_used_elsewhere(self, entry: Requirement, given: tuple[Given, ...]) -> bool:
        used = {each.person for each in given}
        return any(person not in used for person in self._own_candidates(entry))
