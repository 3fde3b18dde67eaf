"""Sample values for the names in a condition.

CEL's ``false && error`` is false, so an error shows only where the rest is true. The samples
therefore begin with what the condition itself compares with: its numbers, a little less and a
little more, its dates and its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise, product
from math import prod
from typing import Any

import msgspec

from plainwork.analysis.condition_syntax import Token, unquote
from plainwork.model import field_type as ft
from plainwork.parsing.quantities import parse_date

MAX_SAMPLES = 96
"""How many combinations are tried."""

_MAX_LITERALS = 6
_MAX_AMOUNT = 1e15
_TODAY = date(2026, 6, 15)
_WORDS: Mapping[type, str] = {
    ft.Span: "3d",
    ft.Percentage: "50%",
    ft.Distance: "date + 3bd",
    ft.Url: "https://example.org/",
    ft.Condition: "true",
    ft.RecurrenceRule: "FREQ=MONTHLY",
}


class Literals(msgspec.Struct, frozen=True):
    """What a condition mentions."""

    words: tuple[str, ...]
    numbers: tuple[float, ...]
    days: tuple[date, ...]
    members: tuple[str, ...]


def find_literals(tokens: tuple[Token, ...]) -> Literals:
    """Return the words, numbers and days that a condition mentions, and the keys it looks up."""
    words = _distinct(unquote(token.text) for token in tokens if token.kind == "string")
    dates = (parse_date(word) for word in words)
    days = _distinct(day for day in dates if day and date.min.year < day.year < date.max.year)
    numbers = _distinct(
        number for token in tokens if token.kind == "number" for number in _numbers(token.text)
    )
    members = _distinct(
        token.text
        for before, token in pairwise(tokens)
        if before.text == "." and token.kind == "name"
    )
    return Literals(words[:_MAX_LITERALS], numbers[:_MAX_LITERALS], days[:2], members)


def make_samples(type_: ft.FieldType, literals: Literals) -> tuple[Any, ...]:
    """Return values, as JSON's kinds, that a field of a type may have; at least one."""
    if isinstance(type_, ft.Boolean):
        return (True, False)
    if isinstance(type_, ft.Number | ft.Integer | ft.Money):
        around = [number + step for number in literals.numbers for step in (1, 0, -1)]
        numbers = _distinct((*around, 1.0))
        return _amounts(numbers) if isinstance(type_, ft.Money) else numbers
    if isinstance(type_, ft.Date | ft.Timestamp):
        around_days = (day + timedelta(step) for day in literals.days for step in (1, 0, -1))
        return tuple(day.isoformat() for day in _distinct((*around_days, _TODAY)))
    if isinstance(type_, ft.Choice) and type_.options:
        named = [option for option in type_.options if option in literals.words]
        others = [option for option in type_.options if option not in named]
        return (*named, *others[:1])
    return _compound_samples(type_, literals)


def _compound_samples(type_: ft.FieldType, literals: Literals) -> tuple[Any, ...]:
    if isinstance(type_, ft.Many):
        items = make_samples(type_.item, literals)
        return (list(items), [items[-1]], [])
    if isinstance(type_, ft.Group):
        return ({field.name: make_samples(field.type, literals)[0] for field in type_.fields},)
    if isinstance(type_, ft.Table):
        values = make_samples(type_.value, literals)
        keys = _distinct((*literals.members, *literals.words))
        return tuple(dict.fromkeys(keys, value) for value in values)
    if isinstance(type_, ft.Either):
        forms = [form for form in (type_.scalar, type_.sequence, type_.mapping) if form]
        return tuple(sample for form in forms for sample in make_samples(form, literals))
    word = _WORDS.get(type(type_), "sample")
    return (*literals.words, word)


def combine_samples(choices: Mapping[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Yield combinations of one choice for each name: all, or a fixed selection of them."""
    if prod(len(values) for values in choices.values()) <= MAX_SAMPLES:
        for combination in product(*choices.values()):
            yield dict(zip(choices, combination, strict=True))
        return
    for index in range(MAX_SAMPLES):
        # Every choice is met in turn; from turn to turn, each name falls further behind the
        # one before it, so that all pairs of few choices are met as well.
        yield {
            name: values[(index + index // len(values) * place) % len(values)]
            for place, (name, values) in enumerate(choices.items())
        }


def _numbers(text: str) -> Iterator[float]:
    try:
        yield float(text.rstrip("uU"))
    except ValueError:  # hexadecimal
        yield float(int(text.rstrip("uU"), 16))


def _amounts(numbers: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(f"{number:.2f}" for number in numbers if abs(number) < _MAX_AMOUNT)


def _distinct(values: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))
