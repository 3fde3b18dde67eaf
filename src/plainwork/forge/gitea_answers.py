"""What the REST API of Gitea and Forgejo answers: only the keys in use, each of its one type."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from plainwork.model.evidence import AccountKind, ForgeAccount

Commit = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{40}\Z")]
Time = Annotated[datetime, msgspec.Meta(tz=True)]

_GHOST = -1
"""The number of whatever a deleted account did."""


class User(msgspec.Struct, frozen=True):
    """An account; those with numbers below 1 are the forge's own."""

    id: int
    login: str


class Repository(msgspec.Struct, frozen=True):
    """A repository: ``acme/operations``."""

    full_name: str


class Side(msgspec.Struct, frozen=True):
    """Head or base of a pull request."""

    ref: str
    sha: Commit
    repo: Repository | None = None


class Pull(msgspec.Struct, frozen=True):
    """A pull request; in lists, too."""

    number: int
    title: str
    html_url: str
    head: Side
    base: Side
    created_at: Time
    user: User | None = None
    draft: bool = False
    changed_files: int | None = None
    assignees: tuple[User, ...] | None = ()
    merged: bool = False
    merged_at: Time | None = None
    merge_commit_sha: str | None = None


class Review(msgspec.Struct, frozen=True):
    """A review; one of a team, and a request for one, has no account of its own."""

    id: int
    state: str
    submitted_at: Time
    user: User | None = None
    body: str = ""
    commit_id: str = ""
    official: bool = False
    dismissed: bool = False
    updated_at: Time | None = None


class TimelineEvent(msgspec.Struct, frozen=True):
    """An entry of a pull request's timeline; what it holds depends on ``type``."""

    type: str
    created_at: Time
    user: User | None = None
    body: str = ""
    review_id: int = 0
    old_title: str = ""
    new_title: str = ""
    assignee: User | None = None


class PushedCommits(msgspec.Struct, frozen=True):
    """The body of a push in the timeline.

    Attributes:
        commit_ids: Oldest first; of a force-push the head before and the one after.
    """

    commit_ids: tuple[Commit, ...] | None = ()
    is_force_push: bool = False


class BranchTip(msgspec.Struct, frozen=True):
    """The commit that a branch points to."""

    id: Commit


class Branch(msgspec.Struct, frozen=True):
    """A branch."""

    commit: BranchTip
    protected: bool = False
    enable_status_check: bool = False
    status_check_contexts: tuple[str, ...] | None = ()


class Permission(msgspec.Struct, frozen=True):
    """What an account may do: ``owner``, ``admin``, ``write``, ``read`` or ``none``."""

    permission: str


def to_account(user: User | None) -> ForgeAccount | None:
    """Return an account in plainwork's words; of a deleted one there is nothing."""
    if user is None or user.id == _GHOST:
        return None
    if user.id < 1:  # such as the forge's own actions
        return ForgeAccount("", user.login, AccountKind.BOT)
    return ForgeAccount(str(user.id), user.login)
