"""What is found of a sort: how much, and the most urgent of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from plainwork.model.work import Work
from plainwork.views.summary import Urgency

T = TypeVar("T")


class Found(msgspec.Struct, Generic[T], frozen=True):
    """How much there is of something, and the most urgent of it."""

    count: int
    works: tuple[T, ...]


class Picker:
    """Counts works, and describes the most urgent of them.

    Args:
        urgency: Their order.
        most: How many are described, or None for all.
    """

    def __init__(self, urgency: Urgency, most: int | None) -> None:
        self._urgency = urgency
        self._most = most

    def __call__(self, works: Iterable[Work], describe: Callable[[Work], T]) -> Found[T]:
        """Return works as described by a function."""
        found = list(works)
        return Found(len(found), tuple(map(describe, self._urgency.sort(found, self._most))))
