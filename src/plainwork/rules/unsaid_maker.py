"""The rule ``unsaid-maker``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.party import Agent
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Category
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    agents = {id_ for id_, party in snapshot.parties.items() if isinstance(party, Agent)}
    if not agents:
        return
    columns = snapshot.works.columns
    rows = zip(columns["category"], columns["assignees"], columns["made_by"], strict=True)
    for row, (category, assignees, made_by) in enumerate(rows):
        if category is not Category.DONE or not assignees or made_by in ("assisted", "agent"):
            continue
        done_by = [assignee for assignee in assignees if assignee.lower() in agents]
        # Beside an agent a person may have done it all, if they say so.
        if len(done_by) == len(assignees) or (done_by and not made_by):
            message = f"the agent {done_by[0]} did it, and `made_by` does not say so"
            hint = "write `made_by: agent`, or `assisted` if a person had the larger part"
            field = ("made_by",) if made_by else ("assignees", assignees.index(done_by[0]))
            yield Found(columns["path"][row], message, hint, field)


RULE = Rule(
    name="unsaid-maker",
    summary="What an agent has done says so.",
    remedy=(
        "Whoever relies on the result should know who produced it. Set `made_by` to `agent`, or to "
        "`assisted` if a person had the larger part in it."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
