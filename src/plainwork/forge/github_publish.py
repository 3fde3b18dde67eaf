"""Telling GitHub about a change: a check run, or a commit status where only that is allowed.

A check run belongs to the app whose token made it, so branch protection can ask for its source.
Anybody who may write can set a commit status: it is what is left to a person's token.
"""

from __future__ import annotations

from typing import Any

import msgspec

from plainwork.forge.client import CHECK_NAME, Annotation, CheckState, Report
from plainwork.forge.github_evidence import GitHubRepository
from plainwork.forge.http import ForgeRefusedError

_NEEDS_CHECKS = "Checks: write"
_NEEDS_STATUSES = "Commit statuses: write"
_FORBIDDEN = 403
_ANNOTATIONS = 50
"""As many as one request takes."""
_SUMMARY = 65_535
_DESCRIPTION = 140
_CONCLUSIONS = {
    CheckState.SUCCESS: "success",
    CheckState.FAILURE: "failure",
    CheckState.ERROR: "failure",
}


class _CheckRun(msgspec.Struct):
    id: int
    html_url: str | None = None


class _Status(msgspec.Struct):
    url: str = ""


def publish(repository: GitHubRepository, report: Report, pending: dict[str, int]) -> str:
    """Publish a report and return where it stands.

    Args:
        repository: Where to.
        report: What, of which commit.
        pending: Commit to the check run that is not finished yet; it is kept up to date.

    Raises:
        ForgeRefusedError: If the token may write neither checks nor statuses.
    """
    try:
        return _publish_check(repository, report, pending)
    except ForgeRefusedError as refusal:
        if refusal.status != _FORBIDDEN:
            raise
    return _publish_status(repository, report)


def _publish_check(repository: GitHubRepository, report: Report, pending: dict[str, int]) -> str:
    """Finish the run that is pending, or begin one: every conclusion is said explicitly."""
    head = report.evidence.head
    body = _describe(report)
    method, path = "POST", repository.path("check-runs")
    if head in pending:
        method, path = "PATCH", repository.path("check-runs", pending[head])
    else:
        body |= {"name": CHECK_NAME, "head_sha": head}
    run = repository.api.send(method, path, body, _CheckRun, needs=_NEEDS_CHECKS)
    _annotate(repository, run.id, report)
    if report.state is CheckState.PENDING:
        pending[head] = run.id
    else:
        pending.pop(head, None)
    return run.html_url or ""


def _describe(report: Report) -> dict[str, Any]:
    body: dict[str, Any] = {"status": "in_progress", "output": _output(report, report.annotations)}
    if report.state in _CONCLUSIONS:
        body |= {"status": "completed", "conclusion": _CONCLUSIONS[report.state]}
    if report.url:
        body["details_url"] = report.url
    return body


def _annotate(repository: GitHubRepository, run: int, report: Report) -> None:
    """Send the annotations that did not fit into the first request."""
    at = repository.path("check-runs", run)
    rest = report.annotations[_ANNOTATIONS:]
    while rest:
        body = {"output": _output(report, rest)}
        repository.api.send("PATCH", at, body, _CheckRun, needs=_NEEDS_CHECKS)
        rest = rest[_ANNOTATIONS:]


def _output(report: Report, annotations: tuple[Annotation, ...]) -> dict[str, Any]:
    return {
        "title": report.headline,
        "summary": report.summary[:_SUMMARY],
        "annotations": [
            {
                "path": each.path,
                "start_line": max(1, each.line),
                "end_line": max(1, each.line),
                "annotation_level": each.level,
                "message": each.message,
            }
            for each in annotations[:_ANNOTATIONS]
        ],
    }


def _publish_status(repository: GitHubRepository, report: Report) -> str:
    body = {
        "state": report.state.value,
        "context": CHECK_NAME,
        "description": report.headline[:_DESCRIPTION],
    }
    if report.url:
        body["target_url"] = report.url
    at = repository.path("statuses", report.evidence.head)
    repository.api.send("POST", at, body, _Status, needs=_NEEDS_STATUSES)
    return report.evidence.url
