"""An audit on a terminal: what is not proven in full, what is proven in a line each."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.approvals.audit import Audit, AuditedChange, AuditedDocument, Status, Way
from plainwork.reporting.table import format_table
from plainwork.reporting.text import escape_line, plural, style, wrap

_INDENT = "  "
_HASH = 8
_MOST_DOCUMENTS = 5
_WAYS = {
    Way.MERGE: "merged",
    Way.SQUASH: "squashed",
    Way.REBASE: "rebased",
    Way.PUSH: "pushed directly",
}


def format_audit(audit: Audit, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of an audit.

    Args:
        audit: What was found.
        width: The columns of the screen.
        color: Whether it shows colours.
    """
    yield from wrap(summarise(audit), width=width)
    for warning in audit.warnings:
        yield from _warn(warning, width=width, color=color)
    for change in audit.changes:
        if change.status is not Status.PROVEN:
            yield ""
            yield from _format_change(change, width=width, color=color)
    yield from _format_proven(audit, width=width, color=color)
    if audit.proven:
        yield ""
        yield from wrap(audit.trust, width=width)


def summarise(audit: Audit) -> str:
    """Return an audit in one sentence."""
    branch = audit.ref.removeprefix("refs/heads/")
    return (
        f"{branch} up to {audit.until[:_HASH]}, {plural(audit.commits, 'commit')}: "
        f"{plural(audit.unproven, 'change')} unproven, {audit.proven} proven, "
        f"{audit.free} that needed nobody"
    )


def describe_way(change: AuditedChange) -> str:
    """Return how a change came in."""
    pull = f" #{change.pull}" if change.pull else ""
    return f"{_WAYS[change.came]}{pull}" + (", as its message says" if change.claimed else "")


def _warn(text: str, *, width: int, color: bool, indent: str = "") -> Iterator[str]:
    for line in wrap(f"! {escape_line(text)}", width=width, indent=indent):
        yield style(line, "yellow", on=color)


def _format_change(change: AuditedChange, *, width: int, color: bool) -> Iterator[str]:
    unproven = change.status is Status.UNPROVEN
    label = style(change.status.value.upper(), "red" if unproven else "yellow", on=color)
    place = f"{change.commit[:_HASH]}  {change.at:%Y-%m-%d}  {describe_way(change)}"
    yield f"{label}  {place}"
    yield from wrap(escape_line(change.subject), width=width, indent=_INDENT)
    people = dict.fromkeys((change.author, change.committer))
    yield from wrap(escape_line(f"by {' and '.join(people)}"), width=width, indent=_INDENT)
    if change.status is Status.START:
        yield from wrap("nothing governed this change: it brought the rules in", indent=_INDENT)
    for document in change.documents[:_MOST_DOCUMENTS] if unproven else ():
        yield from wrap(_document_line(document), width=width, indent=_INDENT)
    more = len(change.documents) - _MOST_DOCUMENTS
    if more > 0 and unproven:
        yield f"{_INDENT}and {plural(more, 'other document')}"
    for reason in change.reasons:
        yield from wrap(f"- {escape_line(reason)}", width=width, indent=_INDENT)
    for warning in change.warnings:
        yield from _warn(warning, width=width, color=color, indent=_INDENT)


def _document_line(document: AuditedDocument) -> str:
    changes = "; ".join(document.changes)
    return escape_line(f"{document.kind} {document.id}: {changes}")


def _format_proven(audit: Audit, *, width: int, color: bool) -> Iterator[str]:
    proven = [change for change in audit.changes if change.status is Status.PROVEN]
    if not proven:
        return
    yield ""
    yield style(f"Proven {len(proven)}", "bold", on=color)
    rows = [
        (
            f"{change.at:%Y-%m-%d}",
            change.commit[:_HASH],
            f"#{change.pull}" if change.pull else change.came.value,
            change.author,
            ", ".join(approvers_of(change)) or "itself",
            change.subject,
        )
        for change in proven
    ]
    headers = ("day", "commit", "change", "by", "approved by", "subject")
    yield from format_table(headers, rows, width=width, color=color, whole=("day", "commit"))
    for change in proven:
        for warning in change.warnings:
            text = f"{change.commit[:_HASH]}: {warning}"
            yield from _warn(text, width=width, color=color)


def approvers_of(change: AuditedChange) -> tuple[str, ...]:
    """Return the ids of everybody whose approval was needed and given."""
    rules = (rule for document in change.documents for rule in document.rules)
    return tuple(dict.fromkeys(person for rule in rules for person in rule.approved_by))
