"""One side of a change: a workspace at one commit, of which documents are read when needed.

Everything comes from Git's objects: no index, no cache and no working tree has a say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_policy
from plainwork.parsing.outline import Outline, parse_outline
from plainwork.storage.document_groups import DEFINITION_KINDS, GROUPS, group_of, make_workflow
from plainwork.storage.document_names import error_at
from plainwork.storage.reading import DocumentReader, SourceFile
from plainwork.storage.repository import TreeEntry
from plainwork.storage.scan import MARKER
from plainwork.storage.scratch import Scratch
from plainwork.storage.scratch_trees import Tree
from plainwork.storage.snapshots import build_snapshot
from plainwork.storage.tree_scan import select_documents
from plainwork.storage.work_columns import KnownColumns

_REGULAR = frozenset({"100644", "100755"})  # anything else is a link or another repository


class WorkspaceReader:
    """A workspace at one commit.

    Attributes:
        files: Every file, by path from the workspace's root.
        settings: What ``plainwork.toml`` says; without one there are no documents.
        kinds: Path to kind of everything that is a document.
        documents: What has been read, by path.
        workflows: Every workflow; they decide which fields work may have.
        contents: Object to bytes of what has been read, of both sides.
    """

    def __init__(self, scratch: Scratch, files: Tree, twin: WorkspaceReader | None = None) -> None:
        """Read the settings.

        Args:
            scratch: Where the objects are.
            files: Every file, by path from the workspace's root.
            twin: The other side: what is the same there is not read again.
        """
        self.files = files
        self.documents: dict[str, Document] = {}
        self.workflows: tuple[Workflow, ...] = ()
        self._scratch = scratch
        self._twin = twin
        self._shares = False
        self.contents: dict[str, bytes] = twin.contents if twin else {}
        self._diagnostics: list[Diagnostic] = []
        self.settings = self._read_settings()
        self.kinds = self._find_documents()

    @property
    def exists(self) -> bool:
        """Whether there is a workspace at all."""
        return MARKER in self.files

    def read(self, paths: Iterable[str]) -> None:
        """Read documents, if they have not been read yet."""
        wanted = [path for path in sorted(paths) if not self._knows(path)]
        contents = self.read_bytes(wanted)
        sources = [SourceFile(path, self.kinds[path], contents[path]) for path in wanted]
        reader = DocumentReader(self._scratch.parsed, self.settings, self.workflows)
        for document, _ in reader.read(sources):
            self.documents[document.path] = document

    def read_definitions(self) -> None:
        """Read everything but work and records; before them, for they mean nothing without."""
        rules = self._paths_of("workflow")
        self._shares = self._twin is not None and self._is_same(self._twin, rules)
        paths = self._paths_of(*DEFINITION_KINDS)
        files = tuple(self.files[path] for path in (MARKER, *paths) if path in self.files)
        known = self._scratch.definitions.get(files)
        if known is not None:
            self.workflows, documents = known
            self.documents.update(documents)
            return
        self.read(rules)
        self.workflows = tuple(map(make_workflow, self._readable(rules)))
        self.read(paths)
        found = self.workflows, {path: self.documents[path] for path in paths}
        self._scratch.remember_definitions(files, found)

    def misplaces(self, path: str) -> bool:
        """Tell whether a link or another repository stands among documents."""
        entry = self.files.get(path)
        folders = (f"{folder}/" for folder in self.settings.folder_kinds)
        return entry is not None and not is_regular(entry) and path.startswith(tuple(folders))

    def governed_globs(self) -> frozenset[str]:
        """Return the paths of which policies speak."""
        policies = map(make_policy, self._readable(self._paths_of("policy")))
        return frozenset(glob for policy in policies for glob in policy.applies_to.paths)

    def read_bytes(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of files, by path; each blob is read once for both sides."""
        oids = {path: self.files[path].oid for path in paths}
        missing = sorted({oid for oid in oids.values() if oid not in self.contents})
        # Git is done before anyone sees an answer: who parses them may start processes.
        blobs = list(self._scratch.read_blobs(missing))
        self.contents.update(zip(missing, blobs, strict=True))
        return {path: self.contents[oid] for path, oid in oids.items()}

    def outlines(self, paths: Iterable[str]) -> Iterator[tuple[str, Outline | None]]:
        """Yield what is known of documents that are not read; None: only reading tells."""
        known = self._scratch.outlines
        oids = {path: self.files[path].oid for path in paths}
        missing = sorted({oid for oid in oids.values() if oid not in known})
        blobs = self._scratch.read_blobs(missing)
        known.update(zip(missing, map(parse_outline, blobs), strict=True))
        return ((path, known[oid]) for path, oid in oids.items())

    def snapshot(self, paths: Iterable[str]) -> Snapshot:
        """Return the workspace with all definitions and some works and records, all read."""
        groups: dict[str, list[Document]] = {group: [] for group in GROUPS}
        for path in sorted({*paths, *self._paths_of(*DEFINITION_KINDS)}):
            document = self.documents[path]
            groups[group_of(document)].append(document)
        return build_snapshot(
            settings=self.settings,
            diagnostics=self._diagnostics,
            groups=groups,
            known=KnownColumns(),
            read_bytes=lambda path: self.read_bytes((path,))[path],
        )

    def _knows(self, path: str) -> bool:
        """Tell whether a document has been read, here or, if it is the same, on the other side."""
        if self._twin is not None and self._shares and path not in self.documents:
            document = self._twin.documents.get(path)
            if document is not None and self._twin.files[path] == self.files[path]:
                self.documents[path] = document
        return path in self.documents

    def _paths_of(self, *kinds: str) -> list[str]:
        return sorted(path for path, kind in self.kinds.items() if kind in kinds)

    def _readable(self, paths: Iterable[str]) -> Iterator[Document]:
        documents = (self.documents[path] for path in paths)
        return (document for document in documents if document.readable)

    def _read_settings(self) -> Settings:
        marker = self.files.get(MARKER)
        if marker is None:
            return Settings()
        if not is_regular(marker):
            message = "not a regular file"
            hint = "put the settings themselves here"
            self._diagnostics.append(error_at(MARKER, "not-a-regular-file", message, hint))
            return Settings()
        settings, found = _parse_settings(self.read_bytes((MARKER,))[MARKER])
        self._diagnostics.extend(found)
        return settings

    def _find_documents(self) -> dict[str, str]:
        if not self.exists:
            return {}
        return dict(select_documents(self.files.values(), self.settings, self._diagnostics))

    def _is_same(self, twin: WorkspaceReader, rules: Iterable[str]) -> bool:
        """Whether documents mean the same on both sides: settings and workflows are the same."""
        paths = {MARKER, *rules}
        paths |= {path for path, kind in twin.kinds.items() if kind == "workflow"}
        return all(self.files.get(path) == twin.files.get(path) for path in paths)


@lru_cache(maxsize=8)  # both sides mostly say the same
def _parse_settings(data: bytes) -> tuple[Settings, Sequence[Diagnostic]]:
    from plainwork.parsing.settings_file import parse_settings

    return parse_settings(MARKER, data)


def is_regular(entry: TreeEntry) -> bool:
    """Tell whether an entry is a file, and nothing that only looks like one."""
    return entry.mode in _REGULAR
