"""Who made earlier steps of work: the people whom ``did.<transition>`` means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from plainwork.approvals.identities import Identities
from plainwork.flow.steps import Step, find_steps
from plainwork.model.history import Commit, History
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.storage.event_history import load_event_history_of
from plainwork.storage.repository import Repository

_ADDRESS = re.compile(r"<([^<>]*)>")

Makers = Mapping[tuple[str, str], tuple[str, ...]]
"""Work (id in lower case) and transition to the ids of the people who made it."""


def load_makers(
    source: Path, workspace: str, snapshot: Snapshot, base: str, works: Collection[str]
) -> Makers:
    """Return who made each transition that some works have made.

    They are the authors, committers and co-authors of the commit that made it official and, if
    that is a merge, of the merged commits that touched the document. All who ever made the
    transition count.

    Args:
        source: A folder of the repository: of its working tree, or a bare one.
        workspace: The folder of the workspace in it, or ``""``.
        snapshot: The workspace at the base: its workflows name transitions, its parties people.
        base: The last commit that counts.
        works: Ids of work.

    Returns:
        Nothing for a step of which some author is nobody here: who made it is not known then.

    Raises:
        RepositoryError: If the history cannot be read, or is cut off.
    """
    history = load_event_history_of(source, workspace, base)
    with Repository.open_at(source, workspace) as repository:
        identities = Identities(snapshot.parties.values(), snapshot.settings.forge_kind)
        found: dict[tuple[str, str], tuple[str, ...] | None] = {}
        for step in find_steps(history, snapshot.workflows, {id_.lower() for id_ in works}):
            key = (step.work, step.transition)
            known = found.get(key, ())
            people = _people_of(step, history, repository, identities)
            found[key] = None if known is None or people is None else (*known, *people)
    return {key: tuple(dict.fromkeys(ids)) for key, ids in found.items() if ids is not None}


def _people_of(
    step: Step, history: History, repository: Repository, identities: Identities
) -> tuple[str, ...] | None:
    """Return who made a step, or None if one of its authors is nobody here."""
    official = history.commits[step.commit]
    merged: list[Commit] = []
    if len(official.parents) > 1:
        merged = list(repository.merged_commits(official.id, step.paths))
    # Who presses the button may be a program; what counts is who wrote what was merged.
    authors = [email for commit in merged or [official] for email in _authors(commit)]
    if not all(map(identities.behind_email, authors)):
        return None
    others = [official.author_email, *(each.committer_email for each in (official, *merged))]
    parties = (party for email in (*authors, *others) for party in identities.behind_email(email))
    return tuple(dict.fromkeys(party.id for party in parties if isinstance(party, Person)))


def _authors(commit: Commit) -> Iterator[str]:
    yield commit.author_email
    for text in commit.co_authors:
        match = _ADDRESS.search(text)
        yield match[1].strip() if match else ""
