"""Reviews and heads of a pull request on Gitea or Forgejo, from its reviews and its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from plainwork.forge.drafts import was_draft
from plainwork.forge.first_line import read_first_line
from plainwork.forge.gitea_answers import (
    Pull,
    PushedCommits,
    Review,
    TimelineEvent,
    to_account,
)
from plainwork.model.evidence import ForgeAccount, ReviewState, SeenHead
from plainwork.model.evidence import Review as GivenReview

_STATES = {
    "APPROVED": ReviewState.APPROVED,
    "REQUEST_CHANGES": ReviewState.CHANGES_REQUESTED,
    "COMMENT": ReviewState.COMMENTED,
}
_NO_STATEMENT = frozenset({"PENDING", "REQUEST_REVIEW"})
_DRAFT_PREFIXES = ("wip:", "[wip]")
"""As Gitea and Forgejo have them, unless they are told otherwise."""
_COMMIT = 40


def compute_reviews(
    reviews: Sequence[Review], events: Sequence[TimelineEvent], *, draft: bool
) -> tuple[GivenReview, ...]:
    """Return the reviews, oldest first.

    Whether the forge calls one stale is not looked at: that comes later than the push, or never.

    Args:
        reviews: As the forge lists them.
        events: The timeline.
        draft: Whether the pull request is a draft now.
    """
    dismissals = {event.review_id: event for event in events if event.type == "dismiss_review"}
    turns = _find_turns(events)
    given = {review.id: review for review in reviews if review.state not in _NO_STATEMENT}
    ordered = sorted(given.values(), key=lambda review: (review.submitted_at, review.id))
    return tuple(
        _to_review(
            review,
            dismissals.get(review.id),
            draft=was_draft(turns, review.submitted_at, now=draft),
        )
        for review in ordered
    )


def compute_heads(pull: Pull, events: Sequence[TimelineEvent]) -> tuple[SeenHead, ...]:
    """Return the heads, oldest first, as far back as the timeline can be believed.

    A force-push takes the pushes before it out of the timeline, so it is where the heads begin;
    else they begin with the first push after the opening, or with the opening if there was none.

    Raises:
        msgspec.MsgspecError: If a push in the timeline cannot be read.
    """
    heads: list[SeenHead] = []
    pushes = _sorted(events, "pull_push")
    for event in pushes:
        pushed = msgspec.json.decode(event.body, type=PushedCommits)
        if pushed.is_force_push:
            heads.clear()
        if pushed.commit_ids:
            heads.append(SeenHead(pushed.commit_ids[-1], event.created_at, to_account(event.user)))
    if not pushes:
        heads.append(SeenHead(pull.head.sha, pull.created_at, to_account(pull.user)))
    return tuple(heads)


def find_doubt(pull: Pull, heads: Sequence[SeenHead]) -> str:
    """Return why heads may be missing, or ``""``."""
    if not heads or heads[-1].commit != pull.head.sha:
        return "the latest push that is known is not its head"
    return ""


def find_retargeting(events: Sequence[TimelineEvent]) -> datetime | None:
    """Return when it was last led to another branch; None: it never was."""
    moves = _sorted(events, "change_target_branch")
    return moves[-1].created_at if moves else None


def compute_requesters(pull: Pull, events: Sequence[TimelineEvent]) -> tuple[ForgeAccount, ...]:
    """Return who is assigned, and who has assigned it: that is how a program is asked for one."""
    assigning = [event.user for event in events if event.type == "assignees"]
    found = (to_account(user) for user in (*(pull.assignees or ()), *assigning))
    return tuple(dict.fromkeys(account for account in found if account and account.id))


def _to_review(
    review: Review, dismissal: TimelineEvent | None, *, draft: bool | None
) -> GivenReview:
    state = _STATES.get(review.state, ReviewState.OTHER)
    untouched = review.updated_at == review.submitted_at
    return GivenReview(
        id=str(review.id),
        state=ReviewState.DISMISSED if review.dismissed else state,
        submitted_at=review.submitted_at,
        account=to_account(review.user),
        # A text that may have been changed since is not taken for the reviewer's word.
        first_line=read_first_line(review.body) if untouched else "",
        commit=review.commit_id if len(review.commit_id) == _COMMIT else "",
        draft=draft,
        dismissed_state=state if review.dismissed else None,
        dismissed_by=to_account(dismissal.user) if dismissal else None,
    )


def _find_turns(events: Sequence[TimelineEvent]) -> list[tuple[datetime, bool]]:
    """Return when the title made it a draft, or ready, oldest first."""
    turns = []
    for event in _sorted(events, "change_title"):
        before, after = (_is_draft(title) for title in (event.old_title, event.new_title))
        if before != after:
            turns.append((event.created_at, after))
    return turns


def _is_draft(title: str) -> bool:
    return title.lower().startswith(_DRAFT_PREFIXES)


def _sorted(events: Sequence[TimelineEvent], kind: str) -> list[TimelineEvent]:
    found = [event for event in events if event.type == kind]
    return sorted(found, key=lambda event: event.created_at)
