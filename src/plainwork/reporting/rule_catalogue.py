"""Rules, explained: for people on a terminal, for programs, and as a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from plainwork.parsing.rule_example import RuleExample
from plainwork.reporting.text import escape_line, style, wrap
from plainwork.rules.rule import Rule
from plainwork.views.decision_reasons import ExplainedReason


class ExplainedRule(msgspec.Struct, frozen=True):
    """A rule and its examples.

    Attributes:
        severity: ``error``, ``warning`` or ``info``.
        scope: What it has to see: ``reading``, ``document``, ``workspace``, ``surroundings`` or
            ``change``.
        fixable: Whether ``check --fix`` can mend it.
    """

    rule: str
    severity: str
    scope: str
    fixable: bool
    summary: str
    remedy: str
    examples: tuple[RuleExample, ...]


class RuleCatalogue(msgspec.Struct, frozen=True):
    """What ``plainwork explain --format json`` prints: rules, and reasons of decisions."""

    rules: tuple[ExplainedRule, ...]
    reasons: tuple[ExplainedReason, ...] = ()


def explain_rule(rule: Rule, examples: Sequence[RuleExample]) -> ExplainedRule:
    """Join a rule with its examples, those first that break it."""
    return ExplainedRule(
        rule=rule.name,
        severity=rule.severity.name.lower(),
        scope=rule.scope.value,
        fixable=rule.fixable,
        summary=rule.summary,
        remedy=rule.remedy,
        examples=tuple(sorted(examples, key=lambda each: not each.breaks(rule.name))),
    )


def format_rule(explained: ExplainedRule, *, width: int | None, color: bool) -> Iterator[str]:
    """Yield the lines that explain a rule: what, why, and one example with its report.

    Args:
        explained: The rule.
        width: How wide prose may be; None: it is not broken.
        color: Whether the output is a terminal that shows colours.
    """
    yield f"{style(explained.rule, 'bold', on=color)} · {explained.severity}"
    yield ""
    yield from wrap(explained.summary, width=width)
    yield from wrap(explained.remedy, width=width)
    for example in explained.examples[:1]:
        yield ""
        yield from wrap(f"For example: {example.comment}", width=width)
        for line in _show(example):
            yield f"  {escape_line(line)}".rstrip()
        yield ""
        yield "plainwork check says:"
        yield from (f"  {escape_line(line)}" for line in example.report.splitlines())


def format_reason(explained: ExplainedReason, *, width: int | None, color: bool) -> Iterator[str]:
    """Yield the lines that explain a reason of ``plainwork gate``: what it means, what to do."""
    yield f"{style(explained.reason, 'bold', on=color)} · {explained.effect}"
    yield ""
    yield from wrap(explained.summary, width=width)
    yield from wrap(explained.remedy, width=width)


def format_catalogue_markdown(catalogue: RuleCatalogue) -> Iterator[str]:
    """Yield the lines of a page with all rules: a table of them, then each with its example."""
    yield "# Rules"
    yield ""
    yield "What `plainwork check` finds. Made by `plainwork explain --format markdown`."
    yield ""
    yield "| Rule | Severity | |"
    yield "|---|---|---|"
    for each in catalogue.rules:
        yield f"| [{each.rule}](#{each.rule}) | {each.severity} | {each.summary} |"
    for each in catalogue.rules:
        yield from _section(each)
    if catalogue.reasons:
        yield from (
            "",
            "# Reasons",
            "",
            "What `plainwork gate` says beside the names of rules.",
            "",
        )
        yield from ("| Reason | Effect | |", "|---|---|---|")
    for reason in catalogue.reasons:
        told = f"{reason.summary} {reason.remedy}"
        yield f"| `{reason.reason}` | {reason.effect} | {told} |"


def _section(explained: ExplainedRule) -> Iterator[str]:
    yield ""
    yield f"## {explained.rule}"
    yield ""
    yield f"**{explained.summary}** {explained.remedy}"
    for example in explained.examples[:1]:
        yield ""
        yield example.comment
        yield ""
        yield from _fenced([*_show(example), "", *example.report.splitlines()])


def _show(example: RuleExample) -> Iterator[str]:
    for path, text in example.files.items():
        yield f"-- {path} --"
        yield from text.splitlines()
    yield from (f"$ {command}" for command in example.commands)


def _fenced(lines: Iterable[str]) -> Iterator[str]:
    text = "\n".join(lines)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}text"
    yield from text.splitlines()
    yield fence
