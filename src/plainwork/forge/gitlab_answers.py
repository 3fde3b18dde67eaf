"""What GitLab's REST API answers: only the keys that are in use, each of its one type."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from plainwork.model.evidence import AccountKind, ForgeAccount

Commit = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{40}\Z")]
Time = Annotated[datetime, msgspec.Meta(tz=True)]

_GHOST = "ghost"
"""Whom GitLab gives the contributions of deleted accounts; nobody else can bear the name."""


class User(msgspec.Struct, frozen=True):
    """An account; only its own page says whether it is a bot."""

    id: int
    username: str
    bot: bool = False


class MergeRequest(msgspec.Struct, frozen=True):
    """A merge request; ``changes_count`` is text, for it can be ``1000+``."""

    iid: int
    title: str
    web_url: str
    sha: Commit
    target_branch: str
    target_project_id: int
    created_at: Time
    author: User | None = None
    draft: bool = False
    assignees: tuple[User, ...] = ()
    changes_count: str | None = None
    state: str = "opened"
    merged_at: Time | None = None
    merge_commit_sha: str | None = None
    squash_commit_sha: str | None = None


class Version(msgspec.Struct, frozen=True):
    """A state of the diff: one for each push."""

    id: int
    head_commit_sha: Commit
    created_at: Time


class Note(msgspec.Struct, frozen=True):
    """A comment, or what GitLab itself notes, which nobody else can write: ``system``."""

    id: int
    body: str
    system: bool
    created_at: Time
    updated_at: Time
    author: User | None = None


class Approval(msgspec.Struct, frozen=True):
    """Somebody who approves at this moment; older versions do not say since when."""

    user: User
    approved_at: Time | None = None


class Approvals(msgspec.Struct, frozen=True):
    """Who approves at this moment."""

    approved_by: tuple[Approval, ...] = ()


class BranchTip(msgspec.Struct, frozen=True):
    """The commit that a branch points to."""

    id: Commit


class Branch(msgspec.Struct, frozen=True):
    """A branch."""

    commit: BranchTip
    protected: bool = False


class Member(msgspec.Struct, frozen=True):
    """What an account may do with a project: 30 and more may write."""

    access_level: int


class Project(msgspec.Struct, frozen=True):
    """A project."""

    id: int
    path_with_namespace: str
    only_allow_merge_if_pipeline_succeeds: bool = False
    merge_method: str = "merge"
    merge_trains_enabled: bool = False


def to_account(user: User | None) -> ForgeAccount | None:
    """Return an account in plainwork's words; of a deleted one there is nothing."""
    if user is None or user.username == _GHOST:
        return None
    kind = AccountKind.BOT if user.bot else AccountKind.USER
    return ForgeAccount(str(user.id), user.username, kind)
