"""The timeline: a bar from start to due day, what it waits for, and a line for today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from plainwork.site.pictures.legend import (
    CATEGORY_MARKS,
    category_word,
    draw_legend,
    legend_height,
)
from plainwork.site.pictures.paint import category_role
from plainwork.site.pictures.svg import (
    NARROWEST,
    SMALL,
    label,
    line,
    percent,
    picture,
    rectangle,
    shape,
    words_width,
)
from plainwork.site.pictures.time_axis import TimeAxis, format_day
from plainwork.views.summary import WorkSummary
from plainwork.views.timeline import Timeline, TimelineBar, TimelineLink

_HEAD = 40
_ROW = 36
_BAR = 12
_BAR_TOP = 18
_GAP = 6
_ASIDE = 4
"""Between the line of a day and its name."""
_MARGIN = 28
"""A part of all days that stays free on both sides, for the shapes at the first and last one."""
_DIAMOND = "M0-8L8 0L0 8L-8 0Z"
_POINT = "M-6-6H6V6H-6Z"
_TIPS = {1: "M0 0L-7-4V4Z", -1: "M0 0L7-4V4Z"}
_TIPS_AT_POINT = {1: "M-7 0L-14-4V4Z", -1: "M7 0L14-4V4Z"}
_GOES_ON = "M2-6L8 0L2 6Z"
_BEGUN = "M-2-6L-8 0L-2 6Z"


def render_timeline(timeline: Timeline, *, name: str = "timeline", title: str = "Timeline") -> str:
    """Return a timeline as SVG; as wide as its place, with text of one size.

    Args:
        timeline: What to show.
        name: What no other picture of the page has.
        title: Whose timeline it is.
    """
    drawing = _Drawing(timeline)
    return picture(name, title, _describe(timeline), drawing.draw(), height=drawing.height)


class _Drawing:
    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        first, last = min(timeline.first, timeline.today), max(timeline.last, timeline.today)
        margin = (last - first).days // _MARGIN + 1
        self._axis = TimeAxis(_moved(first, -margin), _moved(last, margin))
        self._legend = tuple(_legend(timeline))
        self._bottom = _HEAD + _ROW * max(len(timeline.bars), 1)
        self.height = self._bottom + _GAP + (legend_height(self._legend) if self._legend else 0)

    def draw(self) -> Iterator[str]:
        timeline = self._timeline
        yield from self._days()
        for link in timeline.links:
            if not link.broken:
                yield from self._link(link)
        for place, bar in enumerate(timeline.bars):
            yield from self._bar(bar, _HEAD + place * _ROW)
        # These lead back across bars, and must be seen there.
        for link in timeline.links:
            if link.broken:
                yield from self._link(link)
        for place, bar in enumerate(timeline.bars):
            yield from _labels(bar.work, _HEAD + place * _ROW)
        if not timeline.bars:
            yield label("Nothing has a day.", 0, _HEAD + 14, NARROWEST, role="quiet")
        yield from draw_legend(self._legend, self._bottom + _GAP)

    def _days(self) -> Iterator[str]:
        for tick in self._axis.ticks(_ASIDE):
            at = percent(tick.part)
            yield line("grid", at, 4, at, self._bottom)
            words = label(tick.words, at, 14, NARROWEST, role="quiet", size=SMALL)
            yield f'<svg x="{_ASIDE}" overflow="visible">{words}</svg>'
        today = self._axis.begin(self._timeline.today)
        at = percent(today)
        yield line("now", at, 20, at, self._bottom)
        words = f"today, {format_day(self._timeline.today)}"
        late = today > 1 / 2
        mark = label(
            words, at, 30, NARROWEST / 2, role="title now-word", anchor="end" if late else "start"
        )
        yield f'<svg x="{-5 if late else 5}" overflow="visible">{mark}</svg>'

    def _bar(self, bar: TimelineBar, y: float) -> Iterator[str]:
        work = bar.work
        middle = y + _BAR_TOP + _BAR / 2
        begin, end = self._axis.begin(bar.first), self._axis.end(bar.last)
        role = category_role(work.category)
        if work.workflow.lower() == "milestone":
            yield shape(role, percent(self._axis.end(bar.last)), middle, _DIAMOND)
            return
        if bar.first == bar.last:
            yield shape(role, percent(end), middle, _POINT)
        else:
            wide = percent(end - begin)
            yield rectangle(role, percent(begin), y + _BAR_TOP, wide, _BAR, round_=2)
        if bar.begun:
            yield shape("mark", percent(begin), middle, _BEGUN)
        if bar.goes_on:
            yield shape("mark", percent(end), middle, _GOES_ON)

    def _link(self, link: TimelineLink) -> Iterator[str]:
        bars = self._timeline.bars
        source, target = bars[link.source], bars[link.target]
        leaves = self._begin(source) if link.type in {"SS", "SF"} else self._axis.end(source.last)
        arrives = self._begin(target) if link.type in {"FS", "SS"} else self._axis.end(target.last)
        top, bottom = _middle(link.source), _middle(link.target)
        tone = " alarm" if link.broken else ""
        yield line(f"way{tone}", percent(leaves), top, percent(leaves), bottom)
        yield line(f"way{tone}", percent(leaves), bottom, percent(arrives), bottom)
        way = 1 if leaves <= arrives else -1
        tips = _TIPS_AT_POINT if target.first == target.last else _TIPS
        yield shape(f"tip{tone}", percent(arrives), bottom, tips[way])

    def _begin(self, bar: TimelineBar) -> float:
        if bar.first == bar.last:
            return self._axis.end(bar.last)
        return self._axis.begin(bar.first)


def _labels(work: WorkSummary, y: float) -> Iterator[str]:
    words = f"{CATEGORY_MARKS.get(work.category, '?')} {work.title}"
    suffix = _suffix(work)
    width = words_width(suffix, SMALL) + 2
    room = NARROWEST - (width + _GAP if suffix else 0)
    yield label(words, 0, y + 12, room, role="title")
    yield label(suffix, "100%", y + 12, width, role="title alarm", anchor="end", size=SMALL)


def _middle(place: int) -> float:
    return _HEAD + place * _ROW + _BAR_TOP + _BAR / 2


def _suffix(work: WorkSummary) -> str:
    if work.overdue:
        return "! late"
    return "× blocked" if work.blocked else ""


def _legend(timeline: Timeline) -> Iterator[tuple[str, str]]:
    there = {bar.work.category for bar in timeline.bars}
    yield from ((each, category_word(each)) for each in CATEGORY_MARKS if each in there)
    if any(bar.work.workflow.lower() == "milestone" for bar in timeline.bars):
        yield "-", "◆ milestone"
    if any(bar.goes_on for bar in timeline.bars):
        yield "-", "▶ no end is known"
    if timeline.links:
        yield "-", "→ waits for"
    if any(link.broken for link in timeline.links):
        yield "-", "⇢ dashed: the days contradict it"
    yield from (("-", words) for words in _rest(timeline))


def _rest(timeline: Timeline) -> tuple[str, ...]:
    said = (
        (timeline.left_out, "more not drawn"),
        (timeline.outside, "over two years away"),
        (timeline.undated, "without days"),
        (timeline.links_left_out, "links not drawn"),
    )
    return tuple(f"{count} {words}" for count, words in said if count)


def _describe(timeline: Timeline) -> str:
    count = len(timeline.bars)
    late = sum(bool(bar.work.overdue) for bar in timeline.bars)
    blocked = sum(bar.work.blocked for bar in timeline.bars)
    rest = ", ".join(_rest(timeline))
    return (
        f"{count} works from {format_day(timeline.first)} to {format_day(timeline.last)};"
        f" today is {format_day(timeline.today)}. {late} late, {blocked} blocked,"
        f" {len(timeline.links)} dependencies." + (f" {rest}." if rest else "")
    )


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
