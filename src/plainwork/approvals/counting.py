"""Counting approvals: which places of a list of rules are filled, and by whom.

Within one list different people fill the places, found by maximum bipartite matching; one human
never counts twice in it, neither by several reviews nor as somebody's delegate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, product

import msgspec

from plainwork.analysis.matching import match_places
from plainwork.analysis.requirements import Requirement
from plainwork.approvals.explanations import Filling, describe_filling, explain
from plainwork.approvals.standing import Standing
from plainwork.approvals.voices import Voice
from plainwork.model.decision import DecidedRequirement, Given, Objection
from plainwork.model.evidence import Review, ReviewState
from plainwork.model.workflow import ALL_OF_THEM

_MOST_WAYS = 1_000
"""How many combinations of alternatives are tried; a list is not met by any beyond them."""


class _Candidate(msgspec.Struct, frozen=True):
    """Somebody's approval that may fill a place of one entry."""

    person: str
    review: Review | None
    by: str = ""

    def given(self, entry: Requirement, standing: Standing) -> Given:
        if self.review is None:
            return Given(self.person)
        end = standing.find_end(self.review, entry)
        return Given(self.person, self.review.id, self.by, self.review.submitted_at, end)


def count_list(
    entries: Sequence[Requirement], standing: Standing
) -> tuple[DecidedRequirement, ...]:
    """Return what becomes of each entry of one list of approvals.

    Args:
        entries: The requirements of one source, for one document.
        standing: Which approvals of the document stand.
    """
    best: tuple[DecidedRequirement, ...] = ()
    for chosen in islice(product(*map(_ways_of, entries)), _MOST_WAYS):
        found = _Count(entries, chosen, standing).decide()
        if not best or _rank(found) > _rank(best):
            best = found
        if all(each.met for each in best):
            break
    return best


def _ways_of(entry: Requirement) -> Sequence[Requirement]:
    """Return the ways of meeting an entry; of several not those that come to nobody."""
    return [way for way in entry.ways if way.people] or entry.ways or (entry,)


def _rank(decided: Sequence[DecidedRequirement]) -> tuple[int, int]:
    return sum(each.met for each in decided), -sum(each.missing for each in decided)


class _Count:
    """One way of filling a list: of every entry with alternatives one is chosen."""

    def __init__(
        self, entries: Sequence[Requirement], chosen: Sequence[Requirement], standing: Standing
    ) -> None:
        self._entries = entries
        self._chosen = chosen
        self._standing = standing
        self._voices = standing.hearing.voices
        self._participants = standing.hearing.participants
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
                given = candidates[number][person].given(self._chosen[number], self._standing)
                filled[number].append(given)
        return tuple(
            self._decided(number, Filling(counts[number], tuple(filled[number]), frozenset(own)))
            for number, own in enumerate(candidates)
        )

    def _count_of(self, entry: Requirement) -> int:
        """Return how many are needed; one more if somebody had a hand in it who is nobody here.

        Where everybody is asked, nobody more can be.
        """
        if entry.approval.count == ALL_OF_THEM:
            return entry.count
        return entry.count + bool(self._participants.unattributed)

    def _own_candidates(self, entry: Requirement) -> dict[str, _Candidate]:
        people = {person.lower() for person in entry.people}
        found: dict[str, _Candidate] = {}
        for voice in self._voices:
            if voice.person is not None and voice.person.id.lower() in people:
                review = self._standing.find(voice, entry)
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
        if not entry.approval.author or not self._participants.alone:
            return ""
        author = self._participants.author.lower()
        return next((person for person in entry.people if person.lower() == author), "")

    def _assign_delegates(self) -> dict[str, str]:
        """Return for whom each delegate speaks in this list, by id in lower case.

        Who may approve in their own right speaks for themselves, and nobody speaks for two: one
        human fills one place. Nothing of it depends on what others say, so that one approval
        more never takes another one away.
        """
        own = {person.lower() for entry in self._chosen for person in entry.people}
        found: dict[str, str] = {}
        for voice in self._voices:
            id_ = voice.person.id.lower() if voice.person else ""
            if id_ in own or id_ not in self._standing.hearing.delegates:
                continue
            behind = (
                person
                for entry in self._chosen
                for person in self._standing.find_delegators(voice, entry)
            )
            delegator = next(behind, "")
            if delegator:
                found[id_] = delegator
        return found

    def _stand_in(self, voice: Voice, entry: Requirement) -> str:
        """Return in whose place a delegate's approval counts for an entry, or ``""``."""
        delegator = self._stand_ins.get(voice.person.id.lower()) if voice.person else None
        if delegator is None:
            return ""
        behind = set(self._standing.find_delegators(voice, entry))
        return delegator if delegator in behind else ""

    def _delegated(self, entry: Requirement) -> dict[str, _Candidate]:
        found: dict[str, _Candidate] = {}
        for voice in self._voices:
            delegator = self._stand_in(voice, entry)
            if delegator and voice.person is not None:
                review = self._standing.find(voice, entry)
                found.setdefault(delegator, _Candidate(delegator, review, by=voice.person.id))
        return found

    def _decided(self, number: int, filling: Filling) -> DecidedRequirement:
        entry, chosen = self._entries[number], self._chosen[number]
        vetoed = tuple(self._vetoes(entry))
        told = (
            explain(voice, chosen, self._standing)
            for voice in self._voices
            if not self._stand_in(voice, chosen)
        )
        return DecidedRequirement(
            source=entry.source,
            by=entry.by,
            people=entry.people,
            count=filling.count,
            met=filling.missing == 0 and not vetoed,
            given=filling.given,
            missing=filling.missing,
            not_counted=tuple(each for each in told if each is not None),
            vetoed_by=vetoed,
            objections=tuple(self._objections(entry, vetoed)),
            note="; ".join(describe_filling(filling, chosen, self._participants)),
            consent=chosen.approval.consent,
        )

    def _vetoes(self, entry: Requirement) -> Iterator[str]:
        """Yield who blocks: those whom the rule names and lets block, whoever made the change."""
        named = {
            person.lower()
            for way in entry.ways or (entry,)
            if way.approval.veto
            for person in way.approvers.named
        }
        for voice in self._voices:
            if voice.blocks and voice.person and voice.person.id.lower() in named:
                yield voice.person.id

    def _objections(self, entry: Requirement, vetoed: Collection[str]) -> Iterator[Objection]:
        """Yield what those who are asked have against it, where the rule lets nobody block."""
        asked = {person.lower() for person in entry.people}
        for voice in self._voices:
            review, person = voice.objection, voice.person
            if review is None or person is None or not _asks_for_changes(review):
                continue
            if person.id.lower() in asked and person.id not in vetoed:
                yield Objection(person.id, review.submitted_at)


def _asks_for_changes(review: Review) -> bool:
    """Return whether it is known that a review asks for changes; what was dismissed may not."""
    return ReviewState.CHANGES_REQUESTED in (review.state, review.dismissed_state)
