"""The rule ``unknown-workspace``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.analysis.references import find_broken_references
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    for broken in find_broken_references(snapshot):
        use = broken.use
        if use.to == "workspace":
            name = use.target.partition(":")[0]
            hint = broken.hint or f'add `{name} = "https://…"` to `[workspaces]` in plainwork.toml'
            yield Found(broken.path, f"there is no workspace `{name}`", hint, use.field)


RULE = Rule(
    name="unknown-workspace",
    summary="Other workspaces that are named are listed in `plainwork.toml`.",
    remedy=(
        "`hr:hr-7k3q9` is work of the workspace that `[workspaces]` calls `hr`. Whether the work "
        "is there, only those can see who may read it. Correct the name, or add the workspace."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
