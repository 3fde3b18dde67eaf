"""Saying that work waits for something that is not work, and that it waits no longer."""

from __future__ import annotations

from plainwork.analysis.lookup import WORK, find_named
from plainwork.editing.front_matter_edit import remove_field, set_field
from plainwork.errors import RefusedError, UsageError
from plainwork.model.plan import Plan
from plainwork.model.snapshot import Snapshot
from plainwork.plans.document_edit import plan_edit
from plainwork.plans.situation import Situation


def plan_block(situation: Situation, id_: str, waits_for: str) -> Plan:
    """Plan to say what work waits for.

    Raises:
        UsageError: If there is no such work, or nothing is said.
        RefusedError: If the work would be wrong.
    """
    if not waits_for.strip():
        message = "say what it waits for: plainwork block ID TEXT"
        raise UsageError(message)
    source = situation.read("work", find_named(situation.snapshot, id_, WORK).path)
    text = set_field(source.text, "blocked", waits_for, order=source.order)
    return plan_edit(situation, source, text, f"Block {source.document.id}")


def plan_unblock(situation: Situation, id_: str) -> Plan:
    """Plan to say that work waits no longer.

    Raises:
        UsageError: If there is no such work.
        RefusedError: If it was not blocked.
    """
    source = situation.read("work", find_named(situation.snapshot, id_, WORK).path)
    if "blocked" not in source.document.fields:
        raise RefusedError(_format_not_blocked(situation.snapshot, source.document.id))
    text = remove_field(source.text, "blocked")
    return plan_edit(situation, source, text, f"Unblock {source.document.id}")


def _format_not_blocked(snapshot: Snapshot, id_: str) -> str:
    work = snapshot.works.by_id[id_.lower()]
    waited = (snapshot.work(dependency.on) for dependency in work.depends_on)
    open_ = [each.id for each in waited if each is not None and each.open]
    rest = f"; it waits for {', '.join(open_)}, which `depends_on` names" if open_ else ""
    return f"{work.id}: `blocked` is not set{rest}"
