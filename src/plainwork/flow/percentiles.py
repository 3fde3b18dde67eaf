"""Percentiles, as different tools compute them; all of them exact.

plainwork takes the *nearest rank*: of ``n`` values in order, the ⌈p·n⌉-th. So it is one of the
values, and "85 % are at most so" is true of them. Interpolating between two neighbours (Hyndman
and Fan's type 7, the default of pandas) gives values that nothing ever had.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import msgspec

PERCENTS = (50, 85, 95)
"""What is told of every distribution: the median, and what is usually promised."""

Rank = Callable[[Sequence[int], int], Fraction]
"""Returns a percentile of values in ascending order, of which there is one at least."""


class Percentile(msgspec.Struct, frozen=True):
    """So many percent of the cases are at most ``value``."""

    percent: int
    value: int | float


def take_nearest_rank(values: Sequence[int], percent: int) -> Fraction:
    """Return the ⌈p·n⌉-th smallest value."""
    return Fraction(values[max(-(-percent * len(values) // 100), 1) - 1])


def take_rank_below(values: Sequence[int], percent: int) -> Fraction:
    """Return the ⌊p·n⌋-th smallest value, or the smallest."""
    return Fraction(values[max(percent * len(values) // 100, 1) - 1])


def interpolate(values: Sequence[int], percent: int) -> Fraction:
    """Return what lies p·(n - 1) steps behind the smallest value, between two of them evenly."""
    whole, rest = divmod(percent * (len(values) - 1), 100)
    upper = values[min(whole + 1, len(values) - 1)]
    return values[whole] + Fraction(rest, 100) * (upper - values[whole])


def compute_percentiles(
    values: Sequence[int], unit: int = 1, rank: Rank = take_nearest_rank
) -> tuple[Percentile, ...]:
    """Return the usual percentiles of some values, in any order; none of nothing.

    Args:
        values: Whole numbers.
        unit: What is divided by, such as 3600 if they are seconds and hours are to be told.
        rank: How a percentile is taken.
    """
    ordered = sorted(values)
    return tuple(
        Percentile(percent, simplify(rank(ordered, percent) / unit))
        for percent in PERCENTS
        if ordered
    )


def simplify(value: Fraction) -> int | float:
    """Return a number as a whole one if it is one, else as the nearest that a computer has."""
    return value.numerator if value.denominator == 1 else float(value)
