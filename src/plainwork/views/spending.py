"""What projects have cost so far: money and time of their records, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from plainwork.analysis.team_calendar import find_calendar
from plainwork.model.quantity import Money
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.quantities import parse_duration, parse_money


class Spending(msgspec.Struct, frozen=True):
    """What was spent.

    Attributes:
        money: The sum in each currency, the workspace's own first.
        hours: The sum of all times, days counted as working days of the workspace.
    """

    money: tuple[Money, ...] = ()
    hours: Decimal = Decimal(0)

    def in_currency(self, currency: str) -> Decimal:
        """Return the sum in one currency."""
        return next((sum_.amount for sum_ in self.money if sum_.currency == currency), Decimal(0))


def compute_spending(records: Iterable[Record], snapshot: Snapshot) -> Spending:
    """Add up what records of kind ``spent`` say; one record counts once."""
    own = snapshot.settings.currency
    sums: dict[str, Decimal] = {}
    hours = Decimal(0)
    calendar = None
    for record in {record.path: record for record in records if record.kind == "spent"}.values():
        money = parse_money(str(record.details.get("cost", "")))
        if money is not None:
            currency = money.currency or own
            sums[currency] = sums.get(currency, Decimal(0)) + money.amount
        time = parse_duration(str(record.details.get("time", "")))
        if time is not None:
            calendar = calendar or find_calendar(snapshot)
            hours += calendar.hours(time)
    order = sorted(sums, key=lambda currency: (currency != own, currency))
    return Spending(tuple(Money(sums[currency], currency) for currency in order), hours)
