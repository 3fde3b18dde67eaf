"""Who made earlier steps of work: the people whom ``did.<transition>`` means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from plainwork.approvals.identities import Identities
from plainwork.approvals.involved import find_involved_by, find_involved_of, hides_somebody
from plainwork.approvals.proof import Proof
from plainwork.approvals.soundness import WITHOUT_FORGE
from plainwork.flow.steps import find_steps
from plainwork.model.history import Commit
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.model.step_makers import StepMakers
from plainwork.storage.branch_past import BranchPast

_ADDRESS = re.compile(r"<([^<>]*)>")

Makers = Mapping[tuple[str, str], StepMakers]
"""Work (id in lower case) and transition to the people who made it."""


def load_makers(
    past: BranchPast, workspace: str, snapshot: Snapshot, base: str, works: Collection[str]
) -> Makers:
    """Return who made each transition that some works have made.

    They are the authors, committers and co-authors of the commit that made it official and, if
    that is a merge, of the merged commits that touched the document. All who ever made the
    transition count.

    Commits can be written in anybody's name. So whoever else a merge brought commits of, and all
    whom the kept proof of the change tells (who opened it, asked a program for it, pushed to it or
    wrote a commit of it), are involved in the step: that excludes, and never grants.

    Args:
        past: Of a branch that the base is of, or of any other.
        workspace: The folder of the workspace in it, or ``""``.
        snapshot: The workspace at the base: its workflows name transitions, its parties people.
        base: The last commit that counts.
        works: Ids of work.

    Returns:
        Nothing for a step of which some author, or whoever opened or pushed it, is nobody here:
        who made it is not known then.

    Raises:
        RepositoryError: If the history cannot be read, or is cut off.
    """
    past = past.ends(base)
    history = past.load_history(workspace, base)
    steps = list(find_steps(history, snapshot.workflows, {id_.lower() for id_ in works}))
    proofs = past.load_proofs(base, {history.commits[step.commit].id for step in steps})
    identities = _identities(snapshot, snapshot.settings.forge_kind)
    found: dict[tuple[str, str], StepMakers | None] = {}
    for step in steps:
        key = (step.work, step.transition)
        known = found.get(key, StepMakers())
        official = history.commits[step.commit]
        merge = len(official.parents) > 1
        merged = past.load_merged(workspace, official.id, step.paths) if merge else []
        people = _people_of(official, merged, identities)
        told = proofs.get(official.id, ())
        if known is None or people is None or _hides_somebody(told, snapshot):
            found[key] = None
            continue
        brought = past.load_brought_in(official.id) if merge else [official]
        involved = _brought_in_by(brought, identities) | _told_by(told, snapshot)
        found[key] = StepMakers(
            tuple(dict.fromkeys((*known.people, *people))), known.involved | involved
        )
    return {key: made for key, made in found.items() if made is not None}


def _people_of(
    official: Commit, merged: Sequence[Commit], identities: Identities
) -> tuple[str, ...] | None:
    """Return who made a step, or None if one of its authors is nobody here.

    Args:
        official: The commit that made it official.
        merged: If that is a merge, what it merged that touched the document.
        identities: Who is behind an address.
    """
    # Who presses the button may be a program; what counts is who wrote what was merged.
    authors = [email for commit in merged or [official] for email in _authors(commit)]
    if not all(map(identities.behind_email, authors)):
        return None
    others = [official.author_email, *(each.committer_email for each in (official, *merged))]
    parties = (party for email in (*authors, *others) for party in identities.behind_email(email))
    return tuple(dict.fromkeys(party.id for party in parties if isinstance(party, Person)))


def _brought_in_by(commits: Iterable[Commit], identities: Identities) -> frozenset[str]:
    """Return everybody who wrote or committed anything that came in with a step."""
    emails = (email for commit in commits for email in (*_authors(commit), commit.committer_email))
    return find_involved_of(emails, identities)


def _told_by(proofs: Collection[Proof], snapshot: Snapshot) -> frozenset[str]:
    """Return everybody whom kept proofs tell to have had a hand in a step."""
    told = (find_involved_by(proof, _identities_of(proof, snapshot)) for proof in proofs)
    return frozenset[str]().union(*told)


def _hides_somebody(proofs: Collection[Proof], snapshot: Snapshot) -> bool:
    return any(hides_somebody(proof, _identities_of(proof, snapshot)) for proof in proofs)


def _identities_of(proof: Proof, snapshot: Snapshot) -> Identities:
    """Return what the accounts of a proof's evidence mean: the workspace may have moved since."""
    forge = proof.evidence.forge
    return _identities(snapshot, snapshot.settings.forge_kind if forge in WITHOUT_FORGE else forge)


def _identities(snapshot: Snapshot, forge: str) -> Identities:
    return Identities(snapshot.parties.values(), forge)


def _authors(commit: Commit) -> Iterator[str]:
    yield commit.author_email
    for text in commit.co_authors:
        match = _ADDRESS.search(text)
        yield match[1].strip() if match else ""
