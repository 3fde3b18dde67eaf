"""What to expect, from what was finished each day: exact, by convolution, without sampling.

The days of the sample are taken as equally likely and independent. The distribution of a sum over
``d`` days is then the ``d``-fold convolution of the daily one (``METRICS.md``, *Forecasts*), so the
same sample always gives the same answer, to the last digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

import msgspec

from plainwork.errors import UsageError

CONFIDENCES = (50, 70, 85, 95)
"""How sure a forecast is, in percent: it holds in so many of a hundred cases."""

MOST_DAYS = 1_830
"""Five years: what is further away, no sample can tell."""

MOST_A_DAY = 1_000
"""More than that on one day is no count of finished work; it bounds how long a forecast takes."""

_NEGLIGIBLE = 1e-18
"""Smaller odds are dropped at both ends: thousands of them add up to less than rounding."""

_ROUNDING = 1e-12
"""How far a sum of probabilities may be off, so that one of exactly 85 % counts as 85 %."""


class Answer(msgspec.Struct, frozen=True):
    """A forecast at one confidence.

    Attributes:
        confidence: In percent.
        value: At least so many items, or at most so many days; None: not within five years.
    """

    confidence: int
    value: int | None


class Calibration(msgspec.Struct, frozen=True):
    """How often forecasts of one confidence were right.

    Attributes:
        confidence: In percent: how often they claimed to be.
        right: In how many of the cases at least so many items were finished as was said.
        cases: How many forecasts were looked at.
    """

    confidence: int
    right: int
    cases: int


def forecast_items(
    throughput: Sequence[int], days: int, confidences: Sequence[int] = CONFIDENCES
) -> tuple[Answer, ...]:
    """Return how many items will be finished within some days, at least.

    Args:
        throughput: Items finished on each day of the sample; days with none count.
        days: How many days, from 1.
        confidences: In percent.

    Raises:
        UsageError: If the sample is empty or holds what is no count, or it is about no days at
            all, or more than five years.
    """
    if not 1 <= days <= MOST_DAYS:
        message = f"{days} days: a forecast is about 1 to {MOST_DAYS} days"
        raise UsageError(message)
    totals = next(islice(_iterate_totals(throughput), days - 1, None))
    return tuple(Answer(each, totals.reach(each / 100)) for each in confidences)


def forecast_days(
    throughput: Sequence[int], items: int, confidences: Sequence[int] = CONFIDENCES
) -> tuple[Answer, ...]:
    """Return within how many days some items will be finished, at most.

    Args:
        throughput: See :func:`forecast_items`.
        items: How many, from 1.
        confidences: In percent.

    Raises:
        UsageError: As :func:`forecast_items` does, and if it is about no items.
    """
    if items < 1:
        message = f"{items} items: a forecast is about at least one"
        raise UsageError(message)
    found: dict[int, int] = {}
    totals = islice(_iterate_totals(throughput), MOST_DAYS)
    for day, total in enumerate(totals, start=1):
        odds = total.at_least(items)
        for confidence in confidences:
            if odds >= confidence / 100 - _ROUNDING:
                found.setdefault(confidence, day)
        if len(found) == len(set(confidences)):
            break
    return tuple(Answer(each, found.get(each)) for each in confidences)


def compute_calibration(
    throughput: Sequence[int],
    *,
    horizon: int,
    sample: int,
    step: int = 7,
    confidences: Sequence[int] = CONFIDENCES,
) -> tuple[Calibration, ...]:
    """Return how often past forecasts would have been right.

    Every ``step`` days the ``sample`` days before are taken to forecast the ``horizon`` days that
    follow, which have long happened.

    Args:
        throughput: Items finished on each day, oldest first.
        horizon: How many days ahead each of them looks.
        sample: How many days each of them rests on.
        step: How many days lie between two of them.
        confidences: In percent.
    """
    right = dict.fromkeys(confidences, 0)
    starts = range(sample, len(throughput) - horizon + 1, step)
    sums = [0, *accumulate(throughput)]
    for start in starts:
        actual = sums[start + horizon] - sums[start]
        known = throughput[start - sample : start]
        for answer in forecast_items(known, horizon, confidences):
            right[answer.confidence] += answer.value is not None and actual >= answer.value
    return tuple(Calibration(each, right[each], len(starts)) for each in confidences)


class _Totals:
    """How likely each total is, from ``least`` upwards."""

    def __init__(self, least: int, odds: list[float]) -> None:
        self._least = least
        self._odds = odds

    def plus(self, day: Sequence[tuple[int, float]]) -> _Totals:
        """Return the totals with one day more: number of items and how likely they are, each."""
        odds = [0.0] * (len(self._odds) + max(items for items, _ in day))
        for items, share in day:
            for position, likely in enumerate(self._odds, start=items):
                odds[position] += share * likely
        first = next(place for place, likely in enumerate(odds) if likely >= _NEGLIGIBLE)
        while odds[-1] < _NEGLIGIBLE:
            odds.pop()
        return _Totals(self._least + first, odds[first:])

    def at_least(self, items: int) -> float:
        """Return how likely it is that so many are finished."""
        return sum(self._odds[max(items - self._least, 0) :])

    def reach(self, odds: float) -> int:
        """Return the most items that are reached with these odds."""
        rest = 0.0
        for position in range(len(self._odds) - 1, -1, -1):
            rest += self._odds[position]
            if rest >= odds - _ROUNDING:
                return self._least + position
        return self._least


def _iterate_totals(throughput: Sequence[int]) -> Iterator[_Totals]:
    """Yield the distribution of the total after 1, 2, 3, … days."""
    if not throughput or min(throughput) < 0 or max(throughput) > MOST_A_DAY:
        message = f"a forecast rests on the items finished on each day: 0 to {MOST_A_DAY} of them"
        raise UsageError(message)
    day = [(items, count / len(throughput)) for items, count in sorted(Counter(throughput).items())]
    totals = _Totals(0, [1.0])
    while True:
        totals = totals.plus(day)
        yield totals
