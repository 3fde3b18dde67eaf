"""Reviews of a pull request, with what its timeline adds: drafts, dismissals, who asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from plainwork.forge.drafts import was_draft
from plainwork.forge.first_line import read_first_line
from plainwork.forge.github_answers import Pull, Review, TimelineEvent, to_account
from plainwork.model.evidence import AccountKind, ForgeAccount, ReviewState
from plainwork.model.evidence import Review as GivenReview

_STATES = {
    "APPROVED": ReviewState.APPROVED,
    "CHANGES_REQUESTED": ReviewState.CHANGES_REQUESTED,
    "DISMISSED": ReviewState.DISMISSED,
    "COMMENTED": ReviewState.COMMENTED,
}
_NOT_SUBMITTED = "PENDING"
_RETARGETED = frozenset({"base_ref_changed", "automatic_base_change_succeeded"})
_HEX = frozenset("0123456789abcdef")
_COMMIT = 40


def compute_reviews(
    reviews: Sequence[Review],
    events: Sequence[TimelineEvent],
    *,
    draft: bool,
    edited: Collection[int],
) -> tuple[tuple[GivenReview, ...], tuple[str, ...]]:
    """Return the reviews, oldest first, and what is wrong with the list.

    Args:
        reviews: As GitHub lists them.
        events: The timeline.
        draft: Whether the pull request is a draft now.
        edited: Ids of reviews whose text may have been changed since, by whomever: what it says
            is not taken for the reviewer's word.
    """
    dismissals = {
        event.dismissed_review.review_id: event
        for event in events
        if event.event == "review_dismissed" and event.dismissed_review is not None
    }
    turns = _read_turns(events)
    listed = {review.id: review for review in reviews}
    told = {event.id for event in events if event.event == "reviewed"}
    gaps = [
        f"review {number} is not in the list of reviews" for number in sorted(told - set(listed))
    ]
    given: list[GivenReview] = []
    for review in listed.values():
        if review.submitted_at is not None:
            then = was_draft(turns, review.submitted_at, now=draft)
            own = review.id not in edited
            given.append(_to_review(review, review.submitted_at, dismissals, draft=then, own=own))
        elif review.state != _NOT_SUBMITTED:
            gaps.append(f"review {review.id} has no time")
    given.sort(key=lambda review: (review.submitted_at, int(review.id)))
    return tuple(given), tuple(gaps)


def _to_review(
    review: Review,
    at: datetime,
    dismissals: Mapping[int, TimelineEvent],
    *,
    draft: bool | None,
    own: bool,
) -> GivenReview:
    """Return a review in plainwork's words; its text only if it is the reviewer's own."""
    dismissal = dismissals.get(review.id)
    return GivenReview(
        id=str(review.id),
        state=_STATES.get(review.state, ReviewState.OTHER),
        submitted_at=at,
        account=to_account(review.user),
        first_line=read_first_line(review.body) if own else "",
        commit=_read_commit(review.commit_id),
        draft=draft,
        dismissed_state=_read_dismissed_state(dismissal),
        dismissed_by=to_account(dismissal.actor) if dismissal else None,
    )


def compute_requesters(pull: Pull, events: Sequence[TimelineEvent]) -> tuple[ForgeAccount, ...]:
    """Return who is assigned, and who has assigned it: that is how a program is asked for one."""
    assigning = [event.actor for event in events if event.event == "assigned"]
    found = (to_account(user) for user in (*(pull.assignees or ()), *assigning))
    return tuple(dict.fromkeys(user for user in found if user and user.kind is AccountKind.USER))


def find_retargeting(events: Sequence[TimelineEvent]) -> datetime | None:
    """Return when it was last led to another branch, by whomever; None: it never was."""
    times = (event.created_at for event in events if event.event in _RETARGETED)
    return max((time for time in times if time is not None), default=None)


def count_force_pushes(events: Sequence[TimelineEvent]) -> int:
    """Return how many force-pushes a timeline shows."""
    return sum(event.event == "head_ref_force_pushed" for event in events)


def _read_turns(events: Sequence[TimelineEvent]) -> list[tuple[datetime, bool]]:
    """Return when it became a draft, or ready, oldest first."""
    turns = [
        (event.created_at, event.event == "convert_to_draft")
        for event in events
        if event.event in {"convert_to_draft", "ready_for_review"} and event.created_at
    ]
    return sorted(turns, key=lambda turn: turn[0])


def _read_dismissed_state(event: TimelineEvent | None) -> ReviewState | None:
    if event is None or event.dismissed_review is None:
        return None
    return _STATES.get(event.dismissed_review.state.upper(), ReviewState.OTHER)


def _read_commit(commit: str | None) -> str:
    """Return the commit, if it is one; GitHub drops those that are gone."""
    return commit if commit and len(commit) == _COMMIT and set(commit) <= _HEX else ""
