"""What plans are made from: the workspace as it is, its files, the day, and who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec

from plainwork.analysis.preview import preview_work
from plainwork.editing.editable import Editable
from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.field_type import Field
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables, fields_by_name, record_fields

Check = Callable[[Document | None, Snapshot], Iterable[Diagnostic]]
"""From a document, if there is one, and the workspace around it."""


class Source(msgspec.Struct, frozen=True):
    """A document and the text of its file, as they are or as they would be.

    Attributes:
        text: Byte-order mark and line ends as they are.
        fields: What the document may say.
    """

    document: Document
    text: str
    fields: Mapping[str, Field]

    @property
    def body(self) -> str:
        """The text below the fields."""
        return Editable(self.text).body

    @property
    def order(self) -> tuple[str, ...]:
        """The usual order of its fields."""
        return tuple(self.fields)


class Situation:
    """A workspace at the moment in which somebody wants to change it.

    Attributes:
        snapshot: What the workspace says.
        today: The day.
        moment: Now: a date, or a date and time with its offset.
        actor: The id of the party who asks, or ``""`` if nobody knows.
        check: Returns what the rules find wrong.
        read_bytes: Returns the bytes of a file, by its path from the root.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        read_bytes: Callable[[str], bytes],
        check: Check,
        today: date,
        moment: str,
        actor: str,
    ) -> None:
        self.snapshot = snapshot
        self.today = today
        self.moment = moment
        self.actor = actor
        self.check = check
        self.read_bytes = read_bytes

    @cached_property
    def tables(self) -> FieldTables:
        """Which fields work may have."""
        return FieldTables(self.snapshot.workflows.values())

    def require_actor(self) -> str:
        """Return who asks.

        Raises:
            UsageError: If nobody knows.
        """
        if not self.actor:
            message = (
                "nobody in this workspace has the e-mail that Git knows (`git config user.email`);"
                " add it to `emails` of a person"
            )
            raise UsageError(message)
        return self.actor

    def read(self, kind: str, path: str) -> Source:
        """Return a document and its file as they are now.

        Raises:
            UsageError: If there is no telling what it says.
        """
        data = self.read_bytes(path)
        document = parse_document(path, kind, data, self.tables)
        if not document.readable:
            problem = document.diagnostics[0]
            message = f"{problem.location}: {problem.message}; mend it in an editor first"
            raise UsageError(message)
        return Source(document, data.decode("utf-8"), self._fields_of(document))

    def imagine(self, kind: str, path: str, text: str) -> Source:
        """Return a document as it would be with a text."""
        document = parse_document(path, kind, text.encode(), self.tables)
        return Source(document, text, self._fields_of(document))

    def preview(self, source: Source) -> Work:
        """Return work with what it inherits."""
        return preview_work(source.document, source.body, self.snapshot)

    def _fields_of(self, document: Document) -> Mapping[str, Field]:
        """Return what a document may say; work of an unknown workflow, what all items may."""
        if document.kind == "work":
            known = self.tables.of_work(document.fields.get("workflow", ""))
            return known or fields_by_name(DOCUMENT_FIELDS["item"])
        if document.kind == "record":
            return record_fields(document.fields.get("record", ""))
        return fields_by_name(DOCUMENT_FIELDS[document.kind])
