"""What to expect, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plainwork.flow.outlook import Backtest, HowMany, Outlook, Sample, WhenFinished
from plainwork.reporting.charts import draw_bar
from plainwork.reporting.table import format_table
from plainwork.reporting.text import escape_line, plural, style, wrap
from plainwork.reporting.title import format_day, format_title

_NEVER = "not within ten years"
_FEW = 10
"""With fewer items a sample says little."""

_BAR = 40


def format_outlook(outlook: Outlook, *, width: int, color: bool, blocks: bool) -> Iterator[str]:
    """Yield the lines of a forecast.

    Args:
        outlook: What to expect.
        width: The columns of the screen.
        color: Whether headings are emphasised.
        blocks: Whether charts may be drawn with block characters.
    """
    yield format_title("Forecast", outlook.today, width=width, color=color)
    if outlook.when is not None:
        yield ""
        yield from _format_when(outlook.when, outlook.sample, width=width, color=color)
        yield from _draw(
            [(format_day(each.by), each.percent) for each in outlook.when.chances], blocks=blocks
        )
    if outlook.how_many is not None:
        yield ""
        yield from _format_how_many(outlook.how_many, color=color)
        chances = outlook.how_many.chances
        yield from _draw([(f"{each.items:,} +", each.percent) for each in chances], blocks=blocks)
    yield ""
    for remark in _remark(outlook):
        yield from wrap(remark, width=width)


def _format_when(when: WhenFinished, sample: Sample, *, width: int, color: bool) -> Iterator[str]:
    items = plural(when.items, "item")
    heading = f"When {items} will be finished"
    if when.open:
        heading = f"When the open work{_describe_scope(sample)} will be finished: {items}"
    yield from (style(line, "bold", on=color) for line in wrap(escape_line(heading), width=width))
    if not when.items:
        yield "  now: nothing is open"
    rows = [
        (
            f"{answer.confidence}%",
            f"within {plural(answer.days, 'day')}" if answer.days else _NEVER,
            f"by {format_day(answer.by)}" if answer.by else "",
        )
        for answer in when.answers
    ]
    yield from _indent(format_table([""] * 3, rows, align=">"))


def _format_how_many(how_many: HowMany, *, color: bool) -> Iterator[str]:
    heading = f"How many in {plural(how_many.days, 'day')}, until {format_day(how_many.until)}"
    yield style(heading, "bold", on=color)
    rows = [
        (f"{answer.confidence}%", f"{answer.value or 0:,} or more") for answer in how_many.answers
    ]
    yield from _indent(format_table([""] * 2, rows, align=">"))


def _draw(chances: Sequence[tuple[str, float]], *, blocks: bool) -> Iterator[str]:
    """Yield a bar for each chance."""
    if not chances:
        return
    yield ""
    rows = [
        (name, f"{percent:.0f}%", draw_bar(round(percent * 10), 1_000, _BAR, blocks=blocks))
        for name, percent in chances
    ]
    yield from _indent(format_table([""] * 3, rows, align=">>"))


def _indent(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _remark(outlook: Outlook) -> Iterator[str]:
    yield _describe_sample(outlook.sample)
    if not outlook.sample.items:
        yield "Nothing was finished then: as far as that tells, nothing ever will be."
        return
    if outlook.sample.items < _FEW:
        yield "That is little to go by: take the forecast as a guess."
    if outlook.backtest is None:
        yield "There is too little before to say how often such a forecast was right."
    else:
        yield _describe_backtest(outlook.backtest)


def _describe_sample(sample: Sample) -> str:
    days, items = plural(sample.days, "day"), plural(sample.items, "item")
    if sample.file:
        return f"It rests on {days} in {sample.file}, on which {items} were finished."
    assert sample.since is not None  # noqa: S101 - history has dates
    assert sample.until is not None  # noqa: S101
    when = f"{format_day(sample.since)} to {format_day(sample.until)}"
    return f"It rests on {days}, {when}, on which {items}{_describe_scope(sample)} were finished."


def _describe_scope(sample: Sample) -> str:
    scope = sample.scope
    named = (("of workflow", scope.workflow), ("of team", scope.team), ("in", scope.project))
    return "".join(f" {word} {name}" for word, name in named if name)


def _describe_backtest(backtest: Backtest) -> str:
    first = backtest.confidences[0]
    held = ", ".join(f"{each.right} at {each.confidence}%" for each in backtest.confidences)
    return (
        f"Looking back, of {plural(first.cases, 'weekly forecast')} for {backtest.days} days, each "
        f"from the {plural(backtest.sample, 'day')} before it, so many held: {held}."
    )
