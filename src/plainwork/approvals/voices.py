"""What each reviewer has said in the end, one voice a person, whatever accounts they used.

Of one person the latest decisive review counts: approved, changes requested or dismissed; a
comment changes nothing, and what is unknown is no approval. Approvals given after it stand
together: saying yes twice is no less than saying it once. What was dismissed never brings an
older approval back. Whoever blocked blocks until they say otherwise themselves: another
person's dismissal does not speak for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from plainwork.approvals.identities import Identities
from plainwork.model.decision import NotCountedReason
from plainwork.model.evidence import AccountKind, Evidence, Review, ReviewState
from plainwork.model.party import Person

SKEW = timedelta(minutes=5)
"""How far the clocks of a forge may be apart; a review from further ahead does not count."""


_MOST_STRANGERS = 50
"""Of reviewers who are nobody here, how many are told why: anybody may review what is public."""


class Refusal(msgspec.Struct, frozen=True):
    """Why an approval does not count, for the one who gave it, and what they can do."""

    reason: NotCountedReason
    explanation: str
    remedy: str = ""


class Voice(msgspec.Struct, frozen=True):
    """What one reviewer has said.

    Attributes:
        who: The person's or agent's id, else the login.
        person: None: nobody whose approval could count; ``refusal`` says why.
        approvals: Reviews that stand as approvals, the latest first.
        objection: The review that requests changes, if that is the last word; nobody but the
            reviewer can take it back.
        refusal: Why no approval of this reviewer counts, for whatever rule.
        review: The review that the refusal is about, else the latest.
    """

    who: str
    person: Person | None
    approvals: tuple[Review, ...]
    objection: Review | None
    refusal: Refusal | None
    review: Review

    @property
    def blocks(self) -> bool:
        """Whether it requests changes, as far as anybody knows."""
        return self.objection is not None

    @property
    def spoke_for(self) -> bool:
        """Whether there is an approval, counting or not, to be told about."""
        return bool(self.approvals) or self.refusal is not None


class _Clock(msgspec.Struct, frozen=True):
    now: datetime
    today: date


def hear(
    evidence: Evidence, identities: Identities, now: datetime, today: date
) -> tuple[Voice, ...]:
    """Return what every reviewer has said, in the order of their first review.

    Of those who are nobody here only the first are named; none of them counts for anything.
    """
    by_speaker: dict[tuple[str, str], list[Review]] = {}
    for review in sorted(evidence.reviews, key=_order):
        if _severity(review, identities) is not None:
            by_speaker.setdefault(_speaker(review, identities), []).append(review)
    clock = _Clock(now, today)
    voices = [_hear_one(reviews, evidence, identities, clock) for reviews in by_speaker.values()]
    strangers = [voice for voice in voices if voice.person is None]
    silent = {id(voice) for voice in strangers[_MOST_STRANGERS:]}
    return tuple(voice for voice in voices if id(voice) not in silent)


def _order(review: Review) -> tuple[datetime, str]:
    return review.submitted_at, review.id


def _speaker(review: Review, identities: Identities) -> tuple[str, str]:
    person = _person_of(review, identities)
    if person is not None:
        return "person", person.id.lower()
    if review.account is not None and review.account.id:
        return "account", review.account.id
    return "review", review.id


def _person_of(review: Review, identities: Identities) -> Person | None:
    if review.account is not None:
        return identities.person_of(review.account)
    return identities.person_of_key(review.key) if review.key else None


def _severity(review: Review, identities: Identities) -> int | None:
    """Return how strict a decisive review is, None of any other; of a tie the strictest counts."""
    match review.state:
        case ReviewState.CHANGES_REQUESTED:
            return 2
        case ReviewState.DISMISSED:
            return 2 if _still_blocks(review, identities) else 1
        case ReviewState.APPROVED:
            return 0
        case _:
            return None


def _still_blocks(review: Review, identities: Identities) -> bool:
    """Return whether a review blocks: a dismissal counts if it is the reviewer's own.

    If nobody knows what was dismissed, it may have been a veto.
    """
    if review.state is ReviewState.CHANGES_REQUESTED:
        return True
    if review.state is not ReviewState.DISMISSED:
        return False
    if review.dismissed_state in (ReviewState.APPROVED, ReviewState.COMMENTED):
        return False
    person = _person_of(review, identities)
    dismisser = identities.person_of(review.dismissed_by) if review.dismissed_by else None
    return dismisser is None or person is None or dismisser.id.lower() != person.id.lower()


def _hear_one(
    reviews: list[Review], evidence: Evidence, identities: Identities, clock: _Clock
) -> Voice:
    """Return what one reviewer has said; the reviews are theirs, the oldest first."""
    person = _person_of(reviews[-1], identities)
    early = [each for each in reviews if _is_early(each, clock.now)]
    ordered = sorted(
        (each for each in reviews if not _is_early(each, clock.now)),
        key=lambda each: (each.submitted_at, _severity(each, identities) or 0, each.id),
    )
    standing = tuple(_standing_approvals(ordered))
    latest = (ordered or early)[-1]
    refusal = (
        _refuse_identity(latest, evidence, identities)
        or _refuse_departed(person, clock.today)
        or _refuse_lost(ordered, early)
    )
    approved = next((each for each in reversed(reviews) if _was_approval(each)), None)
    if refusal is not None and approved is None:
        refusal = None  # nobody is told that what they never gave does not count
    return Voice(
        who=_name(latest, person, identities),
        person=person,
        approvals=standing if refusal is None else (),
        objection=latest if _still_blocks(latest, identities) else None,
        refusal=refusal,
        review=approved or latest,
    )


def _is_early(review: Review, now: datetime) -> bool:
    """Return whether an approval lies in the future; what takes consent away counts at once."""
    return review.state is ReviewState.APPROVED and review.submitted_at > now + SKEW


def _standing_approvals(ordered: list[Review]) -> Iterator[Review]:
    """Yield the approvals after the latest other decisive review, the latest first."""
    for review in reversed(ordered):
        if review.state is not ReviewState.APPROVED:
            return
        yield review


def _was_approval(review: Review) -> bool:
    return review.state is ReviewState.APPROVED or (
        review.state is ReviewState.DISMISSED
        and review.dismissed_state in (None, ReviewState.APPROVED)
    )


def _name(review: Review, person: Person | None, identities: Identities) -> str:
    if person is not None:
        return person.id
    if review.account is None:
        return review.key or "a deleted account"
    agent = identities.agent_of(review.account)
    return agent.id if agent else review.account.login or review.account.id


def _refuse_identity(review: Review, evidence: Evidence, identities: Identities) -> Refusal | None:
    """Return why nobody's approval can count who reviews like this."""
    account = review.account
    if account is None:
        if _person_of(review, identities) is None:
            return _unknown(
                "the key is nobody's here" if review.key else "the account has been deleted"
            )
        return None
    agent = identities.agent_of(account)
    if agent is not None or account.kind is AccountKind.BOT:
        name = agent.id if agent else account.login
        text = f"{name} is a program; programs approve nothing"
        return Refusal(NotCountedReason.AGENT, text, "a person has to review it")
    if account.kind is not AccountKind.USER:
        return _unknown(f"{account.login or account.id} is no person's account")
    if identities.person_of(account) is None:
        return _unknown(_describe_unknown(account.login, account.id, identities, review))
    if evidence.writers.get(account.id) is False:
        text = f"{account.login} may not write to the repository"
        return Refusal(NotCountedReason.NOT_IN_ROLE, text, "ask for permission to write")
    return None


