"""Evidence: what a forge, or a signature, says about a change; the input of every decision.

It is written by adapters only and read strictly: an unknown key, a wrong type or another version
is refused. So any decision can be made again, offline, from base, head and this document.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

EVIDENCE_SCHEMA = "plainwork/evidence/1"

# Without what follows `$`, it would let a line's end through.
Commit = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{40}$(?!\n)")]
"""The full name of a commit, in small letters."""
MaybeCommit = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{40})?$(?!\n)")]
Branch = Annotated[str, msgspec.Meta(pattern=r"^refs/heads/[^\x00-\x20\x7f~^:?*\[\\]+$(?!\n)")]
"""A branch: ``refs/heads/main``."""
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{0,20}$(?!\n)")]
"""A forge's number as text, or ``""``."""
Time = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time with an offset."""
Count = Annotated[int, msgspec.Meta(ge=0)]


class AccountKind(StrEnum):
    """What stands behind an account; only a user can be a person."""

    USER = "user"
    BOT = "bot"
    ORGANIZATION = "organization"
    OTHER = "other"


class ForgeAccount(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An account, as the forge says it.

    Attributes:
        id: The forge's number as text: the identity. ``""``: the forge does not say.
        login: For display only; it can be renamed and taken over.
    """

    id: Number
    login: str = ""
    kind: AccountKind = AccountKind.USER


class ReviewState(StrEnum):
    """What a review says; only the first three are decisive."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes-requested"
    DISMISSED = "dismissed"
    COMMENTED = "commented"
    OTHER = "other"


class Review(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One statement about a change.

    Attributes:
        id: Unique within the evidence.
        account: Who made it; None: the account is deleted, or it is a signature.
        key: The public key that signed it (``ssh-ed25519 AAAA…`` or an OpenPGP fingerprint), if
            it is a signature that was verified; else ``""``.
        submitted_at: The server's time. Of a signature the commit's time, which never grants
            more than the time of reading does.
        first_line: Of its text, without line break, as it stands there.
        commit: The commit that the forge binds it to now; it is never trusted alone.
        draft: Whether the change was a draft at that time; None: not known.
        dismissed_state: What a dismissed review said before.
        dismissed_by: Who dismissed it.
    """

    id: str
    state: ReviewState
    submitted_at: Time
    account: ForgeAccount | None = None
    key: str = ""
    first_line: str = ""
    commit: MaybeCommit = ""
    draft: bool | None = None
    dismissed_state: ReviewState | None = None
    dismissed_by: ForgeAccount | None = None


class SeenHead(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When a commit became the head of the change, and who pushed it, if known.

    One that came back after another stands twice: what a reviewer saw is the last before them.

    Attributes:
        commit: 40 hexadecimal digits.
        at: When the server saw it become the head.
    """

    commit: Commit
    at: Time
    pusher: ForgeAccount | None = None


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Everything that is known about a change beside its commits.

    Attributes:
        forge: ``github``, ``gitlab``, ``gitea``, ``forgejo``, ``signed`` or ``file``.
        repository: The forge's name of it: ``acme/operations``.
        ref: The branch that it would be merged into: ``refs/heads/main``.
        base: The tip of that branch when it was read, 40 hexadecimal digits.
        head: The commit that would be merged, likewise.
        read_at: The server's time of reading: the decision's *now*.
        pull: The pull request's number, or ``""``.
        title: Of the pull request, for display only.
        url: Of the pull request, for display only.
        author: Who opened it; None: nobody knows, or the account is deleted.
        author_key: Without a forge, the public key that signed the last commit which does more
            than approve: its signature covers the change as a whole. ``""``: none did.
        signers: Likewise, the public keys that signed such commits, each once.
        unsigned: Without a forge, such commits that no key of the base has signed; of many the
            first few. Nobody knows who made them.
        requesters: Who is assigned, and who has assigned it. If a program opened it, they asked for
            it and are treated as authors; which accounts are programs', the base says.
        draft: Whether it is a draft now.
        retargeted_at: When it was last led to another branch; None: it never was. What was approved
            before was to be merged elsewhere.
        merged_at: When it was merged, by the server's clock; None: it is not, or nobody says.
        heads: Every head that the server has seen, oldest first.
        heads_known: Whether ``heads`` is all of them; if not, only explicit digests count.
        commits: How many commits the forge counts from base to head; None: it does not say.
        files: How many files the forge counts as changed; None: it does not say.
        reviews: All of them, oldest first.
        writers: Account number to whether it may write; of accounts that were asked for only.
        siblings: Other open changes with the same head, to protected branches.
        members: For a merge queue: the evidence of every change in the group.
        complete: Whether all of it was read; else it approves nothing.
        gaps: What was not read, and why: one line each.
    """

    schema: str
    forge: str
    repository: str
    ref: Branch
    base: Commit
    head: Commit
    read_at: Time
    complete: bool
    pull: Number = ""
    title: str = ""
    url: str = ""
    author: ForgeAccount | None = None
    author_key: str = ""
    signers: tuple[str, ...] = ()
    unsigned: tuple[Commit, ...] = ()
    requesters: tuple[ForgeAccount, ...] = ()
    draft: bool = False
    retargeted_at: Time | None = None
    merged_at: Time | None = None
    heads: tuple[SeenHead, ...] = ()
    heads_known: bool = False
    commits: Count | None = None
    files: Count | None = None
    reviews: tuple[Review, ...] = ()
    writers: dict[Number, bool] = {}
    siblings: tuple[str, ...] = ()
    members: tuple[Evidence, ...] = ()
    gaps: tuple[str, ...] = ()
