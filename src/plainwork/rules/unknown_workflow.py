"""The rule ``unknown-workflow``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.references import find_broken_references
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    default = snapshot.settings.default_workflow
    # Unset, it is `task`, which a workspace need not have.
    if default.lower() not in snapshot.workflows and default != Settings().default_workflow:
        message = f"there is no workflow `{default}`"
        yield Found("plainwork.toml", message, field=("workspace", "default_workflow"))
    for broken in find_broken_references(snapshot):
        use = broken.use
        if use.to == "workflow":
            hint = broken.hint or f"write `workflows/{use.target.lower()}.md`"
            yield Found(broken.path, f"there is no workflow `{use.target}`", hint, use.field)


RULE = Rule(
    name="unknown-workflow",
    summary="Workflows that are named exist.",
    remedy=(
        "The workflow is the type: without it the work has no states, no fields of its own and no "
        "rules. Correct the name, or write the workflow."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
