"""What a decision says beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.model.decision import Reason, Verdict
from plainwork.views.shown_decision import ShownDecision, ShownDocument


class Remark(msgspec.Struct, frozen=True):
    """A remark on a line of a file; its texts may be hostile.

    Attributes:
        level: ``error``, ``warning`` or ``notice``, as jobs of GitHub call them.
        path: From the top of the repository, or ``""``: on none.
        line: From 1; 0: on none.
    """

    level: str
    path: str
    line: int
    title: str
    lines: tuple[str, ...]


def compute_remarks(shown: ShownDecision) -> Iterator[Remark]:
    """Yield a remark for each reason, and for each document that somebody must still agree to."""
    level = "notice" if shown.verdict is Verdict.APPROVED else "error"
    for reason in shown.reasons:
        yield _of_reason(reason, level)
    for document in shown.documents:
        yield from _of_document(document)


def _of_reason(reason: Reason, level: str) -> Remark:
    lines = tuple(filter(None, (reason.message, reason.hint)))
    return Remark(level, reason.path, reason.line, reason.code, lines)


def _of_document(document: ShownDocument) -> Iterator[Remark]:
    asked = [f"{need.what}: {need.whom}" for need in document.needs if need.state == "missing"]
    blocked = [
        f"{need.what}: blocked by {', '.join(need.blocked_by)}"
        for need in document.needs
        if need.state == "blocked"
    ]
    if asked or blocked:
        lines = (*document.changes, *blocked, *asked)
        level = "error" if blocked else "warning"
        yield Remark(level, document.path, document.line, "needs approval", lines)
