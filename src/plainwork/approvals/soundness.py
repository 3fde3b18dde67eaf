"""Whether a change can be decided at all: evidence of this very change, and rules that read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from plainwork.model.change import Change
from plainwork.model.decision import Reason
from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence

WITHOUT_FORGE = frozenset({"signed", "file"})
"""Where evidence comes from that no forge gives: the repository must be named all the same."""

_SETTINGS = "plainwork.toml"
_RULES = frozenset({"workflow", "policy"})
_MOST_SHOWN = 20
_YEARS = range(1970, 9000)

CLEAR = frozenset(
    {
        "field-definition",
        "invalid-condition",
        "migrated-state",
        "no-way-to-an-end",
        "service-level-percent",
        "transition-to-itself",
        "undeclared-field",
        "undeclared-state",
        "wip-limit-on-end",
        "workflow-without-states",
    }
)
"""Rules of the check whose violation leaves no doubt of whom a definition asks for consent.

What is wrong so can be mended by a change that is judged as any other: what it leaves open is
refused or asks more people, never fewer. Any other error makes a definition unreadable.
"""


def find_obstacles(change: Change, evidence: Evidence) -> Iterator[Reason]:
    """Yield each reason for which no decision is possible; all of them block."""
    yield from _find_foreign_evidence(change, evidence)
    yield from _find_gaps(change, evidence)
    if not change.governed:
        if not change.first:
            yield Reason(
                "not-governed",
                "the branch holds no plainwork.toml any more, so nothing says who decides",
                "restore it; `init` is for a branch that never held one",
            )
        return
    yield from _find_unreadable_rules(change)


def _find_foreign_evidence(change: Change, evidence: Evidence) -> Iterator[Reason]:
    if evidence.schema != EVIDENCE_SCHEMA:
        yield Reason("other-evidence", "the evidence is of another version of this format")
    if without_odd_times(evidence) != evidence:
        yield Reason("other-evidence", "the evidence has times that nobody can compare")
    here, there = _names(change, evidence)
    if change.governed and here.casefold() != there.casefold():
        message = f"the evidence is about {there}, the workspace says it is {here}"
        yield Reason("other-evidence", message, "`[forge]` in plainwork.toml says which it is")
    if evidence.ref != change.ref:
        message = f"the evidence is about {evidence.ref}, not {change.ref}"
        yield Reason("other-evidence", message)
    for word, read, judged in (
        ("base", evidence.base, change.base),
        ("head", evidence.head, change.head),
    ):
        if read != judged:
            message = f"the evidence is about the {word} {read[:10]}, not {judged[:10]}"
            yield Reason("other-evidence", message, "it has moved; decide again")


def without_odd_times(evidence: Evidence) -> Evidence:
    """Return evidence without what has a time that nobody can compare."""
    return msgspec.structs.replace(
        evidence,
        heads=tuple(each for each in evidence.heads if is_comparable(each.at)),
        reviews=tuple(each for each in evidence.reviews if is_comparable(each.submitted_at)),
    )


def is_comparable(time: datetime) -> bool:
    """Return whether a time has an offset, and room for sums and other offsets around it."""
    return time.tzinfo is not None and time.year in _YEARS


def _names(change: Change, evidence: Evidence) -> tuple[str, str]:
    if evidence.forge in WITHOUT_FORGE:
        return change.repository.partition(":")[2], evidence.repository
    return change.repository, f"{evidence.forge}:{evidence.repository}"


def _find_gaps(change: Change, evidence: Evidence) -> Iterator[Reason]:
    if not evidence.complete:
        gaps = "; ".join(evidence.gaps[:_MOST_SHOWN]) or "it does not say what is missing"
        message = f"not all of it could be read: {gaps}"
        yield Reason("incomplete-evidence", message, "decide again when the forge answers")
    if evidence.commits is not None and evidence.commits != change.commits:
        message = f"the forge counts {evidence.commits} commits, Git {change.commits}"
        yield Reason("count-mismatch", message, "decide again; the branch may just have moved")
    # A forge counts a renamed file once, Git's own comparison twice: there and gone.
    files = evidence.files
    if files is not None and not (change.files + 1) // 2 <= files <= change.files:
        message = f"the forge counts {files} changed files, Git {change.files}"
        yield Reason("count-mismatch", message, "decide again; the branch may just have moved")


def _find_unreadable_rules(change: Change) -> Iterator[Reason]:
    base = change.before
    for each in base.diagnostics:
        if each.location.path == _SETTINGS and each.severity is Severity.ERROR:
            yield _unreadable(f"the branch's settings cannot be read: {each.message}", _SETTINGS)
    for kind, id_, path in base.duplicates:
        yield _unreadable(f"the branch holds two documents of {kind} {id_}", path)
    for document in base.definitions:
        errors = [each for each in document.diagnostics if _is_in_doubt(each)]
        if document.kind in _RULES and (errors or not document.readable):
            what = errors[0].message if errors else "it has no front matter"
            message = f"the {document.kind} {document.id} of the branch cannot be read: {what}"
            yield _unreadable(message, document.path)


def _is_in_doubt(diagnostic: Diagnostic) -> bool:
    """Return whether what a definition asks cannot be told by what is wrong with it."""
    return diagnostic.severity is Severity.ERROR and diagnostic.rule not in CLEAR


def _unreadable(message: str, path: str) -> Reason:
    # Even a change that only mends it has no rules by which it could be approved.
    hint = (
        f"no approval helps, not of a change that mends it either: whoever may push past this "
        f"check puts {path} back as it was (`git log -p -- {path}`) or mends it on the branch, "
        f"until `plainwork check` is content; `plainwork audit` then lists that push"
    )
    return Reason("unreadable-rule", message, hint, path)
