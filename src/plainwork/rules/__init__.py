"""The rules that ``plainwork check`` applies, and how they are applied.

To add a rule: write one module, add it to :data:`BUILT_IN`, and give it a folder of examples
under ``tests/rules/``.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Rule, Scope

__all__ = ["BUILT_IN", "Rule", "Scope", "check_change", "check_document", "check_workspace"]

BUILT_IN: tuple[Rule, ...] = ()


def check_document(
    document: Document, workflows: Mapping[str, Workflow], settings: Settings
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with one document by itself, lines still to be found."""
    if not document.readable:
        return ()
    return tuple(
        rule.diagnostic(found)
        for rule in BUILT_IN
        if rule.check_document is not None
        for found in rule.check_document(document, workflows, settings)
    )


def check_workspace(
    snapshot: Snapshot, today: date, rules: Iterable[Rule] = BUILT_IN
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with all documents together, lines still to be found."""
    return tuple(
        rule.diagnostic(found)
        for rule in rules
        if rule.check_workspace is not None
        for found in rule.check_workspace(snapshot, today)
    )


def check_change(
    before: Snapshot, after: Snapshot, today: date, rules: Iterable[Rule] = BUILT_IN
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a change, lines (of what is there after it) still to be found."""
    return tuple(
        rule.diagnostic(found)
        for rule in rules
        if rule.check_change is not None
        for found in rule.check_change(before, after, today)
    )
