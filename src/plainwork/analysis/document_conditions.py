"""Conditions on the documents of a workspace, whatever their kind."""

from __future__ import annotations

from datetime import date

from plainwork.analysis.condition import Bindings, ConditionError, evaluate
from plainwork.analysis.condition_bindings import (
    DocumentBindings,
    FieldTypes,
    bind_work,
    condition_types,
)
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work


class Conditions:
    """Binds documents to the names in conditions; which names a workflow has is found once."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self._snapshot = snapshot
        self._today = today
        self._types: dict[tuple[str, str], FieldTypes] = {}

    def holds(
        self,
        condition: str,
        document: Work | Document,
        old: Work | Document | None = None,
        *,
        by_agent: bool = False,
    ) -> bool | ConditionError:
        """Return whether a condition is true of a document, or why it has no answer."""
        return evaluate(condition, self.bind(document, old, by_agent=by_agent))

    def bind(
        self,
        document: Work | Document,
        old: Work | Document | None = None,
        *,
        by_agent: bool = False,
    ) -> Bindings:
        """Return what the names in conditions mean.

        Args:
            document: What the condition is about.
            old: The same before the change; None: it is new, or there is no change.
            by_agent: Whether an agent makes the change.
        """
        currency = self._snapshot.settings.currency
        if isinstance(document, Work):
            return bind_work(
                document,
                self._types_of(document.kind, document.workflow),
                today=self._today,
                currency=currency,
                old=old if isinstance(old, Work) else None,
                by_agent=by_agent,
            )
        return DocumentBindings(
            {"id": document.id, **document.fields},
            self._types_of(document.kind, ""),
            today=self._today,
            kind=document.kind,
            currency=currency,
            old={"id": old.id, **old.fields} if isinstance(old, Document) else None,
            by_agent=by_agent,
        )

    def _types_of(self, kind: str, workflow: str) -> FieldTypes:
        key = (kind, workflow)
        if key not in self._types:
            found = self._snapshot.workflows.get(workflow.lower())
            self._types[key] = condition_types(kind, found)
        return self._types[key]
