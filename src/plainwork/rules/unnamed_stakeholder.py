"""The rule ``unnamed-stakeholder``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "work":
        return
    workflow = workflows.get(document.fields.get("workflow", "").lower())
    if workflow is None or workflow.kind != "project":
        return
    for position, entry in enumerate(document.fields.get("stakeholders", ())):
        names = [name for name in ("party", "name") if entry.get(name)]
        if len(names) != 1:
            message = "a stakeholder is two at once" if names else "a stakeholder is nobody"
            hint = "say `party`, or `name` of somebody outside"
            yield Found(document.path, message, hint, ("stakeholders", position))


RULE = Rule(
    name="unnamed-stakeholder",
    summary="A stakeholder is a party, or somebody outside with a name.",
    remedy=(
        "An interest that nobody has is no interest, and one that two have is two. Say `party` of "
        "those who have a file here, `name` of others, in an entry each."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
