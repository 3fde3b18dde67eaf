"""The rule ``departed-assignee``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plainwork.analysis.departures import find_departed
from plainwork.model.diagnostic import FieldPath, Severity
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import ReferenceUse
from plainwork.rules.rule import Found, Rule, Scope

_Named = tuple[str, str, FieldPath, str]


def _check(snapshot: Snapshot, today: date) -> Iterator[Found]:
    departed = find_departed(snapshot, today)
    if not departed:
        return
    for path, party, field, does in _named_ahead(snapshot):
        if party.lower() in departed:
            message = f"{party}, whose last day was {departed[party.lower()]}, {does}"
            yield Found(path, message, "name somebody who is there", field)


def _named_ahead(snapshot: Snapshot) -> Iterator[_Named]:
    """Yield (path, party, field, words) of whoever is to do something that is yet to come."""
    for document in snapshot.definitions:
        yield from _created_for(document.path, document.references)
        if document.kind == "person":
            for use in document.references:
                if use.field[0] == "delegates" and use.to == "person":
                    yield document.path, use.target, use.field, "is to stand in"
    for row, kind in enumerate(snapshot.works.columns["kind"]):
        routine = snapshot.works[row]
        if kind == "routine" and routine.open:
            yield from _created_for(routine.path, routine.references)


def _created_for(path: str, references: Iterable[ReferenceUse]) -> Iterator[_Named]:
    for use in references:
        if "creates" in use.field and use.to in ("party", "person"):
            yield path, use.target, use.field, "would get work that is created"


RULE = Rule(
    name="departed-assignee",
    summary="Whoever is to get work, or to stand in for somebody, is there.",
    remedy=(
        "Rotation passes over who is on leave, but not over who has left. Name somebody else in "
        "`rotation`, `assignees` or `delegates`."
    ),
    scope=Scope.WORKSPACE,
    severity=Severity.WARNING,
    check_workspace=_check,
)
