"""What a decision says beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import join, normpath

import msgspec

from plainwork.model.decision import Reason, Verdict
from plainwork.views.shown_decision import ShownDecision, ShownDocument


class Remark(msgspec.Struct, frozen=True):
    """A remark on a line of a file; its texts may be hostile.

    Attributes:
        level: ``error``, ``warning`` or ``notice``, as jobs of GitHub call them.
        path: From the top of the repository, or ``""``: on no file.
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
        yield _of_reason(reason, level, shown.workspace)
    for document in shown.documents:
        yield from _of_document(document, shown.workspace)


def _of_reason(reason: Reason, level: str, workspace: str) -> Remark:
    lines = tuple(filter(None, (reason.message, reason.hint)))
    return Remark(level, _from_top(reason.path, workspace), reason.line, reason.code, lines)


def _of_document(document: ShownDocument, workspace: str) -> Iterator[Remark]:
    asked = [f"{need.what}: {need.whom}" for need in document.needs if need.state == "missing"]
    blocked = [
        f"{need.what}: blocked by {', '.join(need.blocked_by)}"
        for need in document.needs
        if need.state == "blocked"
    ]
    if asked or blocked:
        lines = (*document.changes, *blocked, *asked)
        level = "error" if blocked else "warning"
        path = _from_top(document.path, workspace)
        yield Remark(level, path, document.line, "needs approval", lines)


def _from_top(path: str, workspace: str) -> str:
    """Return a path from the top of the repository; what lies beside a workspace begins with .."""
    return normpath(join(workspace, path)) if path else ""
