"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from plainwork.model.diagnostic import Diagnostic, FieldPath, Location, Severity
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import Surroundings
from plainwork.model.workflow import Workflow


class Scope(StrEnum):
    """What a rule has to see: the smaller, the less is judged again after an edit."""

    READING = "reading"
    DOCUMENT = "document"
    WORKSPACE = "workspace"
    SURROUNDINGS = "surroundings"
    CHANGE = "change"


class Found(msgspec.Struct, frozen=True):
    """A violation, before it is known on which line the field stands.

    Attributes:
        path: The document.
        field: The value meant; empty: the document as a whole.
        severity: None: the rule's own.
    """

    path: str
    message: str
    hint: str = ""
    field: FieldPath = ()
    severity: Severity | None = None


DocumentCheck = Callable[[Document, Mapping[str, Workflow], Settings], Iterator[Found]]
WorkspaceCheck = Callable[[Snapshot, date], Iterator[Found]]
SurroundingsCheck = Callable[[Snapshot, Surroundings], Iterator[Found]]
ChangeCheck = Callable[[Snapshot, Snapshot, date], Iterator[Found]]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A named check.

    Attributes:
        name: What people see in reports, in kebab case.
        summary: What the rule requires, in one sentence.
        remedy: Why, and what to do about it, in a sentence or two.
        scope: READING rules are part of the strict reader and have no check of their own.
        severity: How much a violation matters.
        check_document: Judges one document by itself; the result is kept with the document.
        check_workspace: Judges all documents together.
        check_surroundings: Judges them by other branches and other files.
        check_change: Judges what has become of a workspace (before, after).
        fixable: Whether ``check --fix`` can mend it.
    """

    name: str
    summary: str
    remedy: str
    scope: Scope
    severity: Severity = Severity.ERROR
    check_document: DocumentCheck | None = None
    check_workspace: WorkspaceCheck | None = None
    check_surroundings: SurroundingsCheck | None = None
    check_change: ChangeCheck | None = None
    fixable: bool = False

    def diagnostic(self, found: Found) -> Diagnostic:
        """Make a diagnostic of this rule."""
        return Diagnostic(
            Location(found.path),
            self.name,
            found.severity or self.severity,
            found.message,
            found.hint,
            found.field,
        )
