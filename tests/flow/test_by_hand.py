"""Numbers of flow against tables that were worked out with pencil and paper."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest

from plainwork.flow.conventions import CONVENTIONS
from plainwork.flow.measures import Flow, compute_flow
from plainwork.flow.percentiles import (
    PERCENTS,
    interpolate,
    simplify,
    take_nearest_rank,
    take_rank_below,
)
from support.builders import make_snapshot
from support.events import DAY
from support.lives import make_history

HERE = Path(__file__).parent / "by_hand"
UNTIL = 20
_NAME = 18
"""The columns of a name; a life follows."""


def read_rows(name: str, heading: str) -> Iterator[str]:
    """Yield the lines of a table below its heading."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for line in lines[1 + next(at for at, line in enumerate(lines) if line.startswith(heading)) :]:
        if not line:
            return
        yield line


def measure(lives: dict[str, str], compat: str = "plainwork") -> Flow:
    """Compute the flow of items from 1 to 21 January 1970: from day 0 to day 20."""
    return compute_flow(
        make_history(lives),
        make_snapshot(),
        UTC,
        since=date(1970, 1, 1),
        until=date(1970, 1, 1 + UNTIL),
        today=date(1970, 1, 1 + UNTIL),
        convention=CONVENTIONS[compat],
    )


def split_life(line: str, numbers: int) -> tuple[str, str, list[str]]:
    words = line[_NAME:].split()
    return line[:_NAME].strip(), " ".join(words[:-numbers]), words[-numbers:]


CYCLE_TIMES = [split_life(line, 8) for line in read_rows("cycle-times", "life")]


@pytest.mark.parametrize(
    ("life", "numbers"), [pytest.param(life, rest, id=name) for name, life, rest in CYCLE_TIMES]
)
def test_cycle_times(life: str, numbers: list[str]) -> None:
    start, finish, days, work, of, *_ = numbers
    flow = measure({"a": life})
    items = (*flow.finished, *(each.item for each in flow.in_progress))
    assert len(items) == (days != "-")
    for item in items:
        assert item.started.timetuple().tm_yday - 1 == int(start)
        assert item.finished is None or item.finished.timetuple().tm_yday - 1 == int(finish)
        assert (item.finished is None) == (finish == "-")
        assert item.days == int(days)
        assert item.active_seconds == float(work) * DAY
        assert item.open_seconds == float(of) * DAY


@pytest.mark.parametrize(
    ("compat", "column"), [("actionable-agile", 5), ("lighthouse", 6), ("jira-agile-metrics", 7)]
)
@pytest.mark.parametrize(
    ("life", "numbers"), [pytest.param(life, rest, id=name) for name, life, rest in CYCLE_TIMES]
)
def test_cycle_times_of_other_tools(
    life: str, numbers: list[str], compat: str, column: int
) -> None:
    found = [item.days for item in measure({"a": life}, compat).finished]
    assert found == ([] if numbers[column] == "-" else [float(numbers[column])])


@pytest.mark.parametrize("line", list(read_rows("percentiles", "values")))
def test_percentiles(line: str) -> None:
    *values, nearest, below, interpolated = (part for part in line.split("  ") if part)
    ordered = sorted(map(int, values[0].split()))
    for rank, expected in (
        (take_nearest_rank, nearest),
        (take_rank_below, below),
        (interpolate, interpolated),
    ):
        found = [simplify(rank(ordered, percent)) for percent in PERCENTS]
        assert found == list(map(float, expected.split()))


def test_cumulative_flow() -> None:
    lives = {line[0]: line[_NAME:] for line in read_rows("cumulative-flow", "life")}
    days = measure(lives).days
    rows = [list(map(int, line.split())) for line in read_rows("cumulative-flow", "day")]
    assert [
        [
            day.day.day - 1,
            *(day.proposed, day.ready, day.active, day.waiting, day.done, day.dropped),
            *(day.in_progress, day.finished),
        ]
        for day in days[: len(rows)]
    ] == rows
