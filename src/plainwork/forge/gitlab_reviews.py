"""Reviews of a merge request, from what GitLab notes and from who approves at this moment.

GitLab keeps no list of reviews. Its own notes say who approved, withdrew and asked for changes, and
when; the approvals say which of them stand, for GitLab takes them back on its own, too. An approval
has no text, so a consent by digest is the first line of an unedited comment of the same account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from plainwork.forge.drafts import was_draft
from plainwork.forge.first_line import read_first_line, says_consent
from plainwork.forge.gitlab_answers import Approval, Note, User, Version, to_account
from plainwork.model.evidence import ForgeAccount, Review, ReviewState, SeenHead

_APPROVED = "approved this merge request"
_STATES = {
    _APPROVED: ReviewState.APPROVED,
    "unapproved this merge request": ReviewState.DISMISSED,
    "requested changes": ReviewState.CHANGES_REQUESTED,
}
_DRAFT = "marked this merge request as **draft**"
_READY = "marked this merge request as **ready**"
_PUSHED = re.compile(r"added [0-9]+ commits?\b")
_RETARGETED = re.compile(
    r"changed target branch from |deleted the `.*` branch\. This merge request now targets "
)
_ASSIGNED = re.compile(r"assigned to ")


def compute_reviews(
    notes: Sequence[Note], approvals: Sequence[Approval], *, draft: bool
) -> tuple[tuple[Review, ...], tuple[str, ...]]:
    """Return the reviews, oldest first, and what is wrong with what they are made from.

    Args:
        notes: All notes, oldest first.
        approvals: Those that stand.
        draft: Whether the merge request is a draft now.
    """
    statements = [note for note in notes if note.system and note.body in _STATES]
    last = {note.author.id: note.id for note in statements if note.author}
    standing = {approval.user.id: approval.user.username for approval in approvals}
    consents = _find_consents(notes)
    turns = [
        (note.created_at, note.body.startswith(_DRAFT))
        for note in notes
        if note.system and note.body.startswith((_DRAFT, _READY))
    ]
    reviews = []
    for note in statements:
        review = _to_review(note, consents)
        if note.author and last[note.author.id] == note.id and note.author.id not in standing:
            review = _take_back(review)
        then = was_draft(turns, note.created_at, now=draft)
        reviews.append(msgspec.structs.replace(review, draft=then))
    dated = {note.author.id for note in statements if note.author and note.body == _APPROVED}
    gaps = [
        f"when {login} approved is not noted"
        for number, login in standing.items()
        if number not in dated
    ]
    return tuple(reviews), tuple(gaps)


def compute_heads(versions: Sequence[Version], notes: Sequence[Note]) -> tuple[SeenHead, ...]:
    """Return the heads, oldest first, each with who pushed it, where a note says so.

    A version is made for a push; the note about it follows within moments.

    Args:
        versions: Newest first, as GitLab lists them.
        notes: All notes, oldest first.
    """
    pushes = [note for note in notes if note.system and _PUSHED.match(note.body)]
    heads: list[SeenHead] = []
    for version in reversed(versions):
        if heads and heads[-1].commit == version.head_commit_sha:
            continue  # only the target moved
        after = [note for note in pushes if note.created_at >= version.created_at]
        pusher = to_account(after[0].author) if after and heads else None
        heads.append(SeenHead(version.head_commit_sha, version.created_at, pusher))
    return tuple(heads)


def find_retargeting(notes: Sequence[Note]) -> datetime | None:
    """Return when it was last led to another branch; None: it never was."""
    moves = (note for note in notes if note.system and _RETARGETED.match(note.body))
    return max((note.created_at for note in moves), default=None)


def compute_requesters(
    author: ForgeAccount | None, assignees: Sequence[User], notes: Sequence[Note]
) -> tuple[ForgeAccount, ...]:
    """Return who is assigned, and who has assigned it: that is how a program is asked for one."""
    assigning = [note.author for note in notes if note.system and _ASSIGNED.match(note.body)]
    found = (to_account(user) for user in (*assignees, *assigning))
    return tuple(dict.fromkeys(account for account in found if account and account != author))


def _find_consents(notes: Sequence[Note]) -> Mapping[int, str]:
    """Return the latest consent by digest of each account.

    Maintainers can edit comments of others: an edited one is nobody's word.
    """
    return {
        note.author.id: read_first_line(note.body)
        for note in notes
        if note.author
        and not note.system
        and note.updated_at == note.created_at
        and says_consent(note.body)
    }


def _to_review(note: Note, consents: Mapping[int, str]) -> Review:
    state = _STATES[note.body]
    withdrawn = state is ReviewState.DISMISSED
    approved = state is ReviewState.APPROVED
    account = to_account(note.author)
    return Review(
        id=str(note.id),
        state=state,
        submitted_at=note.created_at,
        account=account,
        first_line=consents.get(note.author.id, "") if note.author and approved else "",
        dismissed_state=ReviewState.APPROVED if withdrawn else None,
        dismissed_by=account if withdrawn else None,
    )


def _take_back(review: Review) -> Review:
    """Return an approval that no longer stands, though nobody is noted to have withdrawn it."""
    if review.state is not ReviewState.APPROVED:
        return review
    return msgspec.structs.replace(
        review, state=ReviewState.DISMISSED, dismissed_state=ReviewState.APPROVED
    )
