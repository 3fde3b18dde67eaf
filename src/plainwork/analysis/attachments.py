"""Files that documents name as attachments."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, normpath

from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import AttachedFile


def find_attached_files(snapshot: Snapshot) -> Iterator[AttachedFile]:
    """Yield every attachment of work that is no URL."""
    columns = snapshot.works.columns
    files = {target for target in set().union(*columns["targets"]) if target.startswith("file ")}
    if not files:
        return
    for row, targets in enumerate(columns["targets"]):
        if not files.isdisjoint(targets):
            document = columns["path"][row]
            for use in columns["references"][row]:
                if use.to == "file":
                    path = resolve_attachment(document, use.target)
                    yield AttachedFile(document, use.field, use.target, path)


def resolve_attachment(document: str, written: str) -> str:
    """Return a path from the root, or ``""`` if it leads out of the workspace.

    Args:
        document: The path of the document; what it names is relative to its folder.
        written: The path; with ``/`` in front it is relative to the root.
    """
    whole = written if written.startswith("/") else f"{dirname(document)}/{written}"
    path = normpath(whole.lstrip("/"))
    return "" if path == ".." or path.startswith("../") else path
