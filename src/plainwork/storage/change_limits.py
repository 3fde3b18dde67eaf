"""How much may differ: what is more is refused before any of it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plainwork.model.change import Fault
from plainwork.storage.repository import TreeEntry
from plainwork.storage.scratch import Scratch
from plainwork.storage.workspace_reader import is_regular

MOST_DOCUMENTS = 3_000
"""Documents and files that may differ: as many as forges show of one pull request."""

MOST_BYTES = 256 << 20
"""Of all that differs and is judged, before and after: each file is hashed."""

MOST_DOCUMENT_BYTES = 32 << 20
"""Of the documents that differ, before and after: they are kept until all is judged."""

MOST_FRONT_MATTER_BYTES = 3 << 20
"""Of their front matter: a MiB of YAML can take two seconds, and 100 times its size."""

_CLOSING_FENCE = re.compile(rb"\n---[ \t]*\r?(?:\n|\Z)")


def find_excess(
    scratch: Scratch, documents: Sequence[TreeEntry], files: Sequence[TreeEntry] = ()
) -> Fault | None:
    """Return why there is too much to judge, or None.

    Args:
        scratch: Where the objects are.
        documents: What differs and is a document, each side an entry.
        files: What differs besides and is judged.
    """
    paths = {entry.path for entry in (*documents, *files)}
    if len(paths) > MOST_DOCUMENTS:
        return _excess("too-many-files", f"{len(paths):,} documents and files", MOST_DOCUMENTS)
    size = _size_of(scratch, documents)
    if size > MOST_DOCUMENT_BYTES:
        return _excess("too-many-bytes", f"{size:,} bytes of documents", MOST_DOCUMENT_BYTES)
    size += _size_of(scratch, files)
    return _excess("too-many-bytes", f"{size:,} bytes", MOST_BYTES) if size > MOST_BYTES else None


def find_yaml_excess(contents: Iterable[bytes]) -> Fault | None:
    """Return why there is too much front matter to read, or None.

    Args:
        contents: The documents that differ, on both sides.
    """
    size = 0
    for data in contents:
        closing = _CLOSING_FENCE.search(data)
        size += closing.start() if closing else len(data)
    if size > MOST_FRONT_MATTER_BYTES:
        what = f"{size:,} bytes of front matter"
        return _excess("too-many-bytes", what, MOST_FRONT_MATTER_BYTES)
    return None


def _size_of(scratch: Scratch, entries: Iterable[TreeEntry]) -> int:
    return sum(scratch.blob_sizes(entry.oid for entry in entries if is_regular(entry)))


def _excess(code: str, what: str, allowed: int) -> Fault:
    message = f"{what} differ, at most {allowed:,} may"
    return Fault(code, message, "split the change into several")
