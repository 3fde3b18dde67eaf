"""The rule ``service-level-percent``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope

_ALL = 100


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    level = document.fields.get("service_level", {})
    if not 0 < level.get("percent", _ALL) <= _ALL:
        message = f"{level['percent']} is no share of a hundred"
        hint = "write how many of a hundred are finished in time, such as 85"
        yield Found(document.path, message, hint, ("service_level", "percent"))


RULE = Rule(
    name="service-level-percent",
    summary="A service level promises a share of the work.",
    remedy=(
        "Of a hundred pieces of work at most a hundred can be finished in time, and a promise of "
        "none is none. Say how many."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
