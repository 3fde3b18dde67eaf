"""Which document before a change is which one after it: by id, never by path or likeness."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork.model.document import Document

Pair = tuple[Document | None, Document | None]
"""A document before and after; None: there is none on that side."""

_ByPath = dict[str, Document]


def pair_documents(before: Iterable[Document], after: Iterable[Document]) -> tuple[Pair, ...]:
    """Return every document of both sides once, in the order of paths.

    An id that has become an alias leads to the same work. A file that cannot be read on one side
    has no id there, and is what stands at the same path on the other.
    """
    old = {document.path: document for document in before}
    new = {document.path: document for document in after}
    pairs: list[Pair] = []
    for find in (_find_unreadable, _find_same, _find_aliased):
        for former, path in find(old, new):
            pairs.append((old.pop(former), new.pop(path)))
    pairs += [(document, None) for document in old.values()]
    pairs += [(None, document) for document in new.values()]
    return tuple(sorted(pairs, key=_path))


def key_of(document: Document) -> tuple[str, str]:
    """Return what a document is matched by."""
    return document.kind, document.id.lower()


def _find_unreadable(old: _ByPath, new: _ByPath) -> list[tuple[str, str]]:
    return [
        (path, path)
        for path, document in new.items()
        if path in old
        and old[path].kind == document.kind
        and not (old[path].readable and document.readable)
    ]


def _find_same(old: _ByPath, new: _ByPath) -> list[tuple[str, str]]:
    former: dict[tuple[str, str], list[str]] = {}
    for path, document in old.items():
        former.setdefault(key_of(document), []).append(path)
    found = []
    for path, document in new.items():
        paths = former.get(key_of(document))
        if paths:
            # Of several that share the id, which is a fault, the one that has stayed in its place.
            same = path if path in paths else paths[0]
            paths.remove(same)
            found.append((same, path))
    return found


def _find_aliased(old: _ByPath, new: _ByPath) -> list[tuple[str, str]]:
    former = {key_of(document): path for path, document in old.items()}
    found = []
    for path, document in new.items():
        keys = ((document.kind, alias.lower()) for alias in document.fields.get("aliases", ()))
        known = next((former.pop(key) for key in keys if key in former), None)
        if known is not None:
            found.append((known, path))
    return found


def _path(pair: Pair) -> str:
    before, after = pair
    return after.path if after else before.path if before else ""
