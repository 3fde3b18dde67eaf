"""Diagnostics for programs: ``plainwork/check/1``."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from plainwork.model.diagnostic import Diagnostic, FieldPath, Severity
from plainwork.reporting.envelope import to_json


class Finding(msgspec.Struct, frozen=True):
    """One diagnostic; ``line`` and ``column`` are null if it is about the file as a whole."""

    path: str
    line: int | None
    column: int | None
    severity: Literal["error", "warning", "info"]
    rule: str
    message: str
    hint: str
    field: FieldPath


class CheckReport(msgspec.Struct, frozen=True):
    """What ``plainwork check --format json`` prints.

    Attributes:
        documents: How many documents were checked.
        errors: How many diagnostics are errors; only these fail the check.
        warnings: How many are warnings.
        infos: How many are neither.
        diagnostics: In the order of their places.
    """

    documents: int
    errors: int
    warnings: int
    infos: int
    diagnostics: tuple[Finding, ...]


def format_json(diagnostics: Sequence[Diagnostic], *, documents: int) -> str:
    """Return the diagnostics of `documents` documents as one JSON object."""
    severities = [found.severity for found in diagnostics]
    report = CheckReport(
        documents=documents,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        infos=severities.count(Severity.INFO),
        diagnostics=tuple(map(_finding, diagnostics)),
    )
    return to_json("check", report)


def _finding(found: Diagnostic) -> Finding:
    names: dict[Severity, Literal["error", "warning", "info"]] = {
        Severity.ERROR: "error",
        Severity.WARNING: "warning",
        Severity.INFO: "info",
    }
    return Finding(
        path=found.location.path,
        line=found.location.line or None,
        column=found.location.column or None,
        severity=names[found.severity],
        rule=found.rule,
        message=found.message,
        hint=found.hint,
        field=found.field,
    )
