"""Documents that a change leaves alone: what they are called and mention, without reading them."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork.approvals.neighbours import Bystander, names_of
from plainwork.storage.workspace_reader import WorkspaceReader


def load_bystanders(reader: WorkspaceReader, paths: Iterable[str]) -> dict[str, Bystander]:
    """Return documents by path, without what only reading them would tell.

    Args:
        reader: The workspace.
        paths: Of the documents.
    """
    found: dict[str, Bystander] = {}
    unusual: list[str] = []
    for path, outline in reader.outlines(paths):
        if outline is None:
            unusual.append(path)
        else:
            name = outline.id or path.rpartition("/")[2].removesuffix(".md").lower()
            found[path] = Bystander(reader.kinds[path], (name,), outline)
    reader.read(unusual)
    for path in unusual:
        document = reader.documents[path]
        found[path] = Bystander(reader.kinds[path], names_of(document), document)
    return found
