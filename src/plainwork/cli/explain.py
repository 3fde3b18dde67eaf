"""``plainwork explain``: a rule, with an example and its remedy."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.context import choose_format
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.errors import UsageError
from plainwork.reporting.rule_catalogue import (
    RuleCatalogue,
    explain_rule,
    format_catalogue_markdown,
    format_rule,
)
from plainwork.reporting.table import format_table
from plainwork.rules import BUILT_IN, Rule
from plainwork.storage.rule_examples import load_rule_examples

RuleArgument = Annotated[
    str, typer.Argument(metavar="[RULE]", help="The rule; without one all are shown.")
]
ExplainFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|markdown", help="How to print.")
]


def explain(rule: RuleArgument = "", format_: ExplainFormatOption = "text") -> None:
    """Explain a rule: what it requires, why, and what a check says where it is broken.

    For example: plainwork explain unknown-state
    """
    choose_format(format_, "text", "json", "markdown")
    rules = [_find_rule(rule)] if rule else BUILT_IN
    screen = find_screen()
    if format_ == "text" and not rule:
        rows = [(each.name, each.severity.name.lower(), each.summary) for each in rules]
        headers = ("rule", "severity", "requires")
        write_lines(format_table(headers, rows, width=screen.table_width, color=screen.color))
        write_lines(["", "`plainwork explain RULE` says more of one, with examples."])
        return
    catalogue = RuleCatalogue(
        tuple(explain_rule(each, load_rule_examples(each.name)) for each in rules)
    )
    if format_ == "json":
        write_json("explain", catalogue)
    elif format_ == "markdown":
        write_lines(format_catalogue_markdown(catalogue))
    else:
        (explained,) = catalogue.rules
        write_lines(format_rule(explained, width=screen.width, color=screen.color))


def _find_rule(name: str) -> Rule:
    known = {rule.name: rule for rule in BUILT_IN}
    if name not in known:
        from plainwork.parsing.near_match import did_you_mean

        hint = did_you_mean(name, known) or "`plainwork explain` shows all of them"
        message = f"no rule `{name}`; {hint}"
        raise UsageError(message)
    return known[name]


COMMAND = explain
