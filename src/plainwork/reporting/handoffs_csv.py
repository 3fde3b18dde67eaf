"""Handoffs as a table for spreadsheets: a line each."""

from __future__ import annotations

from plainwork.flow.handoffs import Handoff, Handoffs
from plainwork.reporting.csv import format_csv

_HEADERS = (
    *("work", "title", "from", "to", "state", "offered", "commit", "outcome", "answered"),
    *("answer_commit", "by", "wait_seconds", "working_seconds", "within", "due", "late"),
    *("rejections", "returned"),
)


def format_handoffs_csv(found: Handoffs) -> str:
    """Return every handoff as CSV, the oldest first."""
    return format_csv(_HEADERS, map(_row, found.handoffs))


def _row(handoff: Handoff) -> tuple[str, ...]:
    return (
        handoff.work,
        handoff.title,
        handoff.giver,
        handoff.receiver,
        handoff.state,
        handoff.offered.isoformat(),
        handoff.commit,
        handoff.outcome.value,
        handoff.answered.isoformat() if handoff.answered else "",
        handoff.answer_commit,
        handoff.by,
        str(handoff.wait.elapsed),
        str(handoff.wait.working),
        handoff.within,
        handoff.due.isoformat() if handoff.due else "",
        str(handoff.late).lower(),
        str(len(handoff.rejections)),
        str(handoff.returned).lower(),
    )
