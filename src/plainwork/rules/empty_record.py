"""The rule ``empty-record``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope

_SAYS: Mapping[str, tuple[str, ...]] = {
    "update": ("health", "headline"),
    "spent": ("time", "cost"),
}


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "record":
        return
    kind = document.fields.get("record", "")
    names = _SAYS.get(kind, ())
    if not names or any(name in document.fields for name in names):
        return
    if kind == "spent":
        yield Found(document.path, "nothing was spent", "set `time` or `cost`", ("record",))
    elif not document.body.strip():
        hint = "write the text below the front matter, or set `headline` or `health`"
        yield Found(document.path, "the update says nothing", hint, ("record",))


RULE = Rule(
    name="empty-record",
    summary="A record says something.",
    remedy=(
        "An update has a text, a headline or the health of the work; what was spent is time or "
        "money. Records stay for ever, so write it before it is merged."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