def _refuse_departed(person: Person | None, today: date) -> Refusal | None:
    """Return why somebody cannot approve who is not there, or not there any more."""
    if person is None or person.present(today):
        return None
    text = f"the last day of {person.id} was {person.last}"
    if person.first is not None and person.first > today:
        text = f"the first day of {person.id} is {person.first}"
    return Refusal(NotCountedReason.LEFT, text, "somebody who is there has to approve")


def _unknown(text: str) -> Refusal:
    remedy = "the document of a person names the account with its number, or the key"
    return Refusal(NotCountedReason.UNKNOWN_ACCOUNT, text, remedy)


def _describe_unknown(login: str, number: str, identities: Identities, review: Review) -> str:
    account = review.account
    if account is not None and len(identities.behind_account(account)) > 1:
        return f"several people say that {login} ({number}) is their account"
    named = identities.alike(account) if account is not None else ()
    if named:
        return (
            f"{login} has the number {number or 'unknown'}; "
            f"the account of {named[0].id} has another one, or none that is known"
        )
    return f"no person here has the account {login} ({number or 'without number'})"


def _refuse_lost(ordered: list[Review], early: list[Review]) -> Refusal | None:
    """Return why an approval that was given does not stand any more, or does not stand yet."""
    if ordered and ordered[-1].state is ReviewState.APPROVED:
        return None
    if not ordered or not any(_was_approval(each) for each in ordered):
        if any(_was_approval(each) for each in early):
            text = "its time lies in the future of the server's clock"
            return Refusal(NotCountedReason.EXPIRED, text, "approve again")
        return None
    if ordered[-1].state is ReviewState.DISMISSED:
        text = "it was dismissed; an older approval does not come back"
        return Refusal(NotCountedReason.DISMISSED, text, "approve again")
    text = "the same person requested changes later"
    return Refusal(NotCountedReason.SUPERSEDED, text, "approve again, once it is as it should be")
