"""The rule ``wrong-reference``: the id is right, but of something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.references import find_broken_references
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope

_WORDS = {"agent": "an agent", "item": "an item"}


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for broken in find_broken_references(snapshot):
        if broken.found:
            use = broken.use
            message = f"`{use.target}` is {_with_article(broken.found)}, not a {use.to}"
            yield Found(broken.path, message, field=use.field)


def _with_article(kind: str) -> str:
    return _WORDS.get(kind, f"a {kind}")


RULE = Rule(
    name="wrong-reference",
    summary="What is named is of the kind that the field needs.",
    remedy=(
        "A lead or a manager is a person, `project` names a project, a milestone is an item. "
        "Name one of that kind, or use the field that is meant for it."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
