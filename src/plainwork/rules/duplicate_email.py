"""The rule ``duplicate-email``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    holders: dict[str, str] = {}
    for person in snapshot.parties.values():
        if not isinstance(person, Person):
            continue
        for position, email in enumerate(person.emails):
            first = holders.setdefault(email.lower(), person.id)
            if first != person.id:
                message = f"{email} is already an address of {first}"
                hint = "leave it with the one who commits with it"
                yield Found(person.path, message, hint, ("emails", position))


RULE = Rule(
    name="duplicate-email",
    summary="An e-mail address belongs to one person.",
    remedy=(
        "Git knows people by it. If two share one, nobody can tell who made a change. Leave it "
        "with one of them."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
