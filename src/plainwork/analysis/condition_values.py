"""Turning the values of fields into CEL's.

Numbers and money become doubles, dates timestamps at 00:00 UTC, everything else text, booleans,
lists and maps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from plainwork.model import field_type as ft
from plainwork.parsing.quantities import parse_date, parse_money, parse_timestamp

_MAX_LIST = 1_000
_MAX_TEXT = 10_000
"""What is longer has no value in a condition: a loop over it could take minutes."""


class UnusableValueError(Exception):
    """A value that a condition cannot use; it never leaves the names of a document."""


def to_timestamp(day: date) -> datetime:
    """Return what a condition sees of a date: 00:00 UTC of the day."""
    return datetime.combine(day, time(), UTC)


def to_cel(type_: ft.FieldType, value: Any, currency: str) -> object:
    """Convert a value.

    Args:
        type_: What the value should be.
        value: JSON's kind of value; dates may be dates.
        currency: The workspace's; money in another one cannot be compared.

    Raises:
        UnusableValueError: If a condition cannot use it, with the rest of a sentence that begins
            with the field's name.
    """
    if value is None:
        return None
    convert = _CONVERSIONS.get(type(type_))
    if convert is not None:
        return convert(value, currency)
    if isinstance(type_, ft.Many):
        items = value if isinstance(value, list | tuple) else [value]
        return _bounded_list([to_cel(type_.item, item, currency) for item in items])
    if isinstance(type_, ft.Group) and isinstance(value, Mapping):
        return {
            field.name: to_cel(field.type, value.get(field.name), currency)
            for field in type_.fields
        }
    if isinstance(type_, ft.Table) and isinstance(value, Mapping):
        return {str(key): to_cel(type_.value, entry, currency) for key, entry in value.items()}
    if isinstance(type_, ft.Either):
        return to_cel(_form(type_, value), value, currency)
    return _plain(value)


def _form(type_: ft.Either, value: Any) -> ft.FieldType:
    if isinstance(value, Mapping):
        form = type_.mapping
    else:
        form = type_.sequence if isinstance(value, list | tuple) else type_.scalar
    return form or ft.Anything()


def _plain(value: Any) -> object:
    if isinstance(value, str):
        if len(value) > _MAX_TEXT:
            message = f"is longer than {_MAX_TEXT:,} characters"
            raise UnusableValueError(message)
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return _bounded_list([_plain(entry) for entry in value])
    return value if value is None or isinstance(value, bool | date) else float(value)


def _bounded_list(items: list[object]) -> list[object]:
    if len(items) > _MAX_LIST:
        message = f"has more than {_MAX_LIST:,} entries"
        raise UnusableValueError(message)
    return items


def _number(value: Any, _currency: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "is not a number"
        raise UnusableValueError(message)
    return float(value)


def _boolean(value: Any, _currency: str) -> bool:
    if not isinstance(value, bool):
        message = "is neither true nor false"
        raise UnusableValueError(message)
    return value


def _money(value: Any, currency: str) -> float:
    money = parse_money(str(value))
    if money is None:
        message = "is not an amount of money"
        raise UnusableValueError(message)
    if money.currency not in ("", currency):
        message = f"is in {money.currency}, not in {currency}"
        raise UnusableValueError(message)
    return float(money.amount)


def _timestamp(value: Any, _currency: str) -> datetime:
    moment = value if isinstance(value, date) else parse_timestamp(str(value))
    if isinstance(moment, datetime):
        return moment
    return _date(moment, "")


def _date(value: Any, _currency: str) -> datetime:
    day = value if isinstance(value, date) else parse_date(str(value))
    if day is None:
        message = "is not a date"
        raise UnusableValueError(message)
    return to_timestamp(day)


_CONVERSIONS: Mapping[type, Callable[[Any, str], object]] = {
    ft.Boolean: _boolean,
    ft.Number: _number,
    ft.Integer: _number,
    ft.Money: _money,
    ft.Date: _date,
    ft.Timestamp: _timestamp,
}
