"""Diagnostics as SARIF 2.1.0, the exchange format of static analysis (OASIS standard)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.reporting.text import escape_line

if TYPE_CHECKING:
    from plainwork.rules.rule import Rule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def format_sarif(
    diagnostics: Sequence[Diagnostic], *, rules: Sequence["Rule"], version: str
) -> str:
    """Return a whole SARIF log with one run.

    Args:
        diagnostics: In the order in which they are shown.
        rules: Those known; the log holds the ones that the diagnostics name.
        version: Of plainwork.
    """
    named = {found.rule for found in diagnostics}
    described = [rule for rule in rules if rule.name in named]
    index = {rule.name: at for at, rule in enumerate(described)}
    driver = {"name": "plainwork", "version": version, "rules": list(map(_rule, described))}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(diagnostics, index)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _rule(rule: "Rule") -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(diagnostics: Sequence[Diagnostic], index: dict[str, int]) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    for found in diagnostics:
        identity = _identity(found)
        seen[identity] = seen.get(identity, 0) + 1
        yield {
            "ruleId": found.rule,
            "ruleIndex": index.get(found.rule, -1),  # -1 is the standard's "not described"
            "level": _LEVELS[found.severity],
            "message": {"text": _message(found)},
            "locations": [{"physicalLocation": _physical_location(found.location)}],
            "partialFingerprints": {"plainwork/v1": f"{identity}:{seen[identity]}"},
        }


def _identity(found: Diagnostic) -> str:
    """Return a digest that stays the same while lines move above the place."""
    from hashlib import sha256

    parts = (found.rule, found.location.path, *map(str, found.field), found.message)
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return sha256(text).hexdigest()[:32]


def _message(found: Diagnostic) -> str:
    """Return message and hint with nothing that is a placeholder or link (SARIF 3.11.5, 3.11.6)."""
    import re

    text = "\n".join(map(escape_line, filter(None, (found.message, found.hint))))
    shown = re.sub(r"\{(\d+)\}", r"{{\1}}", text)
    return re.sub(r"\[([^\[\]]*)\](?=\()", r"\\[\1\\]", shown)


def _physical_location(location: Location) -> dict[str, Any]:
    from urllib.parse import quote

    # A path is bytes on Linux; those that are no UTF-8 are encoded as what they are.
    uri = quote(location.path.encode("utf-8", "surrogateescape"))
    place: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
    if location.line:  # Without a region a result is about the file as a whole (SARIF 3.29.4).
        place["region"] = {"startLine": location.line, "startColumn": max(location.column, 1)}
    return place
