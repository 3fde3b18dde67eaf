"""Counts and days along an upright axis: round numbers, and lines at them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.site.pictures.svg import NARROWEST, SMALL, label, line

_MOST_LINES = 5
_STEPS = (1, 2, 5)


class Scale(msgspec.Struct, frozen=True):
    """The numbers from 0 at the bottom of a plot to a highest one.

    Attributes:
        most: The highest number, which is round.
        step: Between two lines.
        top: Where the highest number is, in pixels.
        bottom: Where 0 is.
    """

    most: int
    step: int
    top: float
    bottom: float

    def place(self, value: float) -> float:
        """Return where a number is, in pixels."""
        return self.bottom - (self.bottom - self.top) * min(value, self.most) / self.most

    def draw(self, unit: str) -> Iterator[str]:
        """Yield a line for each round number, called by it; the highest with its unit."""
        for value in range(0, self.most + 1, self.step):
            yield line("grid", "0%", self.place(value), "100%", self.place(value))
        for value in range(self.step, self.most + 1, self.step):
            counted = unit.removesuffix("s") if value == 1 else unit
            words = f"{value:,} {counted}" if value + self.step > self.most else f"{value:,}"
            yield label(
                words, 0, self.place(value) - 3, NARROWEST / 2, role="title quiet", size=SMALL
            )


def make_scale(highest: float, top: float, bottom: float) -> Scale:
    """Return a scale on which a number has its place."""
    power = 1
    while True:
        for factor in _STEPS:
            step = factor * power
            count = max(-(-int(highest + 0.999) // step), 1)
            if count <= _MOST_LINES:
                return Scale(count * step, step, top, bottom)
        power *= 10
