"""An edit of one document, which makes nothing wrong that was not wrong before."""

from __future__ import annotations

from collections import Counter

import msgspec

from plainwork.analysis.neighbourhood import compute_neighbourhood
from plainwork.errors import RefusedError
from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.model.plan import FileEdit, Plan
from plainwork.plans.change_words import describe_change
from plainwork.plans.consent import note_requirements
from plainwork.plans.situation import Situation, Source


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
        RefusedError: If it would be wrong.
    """
    after = situation.imagine(source.document.kind, source.document.path, text)
    known = Counter(map(_key, _find_errors(situation, source)))
    added = []
    for found in _find_errors(situation, after):
        if known[_key(found)]:
            known[_key(found)] -= 1
        else:
            added.append(found)
    _refuse(added)
    return DocumentEdit(source, after)


def add_document(situation: Situation, kind: str, path: str, text: str) -> DocumentEdit:
    """Make a new document.

    Raises:
        RefusedError: If it would be wrong.
    """
    after = situation.imagine(kind, path, text)
    _refuse(_find_errors(situation, after))
    return DocumentEdit(None, after)


def _find_errors(situation: Situation, source: Source) -> list[Diagnostic]:
    document = source.document
    around = compute_neighbourhood(document, source.body, situation.snapshot)
    found = (*document.diagnostics, *situation.check(document, around))
    return [each for each in found if each.severity is Severity.ERROR]


def _key(found: Diagnostic) -> tuple[str, str]:
    # Not the line: an edit moves what stands below it.
    return found.rule, found.message


def _refuse(added: list[Diagnostic]) -> None:
    if added:
        first, more = added[0], len(added) - 1
        hint = f"; {first.hint}" if first.hint else ""
        others = f" (and {more} more)" if more else ""
        message = (
            f"{first.location.path}: {first.message}{hint} [{first.rule}]{others};"
            " nothing was written"
        )
        raise RefusedError(message)
