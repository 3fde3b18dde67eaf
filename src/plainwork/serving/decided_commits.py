"""Decisions of the past for a site: made again once for each commit, and kept between builds."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from plainwork import __version__
from plainwork.analysis.references import WORK_KINDS
from plainwork.approvals.audit import Made
from plainwork.approvals.verdict import combine
from plainwork.errors import RepositoryError
from plainwork.model.decision import DecidedDocument, Verdict
from plainwork.site.decided import MOST_DECIDED, DecidedCommit, DecidedRule, Voice
from plainwork.storage.cache_file import common_cache_folder, write_cache
from plainwork.storage.git_folder import GitFolder, find_git_folder
from plainwork.storage.index import FORMAT_VERSION
from plainwork.storage.notes import NOTES
from plainwork.storage.sealed import DamagedIndexError, seal, unseal

_HEADS = "refs/heads/"
_SIGNED = "signed"


class _Again(msgspec.Struct, frozen=True, array_like=True):
    """A change that was decided again: on which note, what it came in as, and what was found."""

    note: str
    commits: tuple[str, ...]
    found: DecidedCommit


class _Kept(msgspec.Struct, array_like=True):
    """What was decided again, by the last commit of each change."""

    version: str
    changes: dict[str, _Again]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Kept).decode


def find_notes_state(root: Path) -> str:
    """Return what changes whenever a decision is kept, ``""`` if none is."""
    git = find_git_folder(root)
    return git.reference(NOTES) if git else ""


def load_decided_commits(
    root: Path, forge: str, until: str, commits: Sequence[str], steps: Collection[str]
) -> Mapping[str, DecidedCommit]:
    """Decide the latest commits again of which it is kept who approved.

    Args:
        root: The workspace's root.
        forge: Its kind: where signatures approve, no notes are needed.
        until: The full hash of the last commit that counts, or ``""`` for the one checked out.
        commits: Those that changed work that is seen, oldest first.
        steps: Those of them by which work made steps that ask for approvals.

    Returns:
        By the full hash of each commit that came in with a decided change; of a repository that
        cannot tell, nothing.
    """
    git = find_git_folder(root)
    signed = forge == _SIGNED
    if git is None or git.is_shallow() or not (signed or git.reference(NOTES)):
        return {}
    from plainwork.storage.notes import list_notes  # brings GitPython

    last = until or git.head_commit() or "HEAD"
    try:
        noted = list_notes(root)
        wanted = [each for each in commits if each in noted or (signed and each in steps)]
        notes = {each: noted.get(each, "") for each in wanted[-MOST_DECIDED:]}
        return dict(_spread(_decide(root, git, last, notes))) if notes else {}
    except RepositoryError:
        return {}


def _spread(changes: Iterable[_Again]) -> Iterator[tuple[str, DecidedCommit]]:
    for each in changes:
        yield from ((commit, each.found) for commit in each.commits)


def _decide(root: Path, git: GitFolder, until: str, notes: Mapping[str, str]) -> Iterable[_Again]:
    """Decide changes again, or take what is kept; each commit is given with its note's object."""
    from plainwork.serving.auditing import decide_again, load_branch  # brings all that decides
    from plainwork.storage.git_questions import load_default_branch

    ref = _HEADS + load_default_branch(root)
    version = f"{FORMAT_VERSION}/{__version__}/1/{ref}"
    file = common_cache_folder(git, root) / "decided"
    kept = _load(file, version)
    known = {each: kept[each] for each in notes if each in kept and kept[each].note == notes[each]}
    missing = notes.keys() - known.keys()
    if missing:
        place = os.path.relpath(os.path.realpath(root), git.worktree)
        workspace = "" if place == "." else Path(place).as_posix()
        for made in decide_again(root, load_branch(root, ref, "", until), missing):
            last = made.commits[-1].id
            covered = tuple(each.id for each in made.commits)
            known[last] = _Again(notes[last], covered, _describe(made, workspace))
        write_cache(file, [seal(_encode(_Kept(version, kept | known)))])
    return known.values()


def _load(file: Path, version: str) -> dict[str, _Again]:
    try:
        kept = _decode(unseal(file.read_bytes()))
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return {}
    return kept.changes if kept.version == version else {}


def _describe(made: Made, workspace: str) -> DecidedCommit:
    documents = [
        document
        for decision in made.decisions
        if decision.workspace == workspace
        for document in decision.documents
        if document.kind in WORK_KINDS
    ]
    first, last = made.commits[0], made.commits[-1]
    return DecidedCommit(
        range=f"{first.parents[0]}..{last.id}" if first.parents else last.id,
        told=made.evidence is not None and not made.undecided,
        proven=combine(made.decisions) is Verdict.APPROVED,
        works={each.id.lower(): tuple(_list_rules(each)) for each in documents},
    )


def _list_rules(document: DecidedDocument) -> Iterator[DecidedRule]:
    for need in document.requirements:
        given = tuple(Voice(each.person, each.by, each.at) for each in need.given)
        yield DecidedRule(need.source, need.met, need.by, need.missing, given, need.vetoed_by)
