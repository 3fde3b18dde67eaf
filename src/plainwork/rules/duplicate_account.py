"""The rule ``duplicate-account``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    holders: dict[tuple[str, str | int], str] = {}
    for party in snapshot.parties.values():
        for forge, account in party.accounts.items():
            names = (account.login.lower(), account.id)
            keys = [(forge, name) for name in names if name is not None]
            first = next((holders[key] for key in keys if key in holders), None)
            for key in keys:
                holders.setdefault(key, party.id)
            if first is not None:
                message = f"the {forge} account {account.login} is already that of {first}"
                hint = "give each account to one party"
                yield Found(party.path, message, hint, ("accounts", forge))


RULE = Rule(
    name="duplicate-account",
    summary="An account belongs to one party.",
    remedy=(
        "Whoever acts with it must be one person, team or agent, or approvals could be counted "
        "twice. Remove it from the other."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
