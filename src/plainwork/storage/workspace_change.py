"""What differs in one workspace: its documents, and the files that rules speak of.

Both sides are read in part: all definitions, what differs, and what has to be known to judge that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

import msgspec

from plainwork.analysis.globs import matches_glob
from plainwork.approvals.changed_documents import (
    DocumentPair,
    make_changed_document,
    make_changed_file,
    pair_readings,
)
from plainwork.approvals.changed_fields import Reading, make_reading
from plainwork.approvals.derived import find_asked
from plainwork.approvals.neighbours import (
    SEEN_BY_OTHERS,
    Neighbourhood,
    find_neighbours,
    names_of,
)
from plainwork.approvals.path_form import is_excessive
from plainwork.approvals.special_files import is_special
from plainwork.model.change import ChangedDocument, Fault
from plainwork.model.snapshot import Snapshot
from plainwork.storage.bystanders import load_bystanders
from plainwork.storage.change_limits import find_excess, find_yaml_excess
from plainwork.storage.file_states import load_file_states
from plainwork.storage.scan import MARKER
from plainwork.storage.scratch import Scratch
from plainwork.storage.workspace_faults import find_errors, find_faults_of_files
from plainwork.storage.workspace_reader import WorkspaceReader

_ENTERING = frozenset({"status", "workflow", "team", "created"})
"""What brings work into a state, or under another limit of it."""


class WorkspaceChange(msgspec.Struct, frozen=True):
    """What :class:`plainwork.model.change.Change` says of one workspace."""

    before: Snapshot
    after: Snapshot
    documents: tuple[ChangedDocument, ...] = ()
    faults: tuple[Fault, ...] = ()
    names: frozenset[str] = frozenset()


class _Context(msgspec.Struct, frozen=True):
    """What has to be known to judge a change.

    Attributes:
        paths: Of documents that it leaves alone, those that have to be read.
        names: Ids and aliases, in lower case, of all works and records of the base.
    """

    paths: frozenset[str]
    names: frozenset[str]


def load_workspace_change(
    scratch: Scratch,
    before: WorkspaceReader,
    after: WorkspaceReader,
    differing: Collection[str],
    today: date,
    *,
    workspace: str = "",
) -> WorkspaceChange:
    """Compare a workspace at the base tip with the merge result.

    Args:
        scratch: Where the objects are.
        before: The workspace at the base tip.
        after: The same in the merge result.
        differing: Paths, from the workspace's root, of all files that differ.
        today: The day for which the rules are applied.
        workspace: Its folder in the repository.
    """
    before.read_definitions()
    comparison = _Comparison(scratch, before, after, differing)
    excess = comparison.find_excess()
    if excess is not None:
        snapshot = before.snapshot(())
        return WorkspaceChange(snapshot, snapshot, faults=(excess,))
    after.read_definitions()
    return comparison.load(today, workspace)


class _Comparison:
    def __init__(
        self,
        scratch: Scratch,
        before: WorkspaceReader,
        after: WorkspaceReader,
        differing: Collection[str],
    ) -> None:
        self._scratch = scratch
        self._before = before
        self._after = after
        paths = set(differing)
        if MARKER in paths:  # other settings make other documents of the same files
            paths |= {path for path, _ in before.kinds.items() ^ after.kinds.items()}
        documents = {path for path in paths if path in before.kinds or path in after.kinds}
        globs = before.governed_globs()
        self._changed = documents
        self._documents = sorted(documents)
        self._files = sorted(
            path for path in paths - documents if is_governed(path, globs) or after.misplaces(path)
        )

    def find_excess(self) -> Fault | None:
        """Return why there is too much to judge, or None."""
        documents, files = (
            [
                side.files[path]
                for path in paths
                for side in (self._before, self._after)
                if path in side.files
            ]
            for paths in (self._documents, self._files)
        )
        return find_excess(self._scratch, documents, files) or find_yaml_excess(
            data
            for side in (self._before, self._after)
            for data in side.read_bytes(
                path for path in self._documents if path in side.kinds
            ).values()
        )

    def load(self, today: date, workspace: str) -> WorkspaceChange:
        """Read what differs, and what has to be known to judge it."""
        old, new = self._read_changed(self._before), self._read_changed(self._after)
        pairs = pair_readings(old, new)
        context = self._find_context(pairs)
        before = self._load_snapshot(self._before, old.keys() | context.paths)
        after = self._load_snapshot(self._after, new.keys() | context.paths)
        judged = (*self._documents, *self._files)
        states = [
            load_file_states(self._scratch, reader.files, judged)
            for reader in (self._before, self._after)
        ]
        works = [{work.path: work for work in snapshot.works} for snapshot in (before, after)]
        documents = [
            *(make_changed_document(pair, states, works) for pair in pairs),
            *(make_changed_file(path, states, settings=path == MARKER) for path in self._files),
        ]
        moved = {each.paths[-1]: each.paths[0] for each in documents}
        faults = {
            *find_faults_of_files(self._before, self._after, judged, workspace),
            *find_errors(self._before, self._after, (before, after), moved, today),
        }
        ordered = sorted(documents, key=lambda each: (each.paths[-1], each.kind))
        return WorkspaceChange(before, after, tuple(ordered), tuple(sorted(faults)), context.names)

    def _read_changed(self, reader: WorkspaceReader) -> dict[str, Reading]:
        paths = [path for path in self._documents if path in reader.kinds]
        reader.read(paths)
        contents = reader.read_bytes(paths)
        return {path: make_reading(reader.documents[path], contents[path]) for path in paths}

    def _find_context(self, pairs: Iterable[DocumentPair]) -> _Context:
        changed = [document for pair in pairs for document in pair.documents]
        moving = (pair for pair in pairs if not pair.fields.isdisjoint(SEEN_BY_OTHERS))
        change = Neighbourhood(
            tuple(changed),
            frozenset(
                name for pair in moving for each in pair.documents for name in names_of(each)
            ),
            frozenset(self._limited_states(pairs)),
        )
        paths = [
            path
            for path, kind in self._before.kinds.items()
            if kind in ("work", "record") and path not in self._changed
        ]
        bystanders = load_bystanders(self._before, paths)
        names = {name for each in bystanders.values() for name in each.names}
        names.update(name for pair in pairs if pair.old for name in names_of(pair.old.document))
        asked = find_asked(_new_works(pairs), names)
        creators = {path for path, each in bystanders.items() if not asked.isdisjoint(each.names)}
        return _Context(find_neighbours(change, bystanders) | creators, frozenset(names))

    def _limited_states(self, pairs: Iterable[DocumentPair]) -> Iterator[str]:
        """Yield the states with a limit that work enters."""
        workflows = {workflow.id.lower(): workflow for workflow in self._after.workflows}
        for pair in pairs:
            if pair.new is None or pair.fields.isdisjoint(_ENTERING):
                continue
            fields = pair.new.document.fields
            workflow = workflows.get(str(fields.get("workflow", "")).lower())
            state = workflow.state(str(fields.get("status", ""))) if workflow else None
            if state is not None and state.wip_limit is not None:
                yield state.name

    def _load_snapshot(self, reader: WorkspaceReader, paths: Iterable[str]) -> Snapshot:
        there = [path for path in paths if path in reader.kinds]
        reader.read(there)
        return reader.snapshot(there)


def is_governed(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a file that is no document is judged: rules speak of it, or it is an attack.

    Args:
        path: From the workspace's root.
        globs: The paths of which the policies of the base speak.
    """
    if path == MARKER or is_special(path) or is_excessive(path):
        return True
    return any(matches_glob(path, glob) for glob in globs)


def _new_works(pairs: Iterable[DocumentPair]) -> Iterator[str]:
    """Yield the ids of works that are new."""
    for pair in pairs:
        if pair.old is None and pair.new is not None and pair.new.document.kind == "work":
            yield pair.new.document.id
