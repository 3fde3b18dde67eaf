"""What a routine owes: the occurrences that have come and whose work is not there.

Occurrences are made in order, so what is owed lies behind the last one that is there. A rule that
is changed thus counts from then on, and nothing is made for the years before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise, takewhile

import msgspec

from plainwork.analysis.created_work import (
    Blueprint,
    CreatedWork,
    CreationFault,
    Occasion,
    compute_created,
    prepare_creation,
)
from plainwork.analysis.recurrence import (
    next_occurrences,
    occurrences,
    parse_rule,
    period_of,
    shift,
)
from plainwork.analysis.recurrence_rule import Rule
from plainwork.analysis.schedule import Schedule, read_schedule
from plainwork.analysis.working_calendar import WorkingCalendar
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Category
from plainwork.parsing.definitions import make_creation

MOST_OWED = 4_000
"""Occurrences that a routine may owe at once: over ten years of days. More is a slip."""

_MOST_COUNTED = 50_000
"""Occurrences that are counted from the start of a rule, to know whose turn it is."""

_RULE = ("schedule", "rrule")
_ONE_DAY = timedelta(days=1)
_LONGEST_SHIFT = timedelta(days=366)
"""How far behind the last day an occurrence may lie that a shift brings before it."""


class Skipped(msgspec.Struct, frozen=True):
    """An occurrence that was missed and is not made up for (``on_miss: skip``)."""

    id: str
    creator: str
    day: date


class Debt(msgspec.Struct, frozen=True):
    """What a routine owes, in the order of the days."""

    created: tuple[CreatedWork, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class Horizon(msgspec.Struct, frozen=True):
    """How far what is owed reaches.

    Attributes:
        today: The day.
        until: The last day that counts; None: today, and what each routine has ``ahead``.
    """

    today: date
    until: date | None = None


def is_recurring(routine: Work) -> bool:
    """Whether a routine creates work by a schedule: it is active, and says when."""
    return routine.category == Category.ACTIVE and "schedule" in routine.fields


def compute_debt(
    routine: Work,
    snapshot: Snapshot,
    horizon: Horizon,
    *,
    made: Sequence[date],
    done: date | None = None,
) -> Debt | CreationFault:
    """Compute what a routine owes.

    Args:
        routine: One that :func:`is_recurring`.
        snapshot: The workspace.
        horizon: How far it reaches.
        made: The unshifted days of the occurrences that are there, in order.
        done: Of a routine ``after-done``: the day on which the last of them was closed.
    """
    schedule = read_schedule(routine)
    if isinstance(schedule, str):
        return CreationFault("invalid-recurrence", schedule, _RULE)
    creation = make_creation(routine.fields.get("creates") or {})
    if creation is None:
        message = "it recurs, but does not say what it creates"
        return CreationFault("incomplete-routine", message, ("schedule",))
    if creation.depends_on:
        message = "`depends_on` names siblings, and an occurrence has none"
        return CreationFault("creation-keys", message, ("creates", "depends_on"))
    blueprint = prepare_creation(routine, creation, snapshot)
    if isinstance(blueprint, CreationFault):
        return blueprint
    days = _find_days(schedule, blueprint, horizon, made, done)
    if isinstance(days, CreationFault):
        return days
    return _make(days, schedule, blueprint, horizon, snapshot)


class _Day(msgspec.Struct, frozen=True, order=True):
    """An occurrence: its number from 0, the day of the rule, and the working day."""

    number: int
    unshifted: date
    day: date


def _find_days(
    schedule: Schedule,
    blueprint: Blueprint,
    horizon: Horizon,
    made: Sequence[date],
    done: date | None,
) -> list[_Day] | CreationFault:
    calendar = blueprint.calendar
    last = horizon.until or _add_ahead(schedule, calendar, horizon.today)
    if schedule.after_done:
        days = _find_next(schedule.rule, made, done, last)
    else:
        days = _number(schedule.rule, made, last, counts=len(blueprint.creation.rotation) > 1)
    shifted = (_Day(number, day, shift(day, calendar, schedule.shift)) for number, day in days)
    come = list(takewhile(lambda found: found.day <= last, islice(shifted, _MOST_COUNTED)))
    if len(come) == _MOST_COUNTED:
        return _too_many(f"more than {_MOST_COUNTED:,} occurrences", schedule.rule)
    return [day for day in come if not made or day.unshifted > made[-1]]


def _add_ahead(schedule: Schedule, calendar: WorkingCalendar, today: date) -> date:
    return calendar.add_to_date(today, schedule.ahead) if schedule.ahead else today


def _number(
    rule: Rule, made: Sequence[date], last: date, *, counts: bool
) -> Iterator[tuple[int, date]]:
    """Yield the days of a rule behind those that are there; if asked, numbered from its start."""
    first = rule.start if counts or not made else made[-1] + _ONE_DAY
    reach = last + min(_LONGEST_SHIFT, date.max - last)
    return enumerate(occurrences(rule, first, reach, _MOST_COUNTED + 1))


def _find_next(
    rule: Rule, made: Sequence[date], done: date | None, last: date
) -> Iterator[tuple[int, date]]:
    """Yield the one day that follows the one on which the last occurrence was closed."""
    if not made:
        return islice(_number(rule, made, last, counts=False), 1)
    anew = parse_rule(rule.text, done) if done is not None else ""
    if done is None or isinstance(anew, str) or (rule.count and len(made) >= rule.count):
        return iter(())
    following = next_occurrences(msgspec.structs.replace(anew, count=None), max(done, made[-1]), 1)
    return ((len(made), day) for day in following)


def _too_many(what: str, rule: Rule) -> CreationFault:
    message = f"{what} since {rule.start}; give it a later `start`"
    return CreationFault("invalid-recurrence", message, _RULE)


def _make(
    days: Sequence[_Day],
    schedule: Schedule,
    blueprint: Blueprint,
    horizon: Horizon,
    snapshot: Snapshot,
) -> Debt | CreationFault:
    missed = _find_missed(days, horizon.today) if schedule.skips else frozenset()
    owed = [day for day in days if day not in missed]
    if len(owed) > MOST_OWED:
        return _too_many(f"it owes more than {MOST_OWED:,} occurrences", schedule.rule)
    created = []
    for day in owed:
        period = period_of(day.unshifted, schedule.rule)
        occasion = Occasion(day.unshifted.isoformat(), day.day, period, day.number)
        work = compute_created(blueprint, occasion, snapshot)
        if isinstance(work, CreationFault):
            return work
        created.append(work)
    routine = blueprint.creator.id
    skipped = [Skipped(f"{routine}.{day.unshifted}", routine, day.day) for day in sorted(missed)]
    return Debt(tuple(created), tuple(skipped))


def _find_missed(days: Sequence[_Day], today: date) -> frozenset[_Day]:
    """Return the occurrences whose next one has come."""
    return frozenset(day for day, following in pairwise(days) if following.day <= today)
