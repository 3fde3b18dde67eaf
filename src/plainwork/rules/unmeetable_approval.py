"""The rule ``unmeetable-approval``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.eligible import find_lists, find_shortages, present_people
from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope

_MORE = "ask for fewer, or name more people; who has left does not count"
_AUTHOR = "write `author: true`: making the change is consent enough, until more people join"


def _check(snapshot: Snapshot, today: date) -> Iterator[Found]:
    waiting: list[Found] = []
    for document in snapshot.definitions:
        for path, approvals in find_lists(document, snapshot):
            for shortage in find_shortages(approvals, document, snapshot, today):
                place = (*path, *shortage.place)
                if shortage.of_author:
                    message = shortage.message
                    found = Found(document.path, message, _AUTHOR, place, Severity.WARNING)
                    waiting.append(found)
                    continue
                # A list is short of people in every workspace that has just begun with one.
                severity = None if shortage.place else Severity.WARNING
                yield Found(document.path, shortage.message, _MORE, place, severity)
    yield from _of_one_person(waiting) if len(present_people(snapshot, today)) == 1 else waiting


def _of_one_person(waiting: list[Found]) -> Iterator[Found]:
    """Say once what is true of every approval as long as somebody works alone."""
    if waiting:
        first = min(waiting, key=lambda found: found.path)
        others = f", like {len(waiting) - 1} more" if len(waiting) > 1 else ""
        message = f"this waits for a second person{others}: nobody approves their own changes"
        yield Found(first.path, message, _AUTHOR, first.field, Severity.INFO)


RULE = Rule(
    name="unmeetable-approval",
    summary="There are enough people to give every approval.",
    remedy=(
        "What nobody can approve waits for ever. Of the people and teams that a rule names, as "
        "many must be there as it asks for, different ones for the entries of a list, and all of "
        "them besides whoever makes the change."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
