"""The rule ``approval-count``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.typed_values import find_approvals
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import APPROVAL_COUNT
from plainwork.parsing.scalars import shorten
from plainwork.rules.rule import Found, Rule, Scope

_KINDS = frozenset({"workflow", "policy"})


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind not in _KINDS:
        return
    for path, approval in find_approvals(document):
        count = approval.get("count", "1")
        if not APPROVAL_COUNT.fullmatch(count):
            message = f"`{shorten(count)}` is no number of people"
            hint = "write `all` or a number from 1 to 99"
            yield Found(document.path, message, hint, (*path, "count"))


RULE = Rule(
    name="approval-count",
    summary="An approval asks for 1 to 99 people, or for all.",
    remedy=(
        "A count that says something else would be met by nobody or by anybody. Where no consent "
        "is needed, write `approvals: []`."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
