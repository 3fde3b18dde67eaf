"""The rule ``invalid-recurrence``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.quantities import parse_date
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    schedule = document.fields.get("schedule")
    if document.kind != "work" or not isinstance(schedule, dict) or "rrule" not in schedule:
        return
    path = ("schedule", "rrule")
    start = parse_date(document.fields.get("start", ""))
    if start is None:
        hint = "add `start: YYYY-MM-DD`, the first day on which it can occur"
        yield Found(document.path, "it recurs from no day: `start` is not set", hint, path)
        return
    from plainwork.analysis.recurrence import parse_rule  # only routines have a rule

    rule = parse_rule(schedule["rrule"], start)
    if isinstance(rule, str):
        hint = "write a rule of RFC 5545, such as `FREQ=MONTHLY;BYMONTHDAY=-1`"
        yield Found(document.path, f"the rule: {rule}", hint, path)


RULE = Rule(
    name="invalid-recurrence",
    summary="A schedule is a rule of RFC 5545, from a first day on.",
    remedy=(
        "Nothing would be created by it. Rules are daily or coarser, and count from `start`; "
        "`plainwork show` says them in words, with the next dates."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
