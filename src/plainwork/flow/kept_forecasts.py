"""What forecasts of past weeks said, and what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

import msgspec

from plainwork.flow.forecast import Answer, Calibration, forecast_items

HORIZON = 28
"""Days that each of them looks ahead: as far as plans of a month do."""

_WEEK = 7


class PastForecast(msgspec.Struct, frozen=True):
    """A forecast that could have been made on a day.

    Attributes:
        day: The first day that it is about.
        until: The last one.
        answers: At least how many items it would have said are finished, by confidence.
        actual: How many were.
    """

    day: date
    until: date
    answers: tuple[Answer, ...]
    actual: int


def find_past_forecasts(
    throughput: Sequence[int], last: date, sample: int, since: date | None = None
) -> Iterator[PastForecast]:
    """Yield what would have been said each week, the oldest first; the last ended on `last`.

    Args:
        throughput: Items finished on each day, oldest first.
        last: The day of the last of them.
        sample: On how many days each forecast rests.
        since: The first day that one of them may be about; None: any.
    """
    sums = [0, *accumulate(throughput)]
    first = last - timedelta(len(throughput) - 1)
    weeks = max((len(throughput) - sample - HORIZON) // _WEEK, -1)
    for week in range(weeks, -1, -1):
        start = len(throughput) - HORIZON - week * _WEEK
        day = first + timedelta(start)
        if since is None or day >= since:
            yield PastForecast(
                day=day,
                until=day + timedelta(HORIZON - 1),
                answers=forecast_items(throughput[start - sample : start], HORIZON),
                actual=sums[start + HORIZON] - sums[start],
            )


def calibrate(forecasts: Sequence[PastForecast]) -> tuple[Calibration, ...]:
    """Return how often they were right, by confidence."""
    confidences = [answer.confidence for answer in forecasts[0].answers] if forecasts else []
    return tuple(
        Calibration(
            confidence,
            sum(_is_right(each, number) for each in forecasts),
            len(forecasts),
        )
        for number, confidence in enumerate(confidences)
    )


def _is_right(forecast: PastForecast, number: int) -> bool:
    said = forecast.answers[number].value
    return said is not None and forecast.actual >= said
