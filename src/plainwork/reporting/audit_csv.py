"""An audit as a table for spreadsheets: a line for each document of each change."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.approvals.audit import Audit, AuditedChange, AuditedDocument
from plainwork.reporting.csv import format_csv

_HEADERS = (
    *("commit", "at", "status", "came", "pull", "by", "committed_by", "subject"),
    *("workspace", "kind", "id", "path", "changes", "rules", "approved_by", "reasons", "warnings"),
)


def format_audit_csv(audit: Audit) -> str:
    """Return an audit as CSV; a change that touched no document has one line."""
    return format_csv(_HEADERS, (row for change in audit.changes for row in _rows(change)))


def _rows(change: AuditedChange) -> Iterator[tuple[str, ...]]:
    for document in change.documents or (None,):
        yield (
            change.commit,
            change.at.isoformat(),
            change.status.value,
            change.came.value,
            change.pull,
            change.author,
            change.committer,
            change.subject,
            *_cells(document),
            "; ".join(change.reasons),
            "; ".join(change.warnings),
        )


def _cells(document: AuditedDocument | None) -> tuple[str, ...]:
    if document is None:
        return ("",) * 7
    people = dict.fromkeys(person for rule in document.rules for person in rule.approved_by)
    return (
        document.workspace,
        document.kind,
        document.id,
        document.path,
        "; ".join(document.changes),
        "; ".join(rule.rule for rule in document.rules),
        ", ".join(people),
    )
