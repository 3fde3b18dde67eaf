"""The rule ``duplicate-id``: two documents must not mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.diagnostic import FieldPath
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope

_HINT = "give one of them another id"


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    yield from _among_works_and_records(snapshot)
    for kind, id_, path in snapshot.duplicates:
        yield _found(path, id_, _path_of_first(snapshot, kind, id_.lower()), ("id",))


def _among_works_and_records(snapshot: Snapshot) -> Iterator[Found]:
    columns = snapshot.works.columns
    records = snapshot.record_documents
    ids = [*columns["id"], *(record.id for record in records)]
    paths = [*columns["path"], *(record.path for record in records)]
    owners: dict[str, str] = {}
    for id_, path in zip(ids, paths, strict=True):
        first = owners.setdefault(id_.lower(), path)
        if first is not path:
            yield _found(path, id_, first, ("id",))
    for path, aliases in zip(columns["path"], columns["aliases"], strict=True):
        for position, alias in enumerate(aliases):
            first = owners.setdefault(alias.lower(), path)
            if first is not path:
                yield _found(path, alias, first, ("aliases", position))


def _path_of_first(snapshot: Snapshot, kind: str, id_: str) -> str:
    if kind == "workflow":
        return snapshot.workflows[id_].path
    return snapshot.policies[id_].path if kind == "policy" else snapshot.parties[id_].path


def _found(path: str, id_: str, first: str, field: FieldPath) -> Found:
    return Found(path, f"`{id_}` is already what {first} is called", _HINT, field)


RULE = Rule(
    name="duplicate-id",
    summary="An id or alias means one document.",
    remedy=(
        "References to it would lead to one of two. Work and records share their ids, and so do "
        "people, teams and agents. Change one of the two, or remove the alias."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
