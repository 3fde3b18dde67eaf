"""The rule ``unmeetable-approval``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.eligible import find_lists, find_shortages
from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, today: date) -> Iterator[Found]:
    for document in snapshot.definitions:
        for path, approvals in find_lists(document, snapshot):
            for place, message in find_shortages(approvals, document, snapshot, today):
                hint = "ask for fewer, or name more people; who has left does not count"
                # A list is short of people in every workspace that has just begun with one.
                severity = None if place else Severity.WARNING
                yield Found(document.path, message, hint, (*path, *place), severity)


RULE = Rule(
    name="unmeetable-approval",
    summary="There are enough people to give every approval.",
    remedy=(
        "What nobody can approve waits for ever. Of the people and teams that a rule names, as "
        "many must be there as it asks for, and different ones for the entries of a list."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
