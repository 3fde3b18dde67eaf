"""The rule ``wip-limit-on-end``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import CLOSED, Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    for name, state in document.fields.get("states", {}).items():
        if "wip_limit" in state and state.get("category") in CLOSED:
            message = f"`{name}` is an end, and its limit would keep work from being closed"
            hint = "remove `wip_limit`, or set it where work is in progress"
            yield Found(document.path, message, hint, ("states", name, "wip_limit"))


RULE = Rule(
    name="wip-limit-on-end",
    summary="Only open states limit how much work stands in them.",
    remedy=(
        "Closed work stays where it is, so the limit would be reached once and for all. Limit a "
        "state in which work is in progress."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
