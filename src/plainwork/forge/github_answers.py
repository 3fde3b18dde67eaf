"""What GitHub's REST API answers: only the keys that are in use, each of its one type."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from plainwork.model.evidence import AccountKind, ForgeAccount

Commit = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{40}\Z")]
Time = Annotated[datetime, msgspec.Meta(tz=True)]

_KINDS = {
    "User": AccountKind.USER,
    "Bot": AccountKind.BOT,
    "Organization": AccountKind.ORGANIZATION,
}


class User(msgspec.Struct, frozen=True):
    """An account; ``type`` is also ``Mannequin`` for what was imported from elsewhere."""

    id: int
    login: str
    type: str


class Repository(msgspec.Struct, frozen=True):
    """A repository: ``acme/operations``."""

    full_name: str


class Side(msgspec.Struct, frozen=True):
    """Head or base of a pull request; a fork that is gone has no repository."""

    ref: str
    sha: Commit
    repo: Repository | None = None


class ListedPull(msgspec.Struct, frozen=True):
    """A pull request in a list."""

    number: int
    title: str
    html_url: str
    head: Side
    base: Side
    user: User | None = None
    draft: bool = False
    state: str = "open"
    merged_at: Time | None = None
    merge_commit_sha: str | None = None


class Pull(msgspec.Struct, frozen=True):
    """One pull request."""

    number: int
    title: str
    html_url: str
    head: Side
    base: Side
    created_at: Time
    commits: int
    changed_files: int
    user: User | None = None
    draft: bool = False
    assignees: tuple[User, ...] | None = ()
    merged_at: Time | None = None


class Review(msgspec.Struct, frozen=True):
    """A review; one that is not yet submitted, ``PENDING``, has no time."""

    id: int
    state: str
    user: User | None = None
    body: str | None = None
    commit_id: str | None = None
    submitted_at: Time | None = None


class Dismissed(msgspec.Struct, frozen=True):
    """What a dismissed review had said, in small letters: ``approved``."""

    review_id: int
    state: str


class TimelineEvent(msgspec.Struct, frozen=True):
    """An event of a pull request's timeline; what it holds depends on ``event``.

    Attributes:
        id: Of the event; where it is a review, of that.
    """

    event: str = ""
    id: int = 0
    created_at: Time | None = None
    actor: User | None = None
    assignee: User | None = None
    dismissed_review: Dismissed | None = None


class Activity(msgspec.Struct, frozen=True):
    """A move of a branch; of a new one ``before``, of a deleted one ``after`` is all zeros."""

    before: str
    after: str
    timestamp: Time
    activity_type: str
    actor: User | None = None


class ListedCommit(msgspec.Struct, frozen=True):
    """A commit in a list."""

    sha: Commit


class GitObject(msgspec.Struct, frozen=True):
    """What a reference points to."""

    sha: Commit


class GitRef(msgspec.Struct, frozen=True):
    """A reference: ``refs/heads/main``."""

    ref: str
    object: GitObject


class Permission(msgspec.Struct, frozen=True):
    """What an account may do with a repository: ``admin``, ``write``, ``read`` or ``none``."""

    permission: str
    user: User | None = None


class Branch(msgspec.Struct, frozen=True):
    """A branch."""

    protected: bool


def to_account(user: User | None) -> ForgeAccount | None:
    """Return an account in plainwork's words; of a deleted one there is nothing."""
    if user is None:
        return None
    return ForgeAccount(str(user.id), user.login, _KINDS.get(user.type, AccountKind.OTHER))
