"""How much was finished this week, beside a usual one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from plainwork.flow.daily import FlowWeek
from plainwork.flow.percentiles import take_nearest_rank

_WHOLE = 7
_FEWEST = 4
"""Of fewer weeks nobody can say what is usual."""


class Pace(msgspec.Struct, frozen=True):
    """How much was finished this week.

    Attributes:
        monday: The day on which this week began.
        finished: How many items were finished since then.
        usual: The median of the whole weeks before it: half of them had at most so many. None:
            there are too few of them.
        weeks: How many whole weeks these are.
    """

    monday: date
    finished: int
    usual: int | None
    weeks: int


def compute_pace(weeks: Sequence[FlowWeek]) -> Pace | None:
    """Compare the last of some weeks with the whole ones before it; None: there are no weeks.

    Args:
        weeks: In order, those without anything too; of the last one some days may be to come.
    """
    if not weeks:
        return None
    *before, last = weeks
    whole = sorted(week.finished for week in before if week.days == _WHOLE)
    usual = int(take_nearest_rank(whole, 50)) if len(whole) >= _FEWEST else None
    return Pace(last.monday, last.finished, usual, len(whole))
