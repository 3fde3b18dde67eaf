"""Who had a hand in what was merged, as far as a kept proof or commits tell.

All of it only excludes. So a proof that is forged grants nothing, and one that is lost leaves what
the commits say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.approvals.identities import Identities
from plainwork.approvals.proof import Proof
from plainwork.approvals.soundness import WITHOUT_FORGE
from plainwork.model.evidence import AccountKind, Evidence, ForgeAccount
from plainwork.model.party import Agent, Person

_APPROVER = "approver"


def find_involved_by(proof: Proof, identities: Identities) -> frozenset[str]:
    """Return the ids, in lower case, of all whom a proof tells to have had a hand in a change.

    Args:
        proof: What was kept of it.
        identities: Those of the forge that the proof's evidence is of.
    """
    evidence = proof.evidence
    accounts = (*_movers(evidence), *evidence.requesters)
    behind = [party for each in accounts for party in identities.behind_account(each)]
    keys = (evidence.author_key, *evidence.signers)
    behind += [party for key in keys for party in identities.behind_key(key)]
    emails = (each.email for each in proof.contributors if each.role != _APPROVER)
    return _people(behind) | find_involved_of(emails, identities)


def find_involved_of(emails: Iterable[str], identities: Identities) -> frozenset[str]:
    """Return the ids, in lower case, of all whom addresses of commits may mean."""
    return _people(
        party
        for email in emails
        for party in (*identities.behind_email(email), *identities.hinted_by(email))
    )


def hides_somebody(proof: Proof, identities: Identities) -> bool:
    """Return whether somebody who opened or pushed a change is nobody here: it may be anyone.

    A program is nobody's second account: for it stands who asked it.
    """
    evidence = proof.evidence
    if evidence.author is None and evidence.forge not in WITHOUT_FORGE:
        return True
    return any(
        each.kind is not AccountKind.BOT and not identities.behind_account(each)
        for each in _movers(evidence)
    )


def _movers(evidence: Evidence) -> Iterator[ForgeAccount]:
    """Yield who opened a change, and who pushed to it."""
    if evidence.author is not None:
        yield evidence.author
    yield from (head.pusher for head in evidence.heads if head.pusher is not None)


def _people(parties: Iterable[Person | Agent]) -> frozenset[str]:
    return frozenset(party.id.lower() for party in parties if isinstance(party, Person))
