"""What a gate is asked: which change, decided from what; and what may not be given by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from plainwork.errors import UsageError

if TYPE_CHECKING:
    from plainwork.forge.detect import Job


class Question(msgspec.Struct, frozen=True):
    """What is to be decided, as it was asked.

    Attributes:
        job: The CI job that this is, or None.
    """

    job: Job | None = None
    base: str = ""
    head: str = ""
    ref: str = ""
    evidence: str = ""
    pull: str = ""
    every: bool = False
    now: str = ""
    publish: bool = False
    save: str = ""

    @property
    def about_pull(self) -> bool:
        """Whether the forge is asked: about one pull request, a group or all that are open."""
        if self.evidence:
            return False
        given = self.base or self.head
        by_job = not given and self.job is not None and bool(self.job.pull or self.job.group)
        return bool(self.pull) or self.every or by_job

    @property
    def moment(self) -> datetime | None:
        """What ``--now`` says, or None.

        Raises:
            UsageError: If it is no time.
        """
        if not self.now:
            return None
        from plainwork.approvals.soundness import is_comparable

        try:
            moment = datetime.fromisoformat(self.now)
        except ValueError:
            moment = datetime.min  # noqa: DTZ901 - no time either
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if not is_comparable(moment):
            message = f"--now {self.now}: write a time as 2026-06-01T10:12:00Z"
            raise UsageError(message)
        return moment.astimezone(UTC)


def refuse_contradictions(asked: Question) -> None:
    """Stop at options that do not go together, and at overrides where a decision binds."""
    _refuse_overrides(asked)
    ways = [asked.evidence, asked.pull, "every" if asked.every else ""]
    if len(list(filter(None, ways))) > 1:
        message = "--evidence, --pull and --all each say what to decide: give one of them"
        raise UsageError(message)
    if asked.save and (asked.every or asked.evidence):
        other = "--all" if asked.every else "--evidence"
        message = f"--save keeps the evidence of one change; it does not go with {other}"
        raise UsageError(message)
    if (asked.base or asked.head or asked.ref) and asked.about_pull:
        message = "of a pull request the forge says base, head and branch; leave the options out"
        raise UsageError(message)
    if asked.pull and not (asked.pull.isascii() and asked.pull.isdecimal()):
        message = f"--pull {asked.pull}: give the number of a pull request"
        raise UsageError(message)


def _refuse_overrides(asked: Question) -> None:
    """Let nothing that was given by hand stand in for what the forge and its clock say."""
    from plainwork.cli.forge_access import runs_in_ci

    if asked.publish and asked.evidence:
        message = "--evidence replays a decision; what is published is read from the forge"
        raise UsageError(message)
    if asked.now and (asked.publish or runs_in_ci()):
        message = "--now is refused where a decision binds: the forge's clock counts"
        raise UsageError(message)
