"""What plainwork asks of a forge, in words that no forge owns."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from plainwork.model.evidence import Evidence, ForgeAccount

CHECK_NAME = "plainwork"
"""The name of the check, which branch protection requires."""


class OpenPull(msgspec.Struct, frozen=True):
    """A pull request that waits to be merged; GitLab calls it a merge request.

    Attributes:
        head: The commit that would be merged, 40 hexadecimal digits.
        ref: The branch that it would be merged into: ``refs/heads/main``.
    """

    number: str
    title: str
    author: ForgeAccount | None
    head: str
    ref: str
    draft: bool
    url: str


class CheckState(StrEnum):
    """What a check says; only success lets a change through."""

    PENDING = "pending"
    SUCCESS = "success"
    FAILURE = "failure"
    ERROR = "error"


class Annotation(msgspec.Struct, frozen=True):
    """A remark at a line of a file of the head.

    Attributes:
        level: ``notice``, ``warning`` or ``failure``.
    """

    path: str
    line: int
    message: str
    level: str = "failure"


class Report(msgspec.Struct, frozen=True):
    """What is told to a forge about a change.

    Attributes:
        evidence: What it was decided on; success is told only if that still holds.
        title: One line.
        summary: Markdown, escaped and cut to what forges take.
        until: When success expires; it is told beside the title.
        url: Where there is more, if anywhere.
    """

    evidence: Evidence
    state: CheckState
    title: str
    summary: str = ""
    annotations: tuple[Annotation, ...] = ()
    until: datetime | None = None
    url: str = ""

    @property
    def headline(self) -> str:
        """The title, with the time until which it holds."""
        if self.until is None:
            return self.title
        return f"{self.title} (holds until {self.until:%Y-%m-%d %H:%M} UTC)"


class Publication(msgspec.Struct, frozen=True):
    """What was told to the forge in the end.

    Attributes:
        state: As published: a success that no longer held is a failure.
        moved: What changed while it was decided, one line each.
        url: Where it stands, if the forge says so.
    """

    state: CheckState
    moved: tuple[str, ...] = ()
    url: str = ""


class RequiredCheck(msgspec.Struct, frozen=True):
    """A check that must be green before a merge.

    Attributes:
        source: The app that must report it; ``""``: anybody may.
    """

    name: str
    source: str = ""


class Protection(msgspec.Struct, frozen=True):
    """How a branch is protected; of everything, None means that it could not be read.

    Attributes:
        ref: ``refs/heads/main``.
        protected: Whether it is protected at all.
        checks: The required checks.
        up_to_date: Whether a change must contain the branch's tip, or goes through a queue.
        dismisses_stale: Whether the forge itself dismisses approvals when there is a push.
        bypass: Who may go past all this, in the forge's words.
        admins_enforced: Whether it holds for administrators, too.
        merge_queue: Whether changes go through a queue.
        force_pushes: Whether somebody may rewrite the branch.
        deletable: Whether somebody may delete it.
        linear: Whether merge commits are refused.
        pushers: Who may push without a pull request, in the forge's words.
        unread: What could not be read, and why: one line each.
    """

    ref: str
    protected: bool | None = None
    checks: tuple[RequiredCheck, ...] | None = None
    up_to_date: bool | None = None
    dismisses_stale: bool | None = None
    bypass: tuple[str, ...] | None = None
    admins_enforced: bool | None = None
    merge_queue: bool | None = None
    force_pushes: bool | None = None
    deletable: bool | None = None
    linear: bool | None = None
    pushers: tuple[str, ...] | None = None
    unread: tuple[str, ...] = ()


class Forge(Protocol):
    """A place that hosts pull requests.

    Its methods raise :class:`~plainwork.errors.ForgeUnavailableError` if it is not reached,
    refuses, or answers what cannot be understood. None of them reviews or merges anything.
    """

    @property
    def kind(self) -> str:
        """``github``, ``gitlab``, ``gitea`` or ``forgejo``."""

    def fetch_evidence(self, pull: str) -> Evidence:
        """Fetch everything that is known about one pull request."""

    def fetch_group(self, ref: str, head: str) -> Evidence:
        """Fetch what is known about a group of a merge queue, its members included.

        Args:
            ref: The branch that it would be merged into: ``refs/heads/main``.
            head: The group's last commit.
        """

    def fetch_open(self) -> tuple[OpenPull, ...]:
        """Fetch all open pull requests; a list that is not whole is an error."""

    def fetch_merged(self, commit: str) -> tuple[str, ...]:
        """Fetch the numbers of the pull requests that a commit of a branch merged."""

    def fetch_protection(self, ref: str) -> Protection:
        """Fetch how a branch is protected."""

    def publish(self, report: Report) -> Publication:
        """Tell the forge about a change; a success only if nothing has moved since."""


def refresh(forge: Forge, evidence: Evidence) -> Evidence:
    """Fetch the same evidence again."""
    if evidence.members:
        return forge.fetch_group(evidence.ref, evidence.head)
    return forge.fetch_evidence(evidence.pull)


def confirm(forge: Forge, report: Report) -> tuple[Report, tuple[str, ...]]:
    """Return a report that holds now, and what has moved since it was decided.

    Success is all that can do harm, so only that is read again.
    """
    if report.state is not CheckState.SUCCESS:
        return report, ()
    moved = compute_movement(report.evidence, refresh(forge, report.evidence))
    if not moved:
        return report, ()
    failed = msgspec.structs.replace(
        report,
        state=CheckState.FAILURE,
        title="The pull request changed while it was decided; run it again",
        summary="".join(f"- {line}\n" for line in moved),
        annotations=(),
        until=None,
    )
    return failed, moved


_PARTS = {
    "head": "the head moved",
    "base": "the base moved",
    "ref": "it would be merged into another branch",
    "draft": "it became a draft, or is one no longer",
    "reviews": "there is another review, or one was changed",
    "siblings": "other pull requests have the same head",
    "members": "the group has other members, or they changed",
}


def compute_movement(before: Evidence, after: Evidence) -> tuple[str, ...]:
    """Return what differs between two readings, one line each; the time of reading may."""
    old, new = _without_time(before), _without_time(after)
    return tuple(
        _PARTS.get(name, f"its {name} changed")
        for name in old.__struct_fields__
        if getattr(old, name) != getattr(new, name)
    )


def _without_time(evidence: Evidence) -> Evidence:
    return msgspec.structs.replace(
        evidence,
        read_at=datetime.fromtimestamp(0, UTC),
        members=tuple(_without_time(member) for member in evidence.members),
    )
