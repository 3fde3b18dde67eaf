"""An edit of one document, which makes nothing wrong that was right before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from plainwork.analysis.absence import find_absentees, find_newly_absent
from plainwork.analysis.neighbourhood import compute_neighbourhood
from plainwork.errors import RefusedError
from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.document import Document
from plainwork.model.plan import FileEdit, Plan
from plainwork.plans.change_words import describe_change
from plainwork.plans.consent import note_requirements
from plainwork.plans.situation import Situation, Source

_ABSENT = "absent-party"
"""The rule that judges the same of a change that was made by hand."""


class DocumentEdit(msgspec.Struct, frozen=True):
    """A document as it is (None: it is new) and as it would be."""

    before: Source | None
    after: Source

    @property
    def file_edit(self) -> FileEdit:
        """What is to be done with the file."""
        before = self.before.text.encode() if self.before else None
        return FileEdit(self.after.document.path, before, self.after.text.encode())


def plan_edit(situation: Situation, source: Source, text: str, message: str) -> Plan:
    """Plan to give a document another text, and say what the pull request will need.

    Raises:
        RefusedError: If the document would be wrong.
    """
    edit = edit_document(situation, source, text)
    notes = describe_change(source.document, edit.after.document)
    if text != source.text:
        notes += note_requirements(situation, source, edit.after)
    return Plan((edit.file_edit,), message, notes)


def edit_document(situation: Situation, source: Source, text: str) -> DocumentEdit:
    """Give a document another text.

    Raises:
        RefusedError: If the workspace would be wrong where it was not.
    """
    document = source.document
    return _sound(situation, source, situation.imagine(document.kind, document.path, text))


def add_document(situation: Situation, kind: str, path: str, text: str) -> DocumentEdit:
    """Make a new document.

    Raises:
        RefusedError: If the workspace would be wrong where it was not.
    """
    return _sound(situation, None, situation.imagine(kind, path, text))


def _sound(situation: Situation, before: Source | None, after: Source) -> DocumentEdit:
    versions = [version.document for version in (before, after) if version]
    known = Counter(_errors(situation, before, versions))
    added = list((Counter(_errors(situation, after, versions)) - known).elements())
    added += _absent_parties(situation, before, after)
    if added:
        missing = _required(after) if before is None else ()
        raise RefusedError(_format_refusal(added, missing))
    return DocumentEdit(before, after)


def _errors(
    situation: Situation, source: Source | None, versions: list[Document]
) -> Iterator[Diagnostic]:
    """Yield what is wrong in the neighbourhood of a document, without lines: an edit moves them."""
    document, body = (source.document, source.body) if source else (None, "")
    around = compute_neighbourhood(document, body, versions, situation.snapshot)
    for found in (*(document.diagnostics if document else ()), *situation.check(document, around)):
        if found.severity is Severity.ERROR:
            place = Location(found.location.path)
            yield msgspec.structs.replace(found, location=place, field=())


def _absent_parties(
    situation: Situation, before: Source | None, after: Source
) -> Iterator[Diagnostic]:
    """Yield who is given open work by an edit and is not there."""
    document, snapshot = after.document, situation.snapshot
    workflow = snapshot.workflows.get(str(document.fields.get("workflow", "")).lower())
    state = workflow.state(document.fields.get("status", "")) if workflow else None
    if state is not None and not state.category.open:
        return
    known = before.document.fields if before else {}
    absentees = find_absentees(snapshot, situation.today)
    for absent in find_newly_absent(known, document.fields, absentees):
        place = Location(document.path)
        yield Diagnostic(place, _ABSENT, Severity.ERROR, absent.message, absent.hint)


def _required(source: Source) -> tuple[str, ...]:
    """Return the names of the fields that a document must have and has not."""
    given = source.document.fields
    return tuple(
        name for name, field in source.fields.items() if field.required and not given.get(name)
    )


def _format_refusal(added: list[Diagnostic], missing: tuple[str, ...]) -> str:
    first, more = added[0], len(added) - 1
    hint = f"; {first.hint}" if first.hint else ""
    others = f" (and {more} more)" if more else ""
    options = " ".join(f"--set {name}=…" for name in missing)
    advice = f"; add {options}" if missing else ""
    problem = f"{first.message}{hint} [{first.rule}]{others}{advice}"
    return f"{first.location.path}: {problem}; nothing was written"
