"""The rule ``agent-approver``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.diagnostic import FieldPath
from plainwork.model.party import Agent
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope

_CONSENT = frozenset({"approvals", "waivers"})


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for document in snapshot.definitions:
        for use in document.references:
            if use.to == "approver" and _asks_for_consent(use.field):
                party = snapshot.party(use.target)
                if isinstance(party, Agent):
                    message = f"`{party.id}` is an agent, and agents never approve"
                    hint = "name people, a team or a relation such as `owner`"
                    yield Found(document.path, message, hint, use.field)


def _asks_for_consent(field: FieldPath) -> bool:
    """Whether a field says who approves; an agent may be excluded, and may make transitions."""
    return "by" in field and not _CONSENT.isdisjoint(field)


RULE = Rule(
    name="agent-approver",
    summary="No agent approves anything.",
    remedy=(
        "Consent is a human's. Let the agent prepare the decision, and name the people, team or "
        "relation that takes it."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
