"""The rule ``agent-owner``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.owners import find_owners
from plainwork.model.party import Agent
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for path, owner in find_owners(snapshot):
        agent = snapshot.party(owner)
        if isinstance(agent, Agent):
            hint = "put the agent into `assignees`"
            if agent.owner:
                hint += f"; {agent.owner} answers for it"
            yield Found(path, f"`{agent.id}` is an agent, and agents never own", hint, ("owner",))


RULE = Rule(
    name="agent-owner",
    summary="No agent owns anything.",
    remedy=(
        "An agent may do the work, but only a human can answer for it. Make the person who answers "
        "for the agent the owner, and the agent an assignee."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
