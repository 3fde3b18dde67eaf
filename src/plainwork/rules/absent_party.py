"""The rule ``absent-party``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from plainwork.analysis.absence import find_absentees, find_newly_absent
from plainwork.analysis.snapshot_changes import find_former
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import CLOSED
from plainwork.rules.rule import Found, Rule, Scope

_Versions = tuple[str, Mapping[str, Any], Mapping[str, Any]]
"""A document's path, its fields before the change and after it."""


def _check(before: Snapshot, after: Snapshot, today: date) -> Iterator[Found]:
    absentees = find_absentees(after, today)
    if not absentees:
        return
    works = _works_of(absentees.keys(), before, after)
    for path, old, new in (*works, *_definitions(before, after)):
        for absent in find_newly_absent(old, new, absentees):
            yield Found(path, absent.message, absent.hint, absent.field)


def _works_of(parties: Collection[str], before: Snapshot, after: Snapshot) -> Iterator[_Versions]:
    """Yield the open work that names some parties."""
    columns = after.works.columns
    rows = zip(columns["category"], columns["written_owner"], columns["assignees"], strict=True)
    for row, (category, owner, assignees) in enumerate(rows):
        named = (owner, *assignees)
        if category not in CLOSED and any(party.lower() in parties for party in named):
            work = after.works[row]
            former = find_former(before, work)
            yield work.path, former.fields if former else {}, work.fields


def _definitions(before: Snapshot, after: Snapshot) -> Iterator[_Versions]:
    old = {(each.kind, each.id.lower()): each.fields for each in before.definitions}
    for document in after.definitions:
        yield document.path, old.get((document.kind, document.id.lower()), {}), document.fields


RULE = Rule(
    name="absent-party",
    summary="Nobody is given work who is not there.",
    remedy=(
        "Before the first day and after the last one people own and are assigned nothing new, and "
        "a stopped agent does nothing. Name somebody who is there, or correct `from` or `until`."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
