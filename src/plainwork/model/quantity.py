"""Amounts of time and money, and distances from a date.

Each of them prints the text that people write for it in a document, in canonical form.
"""

from decimal import Decimal
from typing import Literal

import msgspec

Unit = Literal["m", "h", "d", "w"]
Anchor = Literal["date", "first_day", "last_day"]


class Duration(msgspec.Struct, frozen=True):
    """A length of time: elapsed (``30m``, ``4h``, ``3d``, ``2w``) or business (``4bh``, ``3bd``).

    Attributes:
        amount: How many units; never negative.
        unit: Minutes, hours, days or weeks; business time has hours and days only.
        business: Whether only working time counts.
    """

    amount: Decimal
    unit: Unit
    business: bool = False

    def __str__(self) -> str:
        prefix = "b" if self.business else ""
        return f"{self.amount.normalize():f}{prefix}{self.unit}"


class Money(msgspec.Struct, frozen=True):
    """An exact amount; ``currency`` is an ISO 4217 code, or ``""`` for the workspace's own."""

    amount: Decimal
    currency: str = ""

    def __str__(self) -> str:
        # Trailing zeros stay: 1840.50 is how people write cents.
        return f"{self.amount:f} {self.currency}".rstrip()


class Distance(msgspec.Struct, frozen=True):
    """A day told by another one: ``date + 3bd``, ``first_day - 5bd``, ``last_day``.

    Attributes:
        anchor: The day itself, or the first or last day of its period.
        sign: 1 for later, -1 for earlier.
        duration: Whole days, weeks or business days; None: the anchor itself.
    """

    anchor: Anchor
    sign: Literal[1, -1] = 1
    duration: Duration | None = None

    def __str__(self) -> str:
        if self.duration is None:
            return self.anchor
        return f"{self.anchor} {'+' if self.sign > 0 else '-'} {self.duration}"
