"""The rule ``ambiguous-transition``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    joined: dict[tuple[str, str], str] = {}
    for transition in make_workflow(document).transitions:
        for source in dict.fromkeys(transition.sources or ("",)):
            first = joined.setdefault((source, transition.to), transition.name)
            if first != transition.name:
                way = f"from `{source}` to" if source else "new work to"
                message = f"`{transition.name}` leads {way} `{transition.to}`, as `{first}` does"
                hint = "keep one of them; which one somebody means cannot be told"
                yield Found(document.path, message, hint, ("transitions", transition.name))


RULE = Rule(
    name="ambiguous-transition",
    summary="At most one transition joins two states.",
    remedy=(
        "A change says from where to where, not by which transition. Of two, one would never be "
        "asked for its guards. Join them, with conditions if need be."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
