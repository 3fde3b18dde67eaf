"""The rule ``reserved-name``: a party must not be called like a relation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.relations import RESERVED_NAMES
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    relations = {
        field.name: f"a field of workflow {workflow.id}"
        for workflow in snapshot.workflows.values()
        for field in workflow.fields
        if field.type == "party"
    }
    relations |= dict.fromkeys(RESERVED_NAMES, "a relation")
    for id_, party in snapshot.parties.items():
        word = id_.partition(".")[0]
        if word in relations:
            message = f"`{word}` is {relations[word]}, so no party can be called `{party.id}`"
            yield Found(party.path, message, "give it another id", ("id",))


RULE = Rule(
    name="reserved-name",
    summary="No party is called like a relation.",
    remedy=(
        "`by: owner` means the owner of the work. With a team of that name it would mean two "
        "things. The same holds for fields of type party. Give the party another id."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
