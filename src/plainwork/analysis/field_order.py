"""The order of values: dates by day, money by amount, choices as their options are listed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from plainwork.analysis.team_calendar import find_calendar
from plainwork.model import field_type as ft
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_date, parse_duration, parse_money, parse_number

OrderKey = Callable[[Any], Any]
"""From a value, or from its text, to what can be compared; None if it is neither."""

ORDERED = ft.Date | ft.Number | ft.Integer | ft.Money | ft.Choice | ft.Span
"""The types of which one value can be more than another."""


def order_key(type_: ft.FieldType, snapshot: Snapshot) -> OrderKey:
    """Return the order of a type's values.

    Money is a pair of currency and amount: amounts of different currencies have no order among
    themselves. Durations are compared in working hours of the workspace's calendar if they are
    efforts or business time, else in hours.
    """
    if isinstance(type_, ft.Date):
        return _day
    if isinstance(type_, ft.Number | ft.Integer):
        return _number
    if isinstance(type_, ft.Money):
        return _money_key(snapshot.settings.currency)
    if isinstance(type_, ft.Choice):
        places = {option: place for place, option in enumerate(type_.options)}
        return places.get
    if isinstance(type_, ft.Span):
        return _span_key(snapshot, effort=type_.effort)
    return _text


def _day(value: Any) -> date | None:
    return parse_date(value) if isinstance(value, str) else value


def _number(value: Any) -> float | None:
    return parse_number(value) if isinstance(value, str) else value


def _money_key(currency: str) -> OrderKey:
    def key(value: Any) -> Any:
        money = parse_money(value) if isinstance(value, str) else None
        return (money.currency or currency, money.amount) if money else None

    return key


def _span_key(snapshot: Snapshot, *, effort: bool) -> OrderKey:
    calendar = find_calendar(snapshot)

    def key(value: Any) -> Any:
        duration = parse_duration(value) if isinstance(value, str) else None
        if duration is None:
            return None
        if effort or duration.business:
            return calendar.hours(duration)
        return duration.amount * {"m": 1, "h": 60, "d": 1_440, "w": 10_080}[duration.unit] / 60

    return key


def _text(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        return " ".join(str(entry).casefold() for entry in value) or None
    return str(value).casefold() if value not in (None, "") else None
