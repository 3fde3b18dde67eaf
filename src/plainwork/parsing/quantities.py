"""Dates, durations, money and numbers: text in, a value or None out.

YAML gives every scalar as text, and each field reads its own. The grammars are narrow on
purpose: one way to write a value, ASCII digits only, and sizes that no later computation can
overflow. None means that the text is not of that form; only the caller knows what to say.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import cast

from plainwork.model.quantity import Anchor, Distance, Duration, Money, Unit

_AMOUNT = r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,4})?"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
_DURATION = re.compile(
    rf"(?P<amount>{_AMOUNT})(?:(?P<unit>[mhdw])|b(?P<short>[hd])| business (?P<long>day|hour)s?)"
)
_MONEY = re.compile(r"(?P<amount>-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?)( (?P<currency>[A-Z]{3}))?")
_PERCENTAGE = re.compile(r"((0|[1-9][0-9]{0,2})(\.[0-9]{1,4})?)%")
_DISTANCE = re.compile(r"(?P<anchor>date|first_day|last_day)( (?P<sign>[+-]) (?P<duration>.+))?")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(?P<inexact>(\.[0-9]+)?([eE][+-]?[0-9]+)?)")

_NUMBER_LENGTH = 40
_INT64 = 2**63
_LONGEST_DAYS = 36_525
_DAYS: dict[Unit, Decimal] = {
    "m": Decimal(1) / 1440,
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "w": Decimal(7),
}


def parse_date(text: str) -> date | None:
    """Read ``2026-05-01``, or return None."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:  # no such day
        return None


def parse_timestamp(text: str) -> datetime | date | None:
    """Read a date, or an RFC 3339 time with its offset, or return None.

    A time lies in the years 2 to 9998, so that it exists in every time zone.
    """
    if not _TIMESTAMP.fullmatch(text):
        return parse_date(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:  # no such day, minute or offset
        return None
    return moment if date.min.year < moment.year < date.max.year else None


def parse_duration(text: str) -> Duration | None:
    """Read ``30m``, ``4h``, ``3d``, ``2w``, ``4bh``, ``3bd`` or ``3 business days``.

    Returns:
        At most a hundred years; None if the text is no duration.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    unit = match["unit"] or match["short"] or match["long"][0]
    duration = Duration(Decimal(match["amount"]), cast("Unit", unit), not match["unit"])
    return duration if duration.amount * _DAYS[duration.unit] <= _LONGEST_DAYS else None


def parse_money(text: str) -> Money | None:
    """Read ``1840.50`` or ``61000 USD``, exactly as written, or return None.

    A currency has the form of an ISO 4217 code; that it is in use is not asked, as codes come
    and go.
    """
    match = _MONEY.fullmatch(text)
    if match is None:
        return None
    amount = Decimal(match["amount"])
    return Money(amount or amount.copy_abs(), match["currency"] or "")


def parse_percentage(text: str) -> Decimal | None:
    """Read ``50%`` as 50, or return None."""
    match = _PERCENTAGE.fullmatch(text)
    return Decimal(match[1]) if match else None


def parse_distance(text: str) -> Distance | None:
    """Read ``date + 3bd``, ``first_day - 2w`` or ``last_day``, or return None.

    A distance joins days, so its duration is in whole days, weeks or business days.
    """
    match = _DISTANCE.fullmatch(text)
    if match is None:
        return None
    anchor = cast("Anchor", match["anchor"])
    if match["sign"] is None:
        return Distance(anchor)
    duration = parse_duration(match["duration"])
    if duration is None or duration.unit not in ("d", "w") or duration.amount % 1:
        return None
    return Distance(anchor, 1 if match["sign"] == "+" else -1, duration)


def parse_number(text: str) -> int | float | None:
    """Read a number by JSON's grammar (RFC 8259, section 6), or return None.

    Integers fit into 64 bits and nothing is infinite, so that every reader of JSON and every
    condition computes with the same value.
    """
    match = _NUMBER.fullmatch(text) if len(text) <= _NUMBER_LENGTH else None
    if match is None:
        return None
    if match["inexact"]:
        number = float(text)
        return number if isfinite(number) else None
    integer = int(text)
    return integer if -_INT64 <= integer < _INT64 else None
