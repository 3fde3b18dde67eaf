"""What no approval makes right in the merge result of one workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from plainwork.analysis.attachments import find_attached_files
from plainwork.approvals.file_faults import JudgedFile, find_file_faults
from plainwork.approvals.new_errors import fault_of, find_new_errors
from plainwork.model.change import Fault
from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import Surroundings
from plainwork.parsing.locating import locate_diagnostics
from plainwork.rules import check_change, check_surroundings, check_workspace
from plainwork.storage.checking import with_folders
from plainwork.storage.scan import MARKER
from plainwork.storage.workspace_files import absolute_path
from plainwork.storage.workspace_reader import WorkspaceReader, is_regular


def find_faults_of_files(
    before: WorkspaceReader,
    after: WorkspaceReader,
    judged: Iterable[str],
    workspace: str,
) -> Iterator[Fault]:
    """Yield what is wrong with the files that differ, whatever they say.

    Args:
        before: The workspace at the base tip.
        after: The same in the merge result.
        judged: Paths of the documents and files that differ and are judged.
        workspace: Its folder in the repository.
    """
    paths = [path for path in judged if path in after.files]
    contents = after.read_bytes(path for path in paths if is_regular(after.files[path]))
    yield from find_file_faults(
        JudgedFile(
            path=path,
            place=absolute_path(path, workspace),
            mode=after.files[path].mode,
            start=contents.get(path, b""),
            document=path in after.kinds or path == MARKER,
            added=path not in before.files,
        )
        for path in paths
    )


def find_errors(
    before: WorkspaceReader,
    after: WorkspaceReader,
    snapshots: tuple[Snapshot, Snapshot],
    moved: Mapping[str, str],
    today: date,
) -> Iterator[Fault]:
    """Yield the errors of ``plainwork check`` that the result has and the base has not.

    Args:
        before: The workspace at the base tip.
        after: The same in the merge result.
        snapshots: Both, as far as they have been read.
        moved: Path to former path of the documents that differ.
        today: The day for which the rules are applied.
    """
    old, new = snapshots
    found = _check(after, new, today) if after.exists else []
    if before.exists and after.exists:
        found += check_change(old, new, today)
    wrong = any(each.severity is Severity.ERROR for each in found)
    known = _check(before, old, today) if wrong and before.exists else []
    for error in find_new_errors(known, found, moved):
        yield fault_of(_located(after, error))


def _check(reader: WorkspaceReader, snapshot: Snapshot, today: date) -> list[Diagnostic]:
    attached = list(find_attached_files(snapshot))
    there = with_folders(reader.files) if attached else set()
    missing = tuple(file for file in attached if file.path not in there)
    around = Surroundings(missing_files=missing)
    return [
        *snapshot.diagnostics,
        *check_workspace(snapshot, today),
        *check_surroundings(snapshot, around),
    ]


def _located(reader: WorkspaceReader, error: Diagnostic) -> Diagnostic:
    """Return an error with its line, if its field has one."""
    path = error.location.path
    if error.location.line or path not in reader.kinds:
        return error
    data = reader.read_bytes((path,))[path]
    return locate_diagnostics(path, data, (error,))[0]
