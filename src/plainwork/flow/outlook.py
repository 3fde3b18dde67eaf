"""What to expect, what that rests on, and how often it would have been right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from plainwork.flow.forecast import (
    CONFIDENCES,
    MOST_DAYS,
    MOST_ITEMS,
    Answer,
    Calibration,
    compute_calibration,
    compute_odds,
    compute_totals,
    forecast_days,
    forecast_items,
)
from plainwork.flow.scope import Scope

SAMPLE_DAYS = 84
"""Twelve weeks, unless asked otherwise: recent, and with every day of the week equally often."""

_RELIED_ON = 85
_LOOKED_AT = 12
_WEEK = 7
_SHOWN = 10
_BOUNDS = 5
"""What is likelier or less likely than this, in percent, is not drawn."""


class Sample(msgspec.Struct, frozen=True):
    """What a forecast rests on.

    Attributes:
        file: The file of daily counts, or ``""``: the history.
        scope: Which items of the history count.
        since: The first day, or null where nobody knows: a file has no dates.
        until: The last day, or null.
        days: How many days there are.
        items: How many items were finished on them.
    """

    file: str
    scope: Scope
    since: date | None
    until: date | None
    days: int
    items: int


class DayAnswer(msgspec.Struct, frozen=True):
    """By when all is finished, at one confidence in percent; null: not within ten years."""

    confidence: int
    days: int | None
    by: date | None


class DayChance(msgspec.Struct, frozen=True):
    """How likely it is, in percent, that all is finished by a day."""

    by: date
    percent: float


class ItemChance(msgspec.Struct, frozen=True):
    """How likely it is, in percent, that at least so many items are finished."""

    items: int
    percent: float


class WhenFinished(msgspec.Struct, frozen=True):
    """When some items will be finished.

    Attributes:
        items: How many.
        open: Whether they are all open work of the scope.
    """

    items: int
    open: bool
    answers: tuple[DayAnswer, ...]
    chances: tuple[DayChance, ...]


class HowMany(msgspec.Struct, frozen=True):
    """How many items will be finished within some days; 10,000 stands for as many or more."""

    days: int
    until: date
    answers: tuple[Answer, ...]
    chances: tuple[ItemChance, ...]


class Backtest(msgspec.Struct, frozen=True):
    """How often forecasts of past weeks were right.

    Attributes:
        days: How many days ahead each looked: fewer than asked for, where history is short.
        sample: How many days each rested on.
    """

    days: int
    sample: int
    confidences: tuple[Calibration, ...]


class Outlook(msgspec.Struct, frozen=True):
    """What to expect.

    Attributes:
        when: When some items will be finished, or null if nobody asked.
        how_many: How many will be finished, or null if nobody asked.
        backtest: How often that would have been right; null: there is too little history.
    """

    today: date
    sample: Sample
    when: WhenFinished | None
    how_many: HowMany | None
    backtest: Backtest | None


class Question(msgspec.Struct, frozen=True):
    """What is asked: when `items` are finished, and how many in `days`; None: it is not.

    Attributes:
        open: Whether the items are all open work of the scope; there may be none then.
    """

    items: int | None = None
    days: int | None = None
    open: bool = False


def compute_outlook(
    throughput: Sequence[int], sample: Sample, question: Question, today: date
) -> Outlook:
    """Say what to expect.

    Args:
        throughput: Items finished on each known day, the oldest first; the sample is the last of
            them, and what comes before tells how good forecasts were.
        sample: What the forecast rests on: one day at least.
        question: What is asked.
        today: After it days are counted.

    Raises:
        UsageError: If a number is no count, or too large to be answered.
    """
    recent = throughput[len(throughput) - sample.days :]
    when = None
    if question.open and not question.items:
        when = WhenFinished(0, open=True, answers=(), chances=())
    elif question.items is not None:
        when = _find_when(recent, question.items, today, is_open=question.open)
    how_many = _find_how_many(recent, question.days, today) if question.days is not None else None
    horizon = question.days or _find_horizon(when)
    return Outlook(
        today=today,
        sample=sample,
        when=when,
        how_many=how_many,
        backtest=_look_back(throughput, horizon, sample.days) if horizon else None,
    )


def _find_when(recent: Sequence[int], items: int, today: date, *, is_open: bool) -> WhenFinished:
    begin, *answers = forecast_days(recent, items, (_BOUNDS, *CONFIDENCES))
    known = [answer.value for answer in answers if answer.value is not None]
    shown = _spread(begin.value or 1, known[-1]) if known else ()
    odds = zip(shown, compute_odds(recent, items, shown), strict=True)
    return WhenFinished(
        items=items,
        open=is_open,
        answers=tuple(
            DayAnswer(
                answer.confidence,
                answer.value,
                _after(today, answer.value) if answer.value else None,
            )
            for answer in answers
        ),
        chances=tuple(DayChance(_after(today, day), _percent(each)) for day, each in odds),
    )


def _find_how_many(recent: Sequence[int], days: int, today: date) -> HowMany:
    totals = compute_totals(recent, days)
    highest = totals.reach(_BOUNDS / 100, MOST_ITEMS)
    lowest = totals.reach(1 - _BOUNDS / 100, MOST_ITEMS)
    return HowMany(
        days=days,
        until=_after(today, days),
        answers=forecast_items(recent, days),
        chances=tuple(
            ItemChance(items, _percent(totals.at_least(items)))
            for items in _spread(lowest, highest)
            if highest
        ),
    )


def _find_horizon(when: WhenFinished | None) -> int:
    """Return how far ahead forecasts have to be right: as far as the one that is relied on."""
    answers = when.answers if when else ()
    known = [each.days for each in answers if each.days and each.confidence <= _RELIED_ON]
    return known[-1] if known else 0


def _look_back(throughput: Sequence[int], horizon: int, sample: int) -> Backtest | None:
    spare = len(throughput) - sample - (_LOOKED_AT - 1) * _WEEK
    horizon = min(horizon, max(spare, _WEEK))  # better a nearer horizon than no look back
    weeks = min((len(throughput) - sample - horizon) // _WEEK + 1, _LOOKED_AT)
    if weeks < 1:
        return None
    # The last forecast is the one whose days ended with the last that is known.
    known = throughput[len(throughput) - sample - horizon - (weeks - 1) * _WEEK :]
    found = compute_calibration(known, horizon=horizon, sample=sample, step=_WEEK)
    return Backtest(horizon, sample, found)


def _spread(first: int, last: int) -> tuple[int, ...]:
    """Return numbers from the first to the last, about equally far from each other."""
    steps = min(last - first, _SHOWN - 1)
    if not steps:
        return (last,)
    return tuple(first + round((last - first) * step / steps) for step in range(steps + 1))


def _after(today: date, days: int) -> date:
    return today + timedelta(min(days, MOST_DAYS, (date.max - today).days))


def _percent(odds: float) -> float:
    return round(100 * odds, 1)
