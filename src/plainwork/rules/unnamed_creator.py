"""The rule ``unnamed-creator``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Workflow
from plainwork.parsing.quantities import parse_date
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    keys = {id_: _keys_of(workflow) for id_, workflow in snapshot.workflows.items()}
    columns, by_id = snapshot.works.columns, snapshot.works.by_id
    for row, names in enumerate(zip(columns["id"], columns["aliases"], strict=True)):
        for name in (names[0], *names[1]):
            creator = _find_creator(name, snapshot, keys)
            if creator is not None and by_id.get(columns["parent"][row].lower()) != creator:
                message = f"`{name}` is what {creator.id} creates, which is not its parent"
                hint = f"write `parent: {creator.id}`, or give it another id"
                field = "id" if name == names[0] else "aliases"
                yield Found(columns["path"][row], message, hint, (field,))
    for record in snapshot.record_documents:
        creator = _find_creator(record.id, snapshot, keys)
        if creator is not None:
            message = f"`{record.id}` is work that {creator.id} creates, and no record"
            yield Found(record.path, message, "give it another id", ("id",))


def _find_creator(name: str, snapshot: Snapshot, keys: dict[str, frozenset[str]]) -> Work | None:
    """Return the work that creates work of such a name, if there is any.

    Of a routine every day counts, also one on which nothing recurs: what is owed lies behind the
    last day that there is.
    """
    id_, dot, suffix = name.lower().rpartition(".")
    creator = snapshot.works.by_id.get(id_) if dot else None
    if creator is None or creator.id.lower() != id_:
        return None
    recurs = creator.kind == "routine" and "schedule" in creator.fields
    if recurs and parse_date(suffix) is not None:
        return creator
    return creator if suffix in keys.get(creator.workflow.lower(), ()) else None


def _keys_of(workflow: Workflow) -> frozenset[str]:
    lists = [state.creates for state in workflow.states]
    lists += [clock.creates for clock in workflow.clocks]
    return frozenset(creation.key for creations in lists for creation in creations)


RULE = Rule(
    name="unnamed-creator",
    summary="Work that has the id of created work has what creates it as its parent.",
    remedy=(
        "What is there under that id is never created: a duty would seem to be seen to. Name the "
        "routine or work that creates it as `parent`, where everybody looks for it, or choose "
        "another id."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
