"""Values of fields as people write them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from plainwork.model.quantity import Money

_NUMBERS = frozenset({bool, int, float, Decimal})


def format_value(value: Any) -> str:
    """Return a value of a field in one line; what is not set is ``""``."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        separator = "; " if any(isinstance(entry, dict) for entry in value) else ", "
        return separator.join(map(format_value, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {format_value(entry)}" for key, entry in value.items())
    return str(value)


def format_column(values: Sequence[Any]) -> Sequence[str]:
    """Return the texts of a column; each distinct value is formatted once."""
    types = set(map(type, values))
    if types == {str}:
        return values
    if len(types & _NUMBERS) > 1:  # `true` would be taken for the same as 1
        return list(map(format_value, values))
    try:
        texts = {value: format_value(value) for value in set(values)}
    except TypeError:  # lists cannot be members of a set
        return [format_value(value) for value in values]
    return list(map(texts.__getitem__, values))


def format_money(money: Money) -> str:
    """Return an amount with separators: ``1,840.50 EUR``."""
    return f"{money.amount:,f} {money.currency}".rstrip()


def format_hours(hours: Decimal) -> str:
    """Return hours without needless digits: ``7.5 h``."""
    return f"{round(hours, 1).normalize():f} h"
