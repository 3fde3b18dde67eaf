"""Documents that a change leaves alone: what they are called and mention, without reading them."""

from __future__ import annotations

from collections.abc import Collection

from plainwork.approvals.neighbours import Bystander, names_of
from plainwork.parsing.outline import parse_outline
from plainwork.storage.workspace_reader import WorkspaceReader


def load_bystanders(reader: WorkspaceReader, changed: Collection[str]) -> dict[str, Bystander]:
    """Return the works and records that a change leaves alone, by path.

    Args:
        reader: The workspace, on either side.
        changed: Paths of the documents that differ.
    """
    kinds = {
        path: kind
        for path, kind in reader.kinds.items()
        if kind in ("work", "record") and path not in changed
    }
    found: dict[str, Bystander] = {}
    unusual: list[str] = []
    for path, data in reader.stream_bytes(kinds):
        outline = parse_outline(data)
        if outline is None:
            unusual.append(path)
        else:
            name = outline.id or path.rpartition("/")[2].removesuffix(".md").lower()
            found[path] = Bystander(kinds[path], (name,), outline)
    reader.read(unusual)
    for path in unusual:
        document = reader.documents[path]
        found[path] = Bystander(kinds[path], names_of(document), document)
    return found
