"""How likely each total of several days is: by convolution, in whole numbers.

Probabilities are counted in parts of :data:`ONE`, so the same days give the same answer on every
machine. Two distributions are convolved by one multiplication of large numbers that hold an entry
in each slot of their digits (Kronecker substitution), which Python does in C.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import mul
from struct import pack, unpack

import msgspec

ONE = (1 << 64) - 1
"""Certainty. What is rounded away stays below a hundred-thousandth of a millionth in all."""

_SLOT = 16
"""Bytes that hold a sum of products, however many are added up: it is never above ``ONE * ONE``.

The upper half of them is what the sum is worth in parts of :data:`ONE`.
"""


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

    def reach(self, likely: float, limit: int) -> int:
        """Return the highest total that is reached with these odds.

        Args:
            likely: The odds.
            limit: The total from which no more is known; it stands for itself and more.
        """
        below = 0
        for position, odds in enumerate(self.odds):
            below += odds
            if 1 - below / ONE < likely:
                return self.least + position
        return limit

    def at_least_with(self, other: Totals, items: int) -> float:
        """Return how likely both together come to so many or more.

        Their sum is not needed for that: one product of numbers for each total of the one, and
        how likely the other stays below what is missing then.
        """
        most = items - 1 - self.least - other.least  # both together, above their least
        below = list(accumulate(other.odds[: most + 1])) if most >= 0 else []
        if not below:
            return 1.0
        # The other cannot miss more than the highest of its known totals.
        certain = max(min(most + 1 - len(below), len(self.odds)), 0)
        missed: int = below[-1] * sum(self.odds[:certain])
        missed += sum(map(mul, self.odds[certain : most + 1], reversed(below)))
        return 1 - missed / (ONE * ONE)

    def plus(self, other: Totals, limit: int) -> Totals:
        """Return the totals of both together; no more is known of those from `limit` upwards."""
        least = self.least + other.least
        known = min(limit - least, len(self.odds) + len(other.odds) - 1)
        if known <= 0 or not self.odds or not other.odds:
            return Totals(limit, ())
        packed = _pack(self.odds[:known])
        # The square of one object takes Python half of the time of a product of two.
        product = packed * (packed if other is self else _pack(other.odds[:known]))
        return _trim(least, _unpack(product, known))


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
        self._known = {0: Totals(0, (ONE,)), 1: _trim(0, day)}
        self._limit = limit

    def after(self, days: int) -> Totals:
        """Return the totals after some days: those of half of them twice, and perhaps of one."""
        found = self._known.get(days)
        if found is None:
            half = self.after(days // 2)
            found = half.plus(half, self._limit)
            if days % 2:
                found = found.plus(self.after(1), self._limit)
            self._known[days] = found
        return found

    def at_least(self, items: int, days: int) -> float:
        """Return how likely so many or more are after some days."""
        half = self.after(days // 2)
        rest = half.plus(self.after(1), self._limit) if days % 2 else half
        return half.at_least_with(rest, items)

    def at_least_each(self, items: int, days: Sequence[int]) -> tuple[float, ...]:
        """Return how likely so many or more are after each number of days, in any order.

        It is quick near days that have been looked at.
        """
        near = [max(filter(each.__ge__, self._known)) for each in days]
        return tuple(
            self._known[begin].at_least_with(self.after(each - begin), items)
            for begin, each in zip(near, days, strict=True)
        )

    def find_first(self, items: int, likely: Sequence[float], most: int) -> tuple[int | None, ...]:
        """Return the first day on which a total is reached with each of some odds.

        Args:
            items: The total.
            likely: The odds, ascending.
            most: Later days are not looked at: then it is None.
        """
        longest = 0  # the power of two of days that are enough for all odds, or more than `most`
        while 1 << longest <= most and self.at_least(items, 1 << longest) < likely[-1]:
            longest += 1
        days, total = 0, self.after(0)
        found: list[int | None] = []
        for odds in likely:
            for exponent in reversed(range(longest)):
                step = self.after(1 << exponent)
                if days + (1 << exponent) <= most and total.at_least_with(step, items) < odds:
                    days += 1 << exponent  # too few days, and so is every number below
                    total = self._known[days] = total.plus(step, self._limit)
            found.append(days + 1 if days < most else None)
        return tuple(found)


def _pack(odds: Sequence[int]) -> int:
    halves = [0] * (2 * len(odds))
    halves[::2] = odds
    return int.from_bytes(pack(f"<{len(halves)}Q", *halves), "little")


def _unpack(product: int, count: int) -> tuple[int, ...]:
    slots = (product & (1 << 8 * _SLOT * count) - 1).to_bytes(_SLOT * count, "little")
    return unpack(f"<{2 * count}Q", slots)[1::2]


def _trim(least: int, odds: Sequence[int]) -> Totals:
    """Leave out at both ends what cannot happen."""
    possible = [position for position, each in enumerate(odds) if each]
    if not possible:
        return Totals(least + len(odds), ())
    return Totals(least + possible[0], tuple(odds[possible[0] : possible[-1] + 1]))
