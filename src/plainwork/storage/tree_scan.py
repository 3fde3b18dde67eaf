"""Which files of a commit are documents: the rules of the working tree's scan.

One thing that the working tree tells is not seen here: whether a link leads to a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.settings import Settings
from plainwork.storage.document_names import (
    inner_repository,
    is_hidden,
    is_plain,
    link,
    misnamed_folder,
    names_document,
    odd_name,
    way_to,
)
from plainwork.storage.repository import TreeEntry

_LINK = "120000"
_SUBMODULE = "160000"


def select_documents(
    entries: Iterable[TreeEntry], settings: Settings, diagnostics: list[Diagnostic]
) -> Iterator[tuple[str, str]]:
    """Yield (path, kind) of what counts as a document.

    Args:
        entries: The files of a commit.
        settings: The settings that hold there.
        diagnostics: Gets what stands among documents and is none.
    """
    return DocumentSelector(settings, diagnostics).select(entries)


class DocumentSelector:
    """Selects documents of many commits that have the same settings.

    Args:
        settings: The settings.
        diagnostics: Gets what stands among documents and is none.
    """

    def __init__(self, settings: Settings, diagnostics: list[Diagnostic]) -> None:
        kinds = settings.folder_kinds
        self._diagnostics = diagnostics
        self._folders = _Folders(kinds, diagnostics)
        self._ways = {way for folder in kinds for way in way_to(folder)}

    def select(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[str, str]]:
        """Yield (path, kind) of what counts as a document among the files of a commit."""
        for entry in entries:
            if entry.path in self._ways:
                self._diagnostics.extend(_describe_way(entry))
                continue
            folder, _, name = entry.path.rpartition("/")
            kind = self._folders.find_kind(folder)
            if not kind or is_hidden(name):
                continue
            if entry.mode == _SUBMODULE:
                report = misnamed_folder if names_document(name) else inner_repository
                self._diagnostics.append(report(entry.path))
            elif not names_document(name):
                continue
            elif entry.mode == _LINK:
                self._diagnostics.append(link(entry.path))
            elif is_plain(name):
                yield entry.path, kind
            else:
                self._diagnostics.append(odd_name(entry.path))


def _describe_way(entry: TreeEntry) -> Iterator[Diagnostic]:
    """Say what stands in the place of a folder of documents."""
    if entry.mode == _LINK:
        yield link(entry.path)
    elif entry.mode == _SUBMODULE:
        yield inner_repository(entry.path)


class _Folders:
    """What the folders of a commit hold; each is looked at once."""

    def __init__(self, kinds: dict[str, str], diagnostics: list[Diagnostic]) -> None:
        self._kinds = kinds
        self._diagnostics = diagnostics
        self._known = {"": ""}

    def find_kind(self, folder: str) -> str:
        """Return the kind of document in a folder, or ``""`` if it holds none."""
        if folder not in self._known:
            outer, _, name = folder.rpartition("/")
            kind = self.find_kind(outer)
            if kind and not self._is_entered(folder, name):
                kind = ""
            else:
                kind = self._kinds.get(folder, kind)
            self._known[folder] = kind
        return self._known[folder]

    def _is_entered(self, folder: str, name: str) -> bool:
        if is_hidden(name):
            return False
        if names_document(name):
            self._diagnostics.append(misnamed_folder(folder))
            return False
        if not is_plain(name):
            self._diagnostics.append(odd_name(folder))
            return False
        return True
