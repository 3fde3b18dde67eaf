"""A branch without a pull request: what it will need, or what signatures in it say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from plainwork.model.change import Change
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence
from plainwork.serving.claimed_author import CLAIMED, know_author
from plainwork.serving.deciding import Judged, judge_changes, load_changes
from plainwork.storage.scratch import open_scratch
from plainwork.storage.signed_evidence import load_signed_evidence
from plainwork.storage.source_repository import resolve_revision

_SIGNED = "signed"


class Proposal(msgspec.Struct, frozen=True):
    """A change that is no pull request yet.

    Attributes:
        ref: The branch that it would be merged into: ``refs/heads/main``.
        base: A revision: its tip.
        head: A revision: what would be merged.
        email: Of whoever would open the pull request.
    """

    ref: str
    base: str
    head: str
    email: str


def decide_branch(
    source: Path, proposal: Proposal, *, read_at: datetime, now: datetime | None
) -> Judged:
    """Decide a change that no forge knows of.

    Where approvals are signatures they are read from its commits. Else nobody has approved it
    yet, and whoever asks is its author.

    Args:
        source: A folder of the repository.
        proposal: What would be merged into what.
        read_at: The time.
        now: The time at which it shall hold, if that is given by hand.

    Raises:
        UsageError: If a revision names no commit, or several.
        RepositoryError: If the commits cannot be read.
    """
    base = resolve_revision(source, proposal.base)
    head = resolve_revision(source, proposal.head)
    evidence = Evidence(
        schema=EVIDENCE_SCHEMA,
        forge="file",
        repository="",
        ref=proposal.ref,
        base=base,
        head=head,
        read_at=read_at,
        complete=True,
        author=CLAIMED,
        heads_known=True,
    )
    with open_scratch(source) as scratch:
        loaded = load_changes(scratch, evidence, now or read_at)
        changes = tuple(know_author(change, proposal.email) for change in loaded)
        if _is_signed(loaded):
            signed = load_signed_evidence(scratch, loaded, now=read_at)
            return judge_changes(scratch, source, signed, loaded, now=now)
        evidence = msgspec.structs.replace(evidence, repository=_repository(changes))
        return judge_changes(scratch, source, evidence, changes, now=now)


def _repository(changes: Iterable[Change]) -> str:
    return next((change.before.settings.forge_repository for change in changes), "")


def _is_signed(changes: Sequence[Change]) -> bool:
    """Return whether approvals are signatures here: then they stand in the commits themselves."""
    kinds = {change.before.settings.forge_kind for change in changes}
    return kinds == {_SIGNED}
