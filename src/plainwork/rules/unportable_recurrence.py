"""The rule ``unportable-recurrence``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.diagnostic import Severity
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.quantities import parse_date
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    schedule = document.fields.get("schedule")
    start = parse_date(document.fields.get("start", ""))
    if document.kind != "work" or not isinstance(schedule, dict) or start is None:
        return
    from plainwork.analysis.recurrence_rule import Rule as Recurrence
    from plainwork.analysis.recurrence_rule import read_rule

    rule = read_rule(schedule.get("rrule", ""), start)
    if isinstance(rule, Recurrence):
        for warning in rule.warnings:
            hint = "say it in another way if calendars import it"
            yield Found(document.path, warning, hint, ("schedule", "rrule"))


RULE = Rule(
    name="unportable-recurrence",
    summary="A schedule means the same to every program.",
    remedy=(
        "A few corners of RFC 5545 are read in different ways, so a calendar that imports the rule "
        "may show other days. Write `BYDAY` beside `BYWEEKNO`, and weekdays of one kind."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
