"""What to expect, from what was finished each day: exact, by convolution, without sampling.

The days of the sample are taken as equally likely and independent. The distribution of a sum over
``d`` days is then the ``d``-fold convolution of the daily one (``METRICS.md``, *Forecasts*), so the
same sample always gives the same answer, to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

import msgspec

from plainwork.errors import UsageError
from plainwork.flow.totals import DailyTotals, Totals

CONFIDENCES = (50, 70, 85, 95)
"""How sure a forecast is, in percent: it holds in so many of a hundred cases."""

MOST_DAYS = 3_650
"""Ten years: what is further away, no sample can tell."""

MOST_ITEMS = 10_000
"""More on one day is no count of finished work, and it bounds how long a forecast takes."""

_ROUNDING = 1e-11
"""How far a sum of probabilities may be off, so that one of exactly 85 % counts as 85 %."""


class Answer(msgspec.Struct, frozen=True):
    """A forecast at one confidence.

    Attributes:
        confidence: In percent.
        value: At least so many items (10,000: so many or more), or at most so many days; None: not
            within ten years.
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
            all, or more than ten years.
    """
    totals = compute_totals(throughput, days)
    return tuple(Answer(each, totals.reach(_odds(each), MOST_ITEMS)) for each in confidences)


def forecast_days(
    throughput: Sequence[int], items: int, confidences: Sequence[int] = CONFIDENCES
) -> tuple[Answer, ...]:
    """Return within how many days some items will be finished, at most.

    Args:
        throughput: See :func:`forecast_items`.
        items: How many, from 1.
        confidences: In percent, ascending.

    Raises:
        UsageError: As :func:`forecast_items` does, and if it is about no items, or too many.
    """
    if not 1 <= items <= MOST_ITEMS:
        message = f"{items} items: a forecast is about 1 to {MOST_ITEMS:,} of them"
        raise UsageError(message)
    found = _make_daily(tuple(throughput), items).find_first(
        items, [_odds(each) for each in confidences], MOST_DAYS
    )
    return tuple(map(Answer, confidences, found))


def compute_odds(throughput: Sequence[int], items: int, days: Sequence[int]) -> tuple[float, ...]:
    """Return how likely it is that some items are finished within each number of days.

    Raises:
        UsageError: If the sample holds what is no count.
    """
    return _make_daily(tuple(throughput), items).at_least_each(items, days)


def compute_totals(throughput: Sequence[int], days: int) -> Totals:
    """Return how likely it is that so many items will be finished within some days.

    Args:
        throughput: See :func:`forecast_items`.
        days: How many days, from 1.

    Raises:
        UsageError: As :func:`forecast_items` does.
    """
    if not 1 <= days <= MOST_DAYS:
        message = f"{days} days: a forecast is about 1 to {MOST_DAYS:,} days"
        raise UsageError(message)
    return _make_daily(tuple(throughput), MOST_ITEMS).after(days)


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
        # What was forecast is the highest count that is likely enough: to be right, more than
        # that is needed to be too unlikely.
        more = min(actual + 1, MOST_ITEMS)
        odds = _make_daily(tuple(known), more).at_least(more, horizon)
        for each in confidences:
            right[each] += actual >= MOST_ITEMS or odds < _odds(each)
    return tuple(Calibration(each, right[each], len(starts)) for each in confidences)


def _odds(confidence: int) -> float:
    return confidence / 100 - _ROUNDING


@lru_cache(maxsize=1)  # several questions are asked of one sample
def _make_daily(throughput: tuple[int, ...], limit: int) -> DailyTotals:
    if not throughput or min(throughput) < 0 or max(throughput) > MOST_ITEMS:
        message = f"a forecast rests on the items finished on each day: 0 to {MOST_ITEMS:,} of them"
        raise UsageError(message)
    return DailyTotals(throughput, limit)
