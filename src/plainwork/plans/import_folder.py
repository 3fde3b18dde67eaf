"""Importing a folder: what is written, and what became of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from plainwork.editing.new_document import file_name, slug
from plainwork.errors import RefusedError, UsageError
from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.plan import FileEdit, Plan
from plainwork.model.settings import FOLDER_OF_WORK
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.source_text import MAX_BYTES
from plainwork.plans.import_document import (
    ImportedDocument,
    find_id,
    find_title,
    import_document,
)
from plainwork.plans.import_files import SourceFiles, SourceFolder, read_files
from plainwork.plans.import_mapping import Mapping
from plainwork.plans.import_needs import Needs, make_needs
from plainwork.plans.import_parties import PartyFinder, find_teams
from plainwork.plans.import_report import ImportReport, count_fields
from plainwork.plans.import_value import ValueReader

_MOST_NAMED = 5


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
    files = read_files(mapping, source)
    if not files.work and not files.unreadable:
        message = f"no work of {mapping.title} lies there; name the folder that holds its files"
        raise UsageError(message)
    finder = PartyFinder(mapping.parties, snapshot.parties.values())
    teams = find_teams(files.groups, finder)
    documents = _import_documents(files, finder)
    workflows = dict.fromkeys(document.workflow for document in documents)
    needs = make_needs(
        mapping, snapshot, finder, teams=teams, workflows=workflows, owner=mapping.owner or actor
    )
    edits = [
        *_work_edits(documents, snapshot, files),
        *needs.edits,
        *(FileEdit(path, None, data) for path, data in files.copied),
    ]
    _refuse_taken([document.id for document in documents], edits, snapshot, exists)
    ordered = tuple(sorted(edits, key=lambda edit: edit.path))
    plan = Plan(ordered, f"Import {mapping.title}")
    return Import(plan, _report(mapping, source, files, documents, needs))


def _import_documents(files: SourceFiles, finder: PartyFinder) -> list[ImportedDocument]:
    ids = [find_id(source, rule)[0] for source, rule in files.work]
    names: dict[str, str] = {}
    for id_, (source, rule) in zip(ids, files.work, strict=True):
        names.setdefault(find_title(source, rule).lower(), id_)
    reader = ValueReader(finder, names)
    seen: set[str] = set()
    documents = []
    for id_, (source, rule) in zip(ids, files.work, strict=True):
        # Where two files share an id, that is one fault; sharing aliases would be more.
        own = msgspec.structs.replace(rule, aliases=()) if id_ in seen else rule
        seen.add(id_)
        document = import_document(source, own, reader)
        size = len(document.text.encode())
        if size <= MAX_BYTES:
            documents.append(document)
        else:
            message = f"it would have {size:,} bytes, more than {MAX_BYTES:,}"
            place = Location(source.path)
            found = Diagnostic(place, "file-too-large", Severity.ERROR, message)
            files.unreadable.append(found)
    return documents


def _work_edits(
    documents: Sequence[ImportedDocument], snapshot: Snapshot, files: SourceFiles
) -> Iterator[FileEdit]:
    kinds = {rule.workflow.id: rule.workflow.kind for _, rule in files.work}
    numbers: Counter[str] = Counter()
    for document in documents:
        folder = snapshot.settings.folders[FOLDER_OF_WORK[kinds[document.workflow]]][0]
        title = "" if document.id == slug(document.title) else document.title
        path = f"{folder}/{file_name(document.id, title)}"
        numbers[path] += 1
        if numbers[path] > 1:  # documents that share their id and title
            path = f"{path.removesuffix('.md')}-{numbers[path]}.md"
        yield FileEdit(path, None, document.text.encode())


def _refuse_taken(
    ids: Sequence[str],
    edits: Sequence[FileEdit],
    snapshot: Snapshot,
    exists: Callable[[str], bool],
) -> None:
    known = snapshot.works.by_id
    taken = [id_ for id_ in ids if id_ in known]
    if not taken:
        taken = [edit.path for edit in edits if exists(edit.path)]
    if taken:
        shown = ", ".join(taken[:_MOST_NAMED])
        more = f" and {len(taken) - _MOST_NAMED} more" if len(taken) > _MOST_NAMED else ""
        message = f"already here: {shown}{more}; nothing was written"
        raise RefusedError(message)


def _report(
    mapping: Mapping,
    source: SourceFolder,
    files: SourceFiles,
    documents: Sequence[ImportedDocument],
    needs: Needs,
) -> ImportReport:
    return ImportReport(
        title=mapping.title,
        files=len(source.paths),
        work=dict(Counter(document.workflow for document in documents)),
        teams=tuple(files.team_files),
        copied=tuple(path for path, _ in files.copied),
        skipped={reason: tuple(paths) for reason, paths in files.skipped.items()},
        unmatched=tuple(files.unmatched),
        unreadable=tuple(sorted(files.unreadable)),
        repaired=tuple(document.path for document, _ in files.work if document.repaired),
        created=needs.counts,
        fields=count_fields(documents),
    )
