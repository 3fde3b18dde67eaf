"""The rule ``unknown-party``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.references import PARTY_KINDS, find_broken_references
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for broken in find_broken_references(snapshot):
        use = broken.use
        if use.to in PARTY_KINDS and not broken.found:
            kind = "person, team or agent" if use.to == "party" else use.to
            message = f"there is no {kind} `{use.target}`"
            yield Found(broken.path, message, broken.hint, use.field)


RULE = Rule(
    name="unknown-party",
    summary="People, teams and agents that are named exist.",
    remedy=(
        "A misspelt name would leave work with nobody. Correct it, or add the party: a file in "
        "`people/`, `teams/` or `agents/`. Somebody outside can only be a `requester`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
