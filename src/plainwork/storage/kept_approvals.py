"""Who approved what, and when, as the decisions tell that are kept with merged pull requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork.flow.approval_latency import GivenApproval
from plainwork.model.history import History
from plainwork.storage.notes import load_notes

if TYPE_CHECKING:
    from plainwork.approvals.proof import Proof


def load_given_approvals(root: Path, history: History) -> tuple[GivenApproval, ...]:
    """Return the approvals of which kept decisions say since when they were asked for.

    They are taken as they were kept; `plainwork audit` is what decides them again.

    Raises:
        RepositoryError: If notes cannot be read.
    """
    notes = load_notes(root, [commit.id for commit in history.commits])
    if not notes:
        return ()
    from plainwork.approvals.proof import parse_proof  # which brings all that decides

    found: dict[GivenApproval, None] = {}
    for commit, lines in notes.items():
        for line in lines:
            proof = parse_proof(line)
            if not isinstance(proof, str) and proof.commit == commit:
                found |= dict.fromkeys(_read(proof))
    return tuple(found)


def _read(proof: Proof) -> Iterator[GivenApproval]:
    """Yield the approvals of a proof; where nobody saw the change appear, there are none."""
    asked = min((head.at for head in proof.evidence.heads), default=None)
    if asked is None:
        return
    for decision in proof.decisions:
        for document in decision.documents:
            for need in document.requirements if document.kind == "work" else ():
                for given in need.given:
                    if given.at is not None and given.review:
                        yield GivenApproval(
                            approver=given.by or given.person,
                            work=document.id,
                            asked=int(asked.timestamp()),
                            given=int(given.at.timestamp()),
                            commit=proof.commit,
                        )
