"""How likely each total of several days is: by convolution, in whole numbers.

Probabilities are counted in parts of :data:`ONE`, so the same days give the same answer on every
machine. Two distributions are convolved by one multiplication of large numbers that hold an entry
in each slot of their digits (Kronecker substitution), which Python does in C.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

_BITS = 72
ONE = 1 << _BITS
"""Certainty. What is rounded away stays below a millionth of a millionth in all."""

_SLOT = 19
"""Bytes that hold a sum of products, however many are added up: it is never above ``ONE * ONE``."""


class Totals(msgspec.Struct, frozen=True):
    """How likely each total is.

    Attributes:
        least: The lowest total that is possible.
        odds: How likely it and those above it are, in parts of :data:`ONE`; the rest of certainty
            is for higher totals, of which no more is known.
    """

    least: int
    odds: Sequence[int]

    def at_least(self, items: int) -> float:
        """Return how likely a total of so many or more is."""
        return 1 - sum(self.odds[: max(items - self.least, 0)]) / ONE

    def reach(self, likely: float) -> int:
        """Return the highest total that is reached with these odds, as far as is known."""
        below = 0
        for position, odds in enumerate(self.odds):
            below += odds
            if 1 - below / ONE < likely:
                return self.least + position
        return self.least + len(self.odds)

    def plus(self, other: Totals, limit: int) -> Totals:
        """Return the totals of both together; no more is known of those from `limit` upwards."""
        least = self.least + other.least
        known = min(limit - least, len(self.odds) + len(other.odds) - 1)
        if known <= 0 or not self.odds or not other.odds:
            return Totals(limit, ())
        packed = _pack(self.odds)
        # The square of one object takes Python half of the time of a product of two.
        product = packed * (packed if other is self else _pack(other.odds))
        slots = product.to_bytes(_SLOT * (len(self.odds) + len(other.odds)), "little")
        odds = [
            int.from_bytes(slots[start : start + _SLOT], "little") >> _BITS
            for start in range(0, known * _SLOT, _SLOT)
        ]
        return _trim(least, odds)


class DailyTotals:
    """The totals of any number of days that are all alike and independent.

    Args:
        throughput: Items finished on each day of the sample, one at least.
        limit: The total from which no more needs to be known.
    """

    def __init__(self, throughput: Sequence[int], limit: int) -> None:
        counts = Counter(throughput)
        highest = min(max(counts), limit - 1)
        day = [counts[items] * ONE // len(throughput) for items in range(highest + 1)]
        self._doubled = [_trim(0, day)]
        self._limit = limit

    def after(self, days: int) -> Totals:
        """Return the totals after some days."""
        total = Totals(0, (ONE,))
        for exponent in range(days.bit_length()):
            if days >> exponent & 1:
                total = total.plus(self._double(exponent), self._limit)
        return total

    def find_first(self, items: int, likely: float, most: int) -> int | None:
        """Return the first day on which a total is reached with these odds; None: not by `most`."""
        days, total = 0, Totals(0, (ONE,))
        for exponent in reversed(range(most.bit_length())):
            if days + (1 << exponent) <= most:
                later = total.plus(self._double(exponent), self._limit)
                if later.at_least(items) < likely:  # and so on every day before
                    days, total = days + (1 << exponent), later
        return days + 1 if days < most else None

    def _double(self, exponent: int) -> Totals:
        """Return the totals after two to the power of so many days."""
        while len(self._doubled) <= exponent:
            last = self._doubled[-1]
            self._doubled.append(last.plus(last, self._limit))
        return self._doubled[exponent]


def _pack(odds: Sequence[int]) -> int:
    return int.from_bytes(b"".join([each.to_bytes(_SLOT, "little") for each in odds]), "little")


def _trim(least: int, odds: Sequence[int]) -> Totals:
    """Leave out at both ends what cannot happen."""
    possible = [position for position, each in enumerate(odds) if each]
    if not possible:
        return Totals(least + len(odds), ())
    return Totals(least + possible[0], tuple(odds[possible[0] : possible[-1] + 1]))
