"""Ids that another local branch has given to another document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import Clash
from plainwork.storage.document_store import DocumentStore
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.reading import DocumentReader, SourceFile
from plainwork.storage.repository import Repository
from plainwork.storage.tree_scan import select_documents

_SPACES = {"work": "work", "record": "work", "workflow": "workflow", "policy": "policy"}
_PARTIES = "party"


def load_clashes(root: Path, snapshot: Snapshot) -> tuple[Clash, ...]:
    """Compare a workspace with the branches that HEAD's history does not contain.

    Only what a branch has added counts: what it shares with HEAD, or has moved, is the same
    document. Two branches that created the same path have created the same thing, as when both
    ran a routine; if not, Git tells.

    Raises:
        RepositoryError: If Git is missing or refuses.
    """
    git = find_git_folder(root)
    if git is None or git.head_commit() is None:
        return ()
    paths = _paths_by_id(snapshot)
    store = DocumentStore(git.common / "plainwork")
    reader = DocumentReader(store, snapshot.settings, tuple(snapshot.workflows.values()))
    found: dict[tuple[str, str], Clash] = {}
    with Repository.open(root) as repository:
        for branch, commit in repository.unmerged_branches():
            for document in _added_documents(repository, commit, snapshot, reader):
                space = _SPACES.get(document.kind, _PARTIES)
                path = paths.get((space, document.id.lower()))
                if path is not None and path != document.path:
                    newer = _is_newer(repository, path, commit, document.path)
                    clash = Clash(
                        path, document.kind, document.id, branch, document.path, newer=newer
                    )
                    found.setdefault((space, document.id.lower()), clash)
    return tuple(found.values())


def _paths_by_id(snapshot: Snapshot) -> Mapping[tuple[str, str], str]:
    paths = {("work", id_): work.path for id_, work in snapshot.works.by_id.items()}
    paths |= {("work", each.id.lower()): each.path for each in snapshot.record_documents}
    paths |= {("workflow", id_): workflow.path for id_, workflow in snapshot.workflows.items()}
    paths |= {("policy", id_): policy.path for id_, policy in snapshot.policies.items()}
    paths |= {(_PARTIES, id_): party.path for id_, party in snapshot.parties.items()}
    return paths


def _added_documents(
    repository: Repository, commit: str, snapshot: Snapshot, reader: DocumentReader
) -> Iterator[Document]:
    entries = {entry.path: entry for entry in repository.added_on(commit)}
    files = list(select_documents(entries.values(), snapshot.settings, []))
    blobs = repository.read_blobs(entries[path].oid for path, _ in files)
    sources = (
        SourceFile(path, kind, data) for (path, kind), data in zip(files, blobs, strict=True)
    )
    return (document for document, _ in reader.read(sources))


def _is_newer(repository: Repository, path: str, commit: str, other_path: str) -> bool:
    """Whether the document here was added after the one there; one not yet committed was."""
    here = repository.added_at("HEAD", path)
    there = repository.added_at(commit, other_path)
    if here is None or there is None:
        return here is None
    return (here, path) > (there, other_path)
