"""``plainwork explain``: a rule, with an example and its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from plainwork.cli.context import choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.errors import UsageError
from plainwork.reporting.rule_catalogue import (
    RuleCatalogue,
    explain_rule,
    format_catalogue_markdown,
    format_reason,
    format_rule,
)
from plainwork.reporting.table import format_table
from plainwork.rules import BUILT_IN, Rule
from plainwork.storage.rule_examples import load_rule_examples
from plainwork.views.decision_reasons import REASONS, ExplainedReason

RuleArgument = Annotated[
    str,
    typer.Argument(metavar="[RULE]", help="A rule, or a reason of the gate; else all rules."),
]
ExplainFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|markdown", help="How to print.")
]


def explain(rule: RuleArgument = "", format_: ExplainFormatOption = "text") -> None:
    """Explain a rule: what it requires, why, and what a check says where it is broken.

    It also knows the reasons that `plainwork gate` gives in brackets.

    For example: plainwork explain unknown-state
    """
    choose_format(format_, "text", "json", "markdown")
    screen = find_screen()
    if format_ == "text" and not rule:
        rows = [(each.name, each.severity.name.lower(), each.summary) for each in BUILT_IN]
        headers = ("rule", "severity", "requires")
        write_lines(format_table(headers, rows, width=screen.table_width, color=screen.color))
        write_lines(["", "`plainwork explain RULE` says more of one, with examples."])
        return
    catalogue = _find(rule) if rule else _catalogue(BUILT_IN, REASONS)
    if format_ == "json":
        write_json("explain", catalogue)
        return
    if format_ == "markdown":
        write_lines(format_catalogue_markdown(catalogue))
        return
    for explained in catalogue.rules:
        write_lines(format_rule(explained, width=screen.width, color=screen.color))
    for reason in catalogue.reasons:
        write_lines(format_reason(reason, width=screen.width, color=screen.color))


def _find(name: str) -> RuleCatalogue:
    """Return what bears a name: a rule, or a reason of the gate.

    Raises:
        UsageError: If nothing does.
    """
    rules = [rule for rule in BUILT_IN if rule.name == name]
    reasons = [reason for reason in REASONS if reason.reason == name]
    if rules or reasons:
        return _catalogue(rules, reasons)
    from plainwork.parsing.near_match import did_you_mean

    known = [*(rule.name for rule in BUILT_IN), *(reason.reason for reason in REASONS)]
    hint = did_you_mean(name, known) or "`plainwork explain` shows all of them"
    message = f"no rule `{name}`; {hint}"
    raise UsageError(message)


def _catalogue(rules: Iterable[Rule], reasons: Iterable[ExplainedReason]) -> RuleCatalogue:
    explained = (explain_rule(each, load_rule_examples(each.name)) for each in rules)
    return RuleCatalogue(tuple(explained), tuple(reasons))


COMMAND = explain
