"""Putting a snapshot together from groups of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.party import Party
from plainwork.model.policy import Policy
from plainwork.model.record import Record
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import WorkTable
from plainwork.model.workflow import Workflow
from plainwork.parsing.fences import parse_body
from plainwork.storage.sequences import LazyMapping, LazySequence
from plainwork.storage.work_columns import KnownColumns, WorkColumns


def build_snapshot(
    *,
    settings: Settings,
    diagnostics: Sequence[Diagnostic],
    groups: Mapping[str, Sequence[Document]],
    read_bytes: Callable[[str], bytes],
    known: KnownColumns,
    digests: Callable[[], Mapping[str, bytes]] = dict,
) -> Snapshot:
    """Make a snapshot whose parts are decoded, and whose bodies are read, when asked for.

    Args:
        settings: What ``plainwork.toml`` says.
        diagnostics: What is wrong with it, and with what is no document.
        groups: Every document, by group.
        read_bytes: Returns the bytes of a document's file.
        known: What need not be computed of the columns of work.
        digests: Returns a digest of the bytes of each document, by path.
    """
    definitions = _Definitions(groups["definition"])
    columns = WorkColumns(
        known,
        documents=groups["work"],
        bodies=_Bodies(LazySequence(lambda: columns["path"]), read_bytes),
        definitions=lambda: (definitions.workflows, definitions.parties),
    )

    def all_diagnostics() -> list[Diagnostic]:
        found = list(diagnostics)
        for row in columns["diagnostics"]:
            found.extend(row)
        for group in ("definition", "record", "unreadable"):
            for document in groups[group]:
                found.extend(document.diagnostics)
        return found

    return Snapshot(
        settings=settings,
        works=WorkTable(columns),
        workflows=definitions.workflows,
        parties=definitions.parties,
        policies=definitions.policies,
        records=LazySequence(lambda: _make_records(groups["record"])),
        diagnostics=LazySequence(all_diagnostics),
        duplicates=definitions.duplicates,
        definitions=groups["definition"],
        record_documents=groups["record"],
        unreadable=LazySequence(lambda: [document.path for document in groups["unreadable"]]),
        digests=LazyMapping(digests),
    )


def _make_records(documents: Sequence[Document]) -> list[Record]:
    from plainwork.parsing.definitions import make_record

    return [make_record(document) for document in documents if document.readable]


class _Definitions:
    """Workflows, parties and policies by id in lower case; of those that share one, the first."""

    def __init__(self, documents: Iterable[Document]) -> None:
        from plainwork.parsing.definitions import make_policy, make_workflow
        from plainwork.parsing.parties import make_party

        self.workflows: dict[str, Workflow] = {}
        self.parties: dict[str, Party] = {}
        self.policies: dict[str, Policy] = {}
        self.duplicates: list[tuple[str, str, str]] = []
        for document in documents:
            if not document.readable:
                continue
            if document.kind == "workflow":
                self._add(self.workflows, document, make_workflow)
            elif document.kind == "policy":
                self._add(self.policies, document, make_policy)
            else:
                self._add(self.parties, document, make_party)

    def _add(
        self, found: dict[str, Any], document: Document, make: Callable[[Document], Any]
    ) -> None:
        key = document.id.lower()
        if key in found:
            self.duplicates.append((document.kind, document.id, document.path))
        else:
            found[key] = make(document)


class _Bodies(Sequence[str]):
    """Bodies, each read from its file when it is asked for; the last one stays."""

    def __init__(self, paths: Sequence[str], read_bytes: Callable[[str], bytes]) -> None:
        self._paths = paths
        self._read_bytes = read_bytes
        self._last: tuple[int, str] | None = None

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, row: Any) -> Any:
        if self._last is None or self._last[0] != row:
            self._last = row, parse_body(self._read_bytes(self._paths[row]))
        return self._last[1]
