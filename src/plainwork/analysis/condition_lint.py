"""What is wrong with a condition, told before it decides anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from plainwork.analysis.condition import ConditionError, Expression, compile_expression, evaluate
from plainwork.analysis.condition_bindings import GIVEN_NAMES, DocumentBindings, FieldTypes
from plainwork.analysis.condition_samples import combine_samples, find_literals, make_samples
from plainwork.analysis.condition_syntax import (
    find_excess,
    find_keys,
    find_members,
    parse_tokens,
)

_FUNCTIONS = frozenset(
    {"size", "contains", "startsWith", "endsWith", "date", "timestamp", "duration"}
    | {"int", "uint", "double", "string", "bytes", "type", "dyn"}
    | {"getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek"}
    | {"getHours", "getMinutes", "getSeconds", "getMilliseconds"}
)
"""The functions that a condition may call."""

_ALWAYS_SET = frozenset({"id", "title", "workflow", "status", "name", "visibility", "record", "by"})
"""Fields that no valid document is without."""

_Choices = Mapping[str, tuple[Any, ...]]


def lint(text: str, types: FieldTypes) -> tuple[str, ...]:
    """Return why a condition must be refused: messages without a full stop, none if it is fine.

    Args:
        text: The condition.
        types: The names that it may use beside the given ones, with their types.
    """
    faults = find_faults(text, types)
    expression = compile_expression(text)
    if faults or isinstance(expression, ConditionError):
        return faults
    for sample in combine_samples(_choices(text, expression, types)):
        result = evaluate(text, _bind(sample, types))
        if isinstance(result, ConditionError):
            return (result.message,)
    return ()


def find_faults(text: str, types: FieldTypes) -> tuple[str, ...]:
    """Return what is wrong with a condition whatever the values: limits, syntax, unknown names."""
    excess = find_excess(text)
    if excess:
        return excess
    expression = compile_expression(text)
    if isinstance(expression, ConditionError):
        return (expression.message,)
    return tuple(_find_unknown(text, expression, types))


def lint_unset(text: str, types: FieldTypes) -> tuple[str, ...]:
    """Return which fields a condition cannot do without, though documents may.

    Such a condition is no mistake, as what cannot be judged has a meaning: the approval is
    needed, the guard unmet. Whoever wrote it should know all the same.

    Args:
        text: A condition in which :func:`lint` finds nothing.
        types: As for :func:`lint`.
    """
    expression = compile_expression(text)
    if isinstance(expression, ConditionError):
        return ()
    choices = _choices(text, expression, types)
    found = []
    for name in choices:
        if name == "doc" and _fails_with({"doc": ({},)}, text, choices, types):
            found.append('cannot be judged without its `x-` field: write `"x-name" in doc && …`')
        optional = name in types and name not in _ALWAYS_SET and name not in GIVEN_NAMES
        if optional and _fails_with({name: (None,)}, text, choices, types):
            found.append(f"cannot be judged while {name} is not set: write `{name} != null && …`")
    return tuple(found)


def _fails_with(given: _Choices, text: str, choices: _Choices, types: FieldTypes) -> bool:
    return any(
        isinstance(evaluate(text, _bind(sample, types)), ConditionError)
        for sample in combine_samples({**choices, **given})
    )


def _choices(text: str, expression: Expression, types: FieldTypes) -> dict[str, tuple[Any, ...]]:
    """Return sample values for each name; what ``old`` held is named ``old.field``."""
    tokens = parse_tokens(text)
    literals = find_literals(tokens)
    known = {**types, **GIVEN_NAMES}
    choices: dict[str, tuple[Any, ...]] = {
        name: make_samples(known[name], literals)
        for name in expression.names
        if name in known and name not in ("old", "doc")
    }
    if "old" in expression.names:
        members = dict.fromkeys((*find_members(tokens, "old"), *literals.words))
        choices |= {f"old.{m}": make_samples(types[m], literals) for m in members if m in types}
    if "doc" in expression.names or "doc" in literals.members:
        names = [word for word in literals.words if word.startswith("x-")]
        choices["doc"] = tuple(dict.fromkeys(names, word) for word in (*literals.words, "sample"))
    return choices


def _bind(sample: Mapping[str, Any], types: FieldTypes) -> DocumentBindings:
    foreign = sample.get("doc", {})
    old = {name[4:]: value for name, value in sample.items() if name.startswith("old.")}
    return DocumentBindings(
        {**sample, **foreign},
        types,
        today=date.fromisoformat(sample.get("today", "2026-06-15")),
        kind=sample.get("kind", "item"),
        workflow=sample.get("workflow", "task"),
        old={**old, **foreign},
        by_agent=sample.get("by_agent", False),
        currency="EUR",
    )


def _find_unknown(text: str, expression: Expression, types: FieldTypes) -> Iterator[str]:
    known = {*types, *GIVEN_NAMES}
    for name in expression.names:
        if name not in known and name not in expression.loop_names:
            yield f"unknown name `{name}`{_suggest(name, known)}"
    yield from _find_unknown_keys(text, types)
    for function in expression.functions:
        if function.isidentifier() and function not in _FUNCTIONS:
            yield f"unknown function `{function}`{_suggest(function, _FUNCTIONS)}"


def _find_unknown_keys(text: str, types: FieldTypes) -> Iterator[str]:
    tokens = parse_tokens(text)
    for member in find_members(tokens, "old"):
        if member not in types and member != "doc":
            yield f"unknown name `old.{member}`{_suggest(member, types)}"
    for key in find_keys(tokens, "doc"):
        if not key.startswith("x-"):
            yield f"`doc` holds `x-` fields only, not `{key}`"


def _suggest(word: str, known: Iterable[str]) -> str:
    from plainwork.parsing.near_match import did_you_mean

    suggestion = did_you_mean(word, sorted(known))
    return f"; {suggestion}" if suggestion else ""
