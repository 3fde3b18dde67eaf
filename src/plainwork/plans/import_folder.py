"""Importing a folder: what is written, and what became of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from plainwork.editing.front_matter_edit import set_field
from plainwork.editing.new_document import file_name
from plainwork.errors import RefusedError, UsageError
from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.plan import FileEdit, Plan
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.source_text import MAX_BYTES
from plainwork.plans.import_document import (
    ImportedDocument,
    find_id,
    find_title,
    import_document,
)
from plainwork.plans.import_mapping import FileRule, Mapping, WorkRule
from plainwork.plans.import_parties import (
    FOLDERS,
    FoundParty,
    PartyFinder,
    find_teams,
    render_party,
)
from plainwork.plans.import_report import ImportReport, count_fields
from plainwork.plans.import_source import SourceDocument, parse_source, parse_yaml_source
from plainwork.plans.import_value import ValueReader

_ITEM_FOLDERS = {"item": "items", "project": "projects", "routine": "routines"}
_MOST_NAMED = 5


class SourceFolder(msgspec.Struct, frozen=True):
    """What is imported.

    Attributes:
        paths: Every file, from the folder, with ``/``.
        read: Returns the bytes of one, or why they cannot be read.
    """

    paths: Sequence[str]
    read: Callable[[str], bytes | Diagnostic]


class Import(msgspec.Struct, frozen=True):
    """What is to be written, and what became of every file."""

    plan: Plan
    report: ImportReport


def plan_import(
    snapshot: Snapshot,
    mapping: Mapping,
    source: SourceFolder,
    *,
    actor: str,
    exists: Callable[[str], bool],
) -> Import:
    """Plan to make work of the files of a folder, with all that it needs.

    Args:
        snapshot: The workspace.
        mapping: What becomes of the files.
        source: The files.
        actor: The person who imports, or ``""``: answers for what has nobody else.
        exists: Whether there is a file at a path of the workspace.

    Raises:
        UsageError: If the mapping finds no work there, or nobody would answer for what is new.
        RefusedError: If ids or files that would be made are there already.
    """
    return _FolderImport(snapshot, mapping, source, mapping.owner or actor).plan(exists)


class _FolderImport:
    """One folder on its way."""

    def __init__(
        self, snapshot: Snapshot, mapping: Mapping, source: SourceFolder, owner: str
    ) -> None:
        self._snapshot = snapshot
        self._mapping = mapping
        self._source = source
        self._owner = owner
        self._finder = PartyFinder(mapping.parties, snapshot.parties.values())
        self._unreadable: list[Diagnostic] = []
        self._sorted = _sort_files(mapping, source.paths)

    def plan(self, exists: Callable[[str], bool]) -> Import:
        teams = self._read_teams()
        sources = list(self._read_work())
        if not sources and not self._unreadable:
            message = f"the mapping finds no work there: {self._mapping.title}"
            raise UsageError(message)
        documents = self._import(sources)
        copies = list(self._copy())
        parties = [
            self._finder.found[id_]
            for id_ in sorted(self._finder.found)
            if self._snapshot.party(id_) is None
        ]
        workflows = self._needed_workflows(documents)
        edits = [
            *self._work_edits(documents),
            *(self._party_edit(party, teams) for party in parties),
            *(self._workflow_edit(id_) for id_ in workflows),
            *copies,
        ]
        self._refuse_taken(documents, edits, exists)
        edits.sort(key=lambda edit: edit.path)
        created = {**Counter(party.kind for party in parties), "workflow": len(workflows)}
        report = self._report(sources, documents, copies, created)
        title = self._mapping.title
        message = f"Import {len(documents)} documents: {title}"
        return Import(Plan(tuple(edits), message), report)

    def _read(self, path: str) -> bytes | None:
        data = self._source.read(path)
        if isinstance(data, Diagnostic):
            self._unreadable.append(data)
            return None
        return data

    def _read_teams(self) -> dict[str, tuple[FoundParty, ...]]:
        teams: dict[str, tuple[FoundParty, ...]] = {}
        for path, rule in self._sorted.teams:
            data = self._read(path)
            found = parse_yaml_source(path, data) if data is not None else None
            if isinstance(found, Diagnostic):
                self._unreadable.append(found)
            elif found is not None:
                groups = found.values.get(rule.teams)
                teams |= find_teams(groups if isinstance(groups, dict) else {}, self._finder)
        return teams

    def _read_work(self) -> Iterator[tuple[SourceDocument, WorkRule]]:
        for path, rule in self._sorted.work:
            data = self._read(path)
            found = parse_source(path, data) if data is not None else None
            if isinstance(found, Diagnostic):
                self._unreadable.append(found)
            elif found is not None:
                yield found, rule

    def _import(self, sources: Iterable[tuple[SourceDocument, WorkRule]]) -> list[ImportedDocument]:
        ids = [find_id(source, rule)[0] for source, rule in sources]
        names: dict[str, str] = {}
        for id_, (source, rule) in zip(ids, sources, strict=True):
            names.setdefault(find_title(source, rule).lower(), id_)
        reader = ValueReader(self._finder, names)
        seen: set[str] = set()
        documents = []
        for id_, (source, rule) in zip(ids, sources, strict=True):
            # Where two files share an id, that is one fault; sharing aliases would be more.
            own = msgspec.structs.replace(rule, aliases=()) if id_ in seen else rule
            seen.add(id_)
            document = import_document(source, own, reader)
            size = len(document.text.encode())
            if size > MAX_BYTES:
                message = f"it would have {size:,} bytes, more than {MAX_BYTES:,}"
                place = Location(source.path)
                found = Diagnostic(place, "file-too-large", Severity.ERROR, message)
                self._unreadable.append(found)
            else:
                documents.append(document)
        return documents

    def _copy(self) -> Iterator[FileEdit]:
        for path in self._sorted.copied:
            data = self._read(path)
            if data is not None:
                yield FileEdit(path, None, data)

    def _work_edits(self, documents: Iterable[ImportedDocument]) -> Iterator[FileEdit]:
        rules = {rule.workflow.id: rule.workflow for _, rule in self._sorted.work}
        numbers: Counter[str] = Counter()
        for document in documents:
            kind = rules[document.workflow].kind
            folder = self._snapshot.settings.folders[_ITEM_FOLDERS[kind]][0]
            path = f"{folder}/{file_name(document.id, document.title)}"
            numbers[path] += 1
            if numbers[path] > 1:  # documents that share their id and title
                path = f"{path.removesuffix('.md')}-{numbers[path]}.md"
            yield FileEdit(path, None, document.text.encode())

    def _party_edit(self, party: FoundParty, teams: dict[str, tuple[FoundParty, ...]]) -> FileEdit:
        if party.kind == "agent":
            self._require_owner(f"the agent {party.id}")
        text = render_party(
            party,
            forge=self._mapping.parties.forge,
            owner=self._owner,
            people=teams.get(party.id, ()),
        )
        folder = self._snapshot.settings.folders[FOLDERS[party.kind]][0]
        return FileEdit(f"{folder}/{file_name(party.id, '')}", None, text.encode())

    def _needed_workflows(self, documents: Iterable[ImportedDocument]) -> list[str]:
        used = {document.workflow.lower() for document in documents}
        return [
            id_
            for id_ in self._mapping.workflows
            if id_ in used and id_ not in self._snapshot.workflows
        ]

    def _workflow_edit(self, id_: str) -> FileEdit:
        self._require_owner(f"the workflow {id_}")
        text = self._mapping.workflows[id_]
        text = set_field(text, "owner", self._owner, order=("title", "kind", "owner"))
        folder = self._snapshot.settings.folders["workflows"][0]
        return FileEdit(f"{folder}/{id_}.md", None, text.encode())

    def _require_owner(self, what: str) -> None:
        if not self._owner:
            message = (
                f"nobody would answer for {what}: no person here has Git's e-mail;"
                " add yours to people/, or name an `owner` in the mapping"
            )
            raise UsageError(message)

    def _refuse_taken(
        self,
        documents: Iterable[ImportedDocument],
        edits: Iterable[FileEdit],
        exists: Callable[[str], bool],
    ) -> None:
        known = self._snapshot.works.by_id
        ids = [document.id for document in documents if document.id in known]
        if ids:
            message = f"{_name_some(ids)} here already; nothing was written"
            raise RefusedError(message)
        paths = [edit.path for edit in edits if exists(edit.path)]
        if paths:
            message = f"{_name_some(paths)} here already; move them away"
            raise RefusedError(message)

    def _report(
        self,
        sources: Sequence[tuple[SourceDocument, WorkRule]],
        documents: Sequence[ImportedDocument],
        copies: Sequence[FileEdit],
        created: dict[str, int],
    ) -> ImportReport:
        return ImportReport(
            title=self._mapping.title,
            files=len(self._source.paths),
            work=dict(Counter(document.workflow for document in documents)),
            teams=tuple(path for path, _ in self._sorted.teams),
            copied=tuple(copy.path for copy in copies),
            skipped={reason: tuple(paths) for reason, paths in self._sorted.skipped.items()},
            unmatched=tuple(self._sorted.unmatched),
            unreadable=tuple(self._unreadable),
            repaired=tuple(source.path for source, _ in sources if source.repaired),
            created=created,
            fields=count_fields(documents),
        )


class _SortedFiles(msgspec.Struct):
    """The files, by what becomes of them; work in the order of the rules."""

    work: list[tuple[str, WorkRule]] = []
    teams: list[tuple[str, FileRule]] = []
    copied: list[str] = []
    skipped: dict[str, list[str]] = {}
    unmatched: list[str] = []


def _sort_files(mapping: Mapping, paths: Iterable[str]) -> _SortedFiles:
    found = _SortedFiles()
    for path in paths:
        rule = mapping.find_rule(path)
        if rule is None:
            found.unmatched.append(path)
        elif rule.work:
            found.work.append((path, rule.work))
        elif rule.teams:
            found.teams.append((path, rule))
        elif rule.copy:
            found.copied.append(path)
        else:
            found.skipped.setdefault(rule.skip, []).append(path)
    order = {id(rule.work): number for number, rule in enumerate(mapping.files)}
    found.work.sort(key=lambda entry: order[id(entry[1])])
    return found


def _name_some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{shown}{more} {'is' if len(names) == 1 else 'are'}"
