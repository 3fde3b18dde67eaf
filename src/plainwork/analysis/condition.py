"""Conditions: CEL expressions over the fields of one document.

CEL ends always and touches nothing, so a condition in a pull request can be evaluated before
anybody trusts its author. This is the only module that knows the library behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from plainwork.analysis.condition_syntax import find_excess, find_loop_variables, parse_tokens
from plainwork.analysis.condition_values import to_timestamp
from plainwork.parsing.quantities import parse_date

if TYPE_CHECKING:
    import cel


class ConditionError(msgspec.Struct, frozen=True):
    """Why a condition has no answer: in one line, without a full stop."""

    message: str


class Bindings(Protocol):
    """What the names in a condition mean."""

    def value(self, name: str) -> object:
        """Return a CEL value, or a ConditionError for a name without a usable one."""
        ...


class Expression(msgspec.Struct, frozen=True):
    """A compiled condition.

    Attributes:
        names: Every name in it, those that a loop gives to its elements among them.
        loop_names: What a loop calls its elements; these need no value.
        functions: Every function and operator in it, as CEL calls them: ``size``, ``_+_``.
    """

    program: cel.Program
    names: tuple[str, ...]
    loop_names: frozenset[str]
    functions: tuple[str, ...]


def evaluate(text: str, bindings: Bindings) -> bool | ConditionError:
    """Evaluate a condition.

    Whatever is wrong is a value, because each use has its own meaning for it: an approval that
    cannot be judged is needed, a guard is unmet, ``--where`` leaves the work out.
    """
    expression = compile_expression(text)
    if isinstance(expression, ConditionError):
        return expression
    variables: dict[str, object] = {}
    unusable = []
    for name in expression.names:
        value = bindings.value(name)
        if not isinstance(value, ConditionError):
            variables[name] = value
        elif name not in expression.loop_names:
            unusable.append(value)
    result = _execute(expression, variables)
    if isinstance(result, ConditionError):
        # A name without a value is left out, so that `a || b` holds if either side does.
        return unusable[0] if unusable else _with_unset_names(result, variables)
    if not isinstance(result, bool):
        return ConditionError(f"the result is neither true nor false but {_describe(result)}")
    return result


@lru_cache(maxsize=4_096)
def compile_expression(text: str) -> Expression | ConditionError:
    """Compile a condition once, within the limits that keep its evaluation short."""
    excess = find_excess(text)
    if excess:
        return ConditionError(excess[0])
    if not text.strip():
        return ConditionError("the condition is empty")
    cel = _load_cel()
    try:
        program = cel.compile(text)
        found = program.references()
    except BaseException as error:
        return ConditionError(_explain(error))
    loop_names = find_loop_variables(parse_tokens(text))
    return Expression(program, tuple(found["variables"]), loop_names, tuple(found["functions"]))


def _load_cel() -> ModuleType:
    # The package imports its own command line, with a terminal toolkit, six times as slow as the
    # rest of it; an empty module in that place keeps it out.
    sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
    import cel

    return cel


def _execute(expression: Expression, variables: Mapping[str, object]) -> object:
    context = dict(variables)
    wrong: list[str] = []
    if "date" in expression.functions:
        context["date"] = _date_function(wrong)
    try:
        result: object = expression.program.execute(context)
    except BaseException as error:
        return ConditionError(wrong[0] if wrong else _explain(error))
    return ConditionError(wrong[0]) if wrong else result


def _date_function(wrong: list[str]) -> Callable[..., datetime | None]:
    """Return CEL's ``date``; it notes what is no date, because what it raised would be printed."""

    def make_timestamp(*arguments: Any) -> datetime | None:
        text = arguments[0] if len(arguments) == 1 else None
        day = parse_date(text) if isinstance(text, str) else None
        if day is None:
            wrong.append('date() takes a day as text: date("2026-05-01")')
            return None
        return to_timestamp(day)

    return make_timestamp


def _explain(error: BaseException) -> str:
    """Say in one line what CEL says in several.

    A panic in the library is a BaseException of its own kind; what stops the program as a whole
    must still do so.
    """
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
        raise error
    text = str(error)
    if isinstance(error, KeyError):
        return f"there is no key {text}"
    if isinstance(error, UnicodeError):
        return "the text is not valid Unicode"
    _, found, syntax = text.partition("ERROR: <input>:")
    if found:
        position, _, what = syntax.partition(": ")
        line, _, column = position.partition(":")
        what = what.removeprefix("Syntax error: ").partition(" expecting {")[0]
        return _one_line(f"line {line}, column {column}: {what}")
    if text.startswith("No such overload"):
        return "values of different kinds are compared or combined"
    if text.startswith("Undefined variable or function: "):
        name = text.split("'")[1]
        return f"`{name}` is not known, or does not take such values"
    if text.startswith("Unsupported operation: "):
        operation = _one_line(text[23:].partition(". ")[0]).replace("float", "double")
        return f"{operation} is not possible; write numbers in calculations as 2.0"
    return _one_line(text.partition(". ")[0] or type(error).__name__)


def _one_line(text: str) -> str:
    first = text.partition("\n")[0]
    return "".join(char if char.isprintable() else "?" for char in first)[:200].rstrip(" .")


def _with_unset_names(error: ConditionError, variables: Mapping[str, object]) -> ConditionError:
    unset = ", ".join(sorted(name for name, value in variables.items() if value is None))
    return ConditionError(f"{error.message} ({unset} not set)") if unset else error


def _describe(result: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (int, "a number"),
        (float, "a number"),
        (str, "text"),
        (list, "a list"),
        (dict, "a map"),
        (datetime, "a date"),
        (type(None), "null"),
    )
    return next((word for kind, word in kinds if isinstance(result, kind)), type(result).__name__)
