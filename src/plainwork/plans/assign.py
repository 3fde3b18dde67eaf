"""Saying who does work, and handing it to another team."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from plainwork.analysis.lookup import PARTIES, TEAM, WORK, find_named
from plainwork.editing.front_matter_edit import set_field
from plainwork.errors import RefusedError
from plainwork.model.plan import Plan
from plainwork.plans.document_edit import plan_edit
from plainwork.plans.situation import Situation

_ME = "me"


def plan_assign(situation: Situation, id_: str, parties: Sequence[str]) -> Plan:
    """Plan to have work done by these parties and by nobody else.

    Args:
        situation: The workspace as it is.
        id_: The work's id, or a unique beginning of it.
        parties: Ids or unique beginnings of them; ``me`` is who asks.

    Raises:
        UsageError: If there is no such work or party.
        RefusedError: If the work would be wrong.
    """
    source = situation.read("work", find_named(situation.snapshot, id_, WORK).path)
    assignees = list(dict.fromkeys(_find_party(situation, party) for party in parties))
    text = set_field(source.text, "assignees", assignees, order=source.order)
    id_ = source.document.id
    return plan_edit(situation, source, text, f"Assign {id_} to {', '.join(assignees)}")


def plan_handoff(situation: Situation, id_: str, team: str) -> Plan:
    """Plan to offer work to another team.

    Raises:
        UsageError: If there is no such work or team.
        RefusedError: If the team has it already, or the state says who is responsible.
    """
    snapshot = situation.snapshot
    named = find_named(snapshot, id_, WORK)
    work = snapshot.works.by_id[named.id.lower()]
    receiver = find_named(snapshot, team, TEAM).id
    if work.team == receiver:
        message = f"{work.id} is with {receiver} already"
        raise RefusedError(message)
    state = snapshot.state(work)
    if state is not None and state.team:
        message = (
            f"{work.id}: in {state.name} {state.team} is responsible, by its workflow;"
            f" move it to a state of {receiver}: `plainwork show {work.id}` names the ways"
        )
        raise RefusedError(message)
    source = situation.read("work", named.path)
    text = set_field(source.text, "team", receiver, order=source.order)
    plan = plan_edit(situation, source, text, f"Hand {work.id} over to {receiver}")
    note = (
        f"offered to {snapshot.label(receiver)}, who accept by their first change or by"
        f" `plainwork accept {work.id}`"
    )
    return msgspec.structs.replace(plan, notes=(*plan.notes, note))


def _find_party(situation: Situation, text: str) -> str:
    if text != _ME:
        return find_named(situation.snapshot, text, PARTIES).id
    return situation.require_actor()
