"""What happened, for people."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.flow.story import Story, ToldEvent
from plainwork.reporting.sections import spread
from plainwork.reporting.table import format_table
from plainwork.reporting.text import plural, style
from plainwork.reporting.title import format_heading

REWRITTEN = "the history was written anew since it was last read, and has been read again"
_HASH = 8


def format_story(story: Story, *, width: int | None, color: bool) -> Iterator[str]:
    """Yield the lines of a story.

    Args:
        story: What happened.
        width: The columns of the screen, or None if nothing is to be cut.
        color: Whether headings are emphasised.
    """
    if story.work and story.events:
        title = story.events[0].title
        yield from format_heading(story.work, title, width=width or 80, color=color)
    if not story.events:
        yield "nothing happened"
    rows = [row for event in story.events for row in _rows(event, one=bool(story.work))]
    if rows:
        yield from format_table([""] * len(rows[0]), rows, width=width)
    left = story.count - len(story.events)
    if left:
        first = story.events[-1].at.date()
        hint = f"{plural(left, 'earlier change')}: `plainwork log --since DATE`, before {first}"
        yield style(hint, "dim", on=color)


def format_remarks(story: Story) -> Iterator[str]:
    """Yield what is to be known about the history itself, a line each."""
    if story.shallow:
        yield "this clone is shallow: what happened earlier is not known here"
    if story.rewritten:
        yield REWRITTEN
    if story.gaps:
        commits = len({gap.commit for gap in story.gaps})
        yield (
            f"{plural(len(story.gaps), 'statement')} in {plural(commits, 'commit')} could not be "
            "understood; what was true before holds"
        )


def _rows(event: ToldEvent, *, one: bool) -> Iterator[tuple[str, ...]]:
    day, remark = f"{event.at:%Y-%m-%d}", _remark(event)
    if one:
        yield from spread((day, event.commit[:_HASH], event.who), [*event.words, *remark])
    else:
        title = [f"“{event.title}”"] if event.created else []
        words = " ".join([*title, "; ".join(event.words), *remark])
        yield (day, event.commit[:_HASH], event.work, event.who, words)


def _remark(event: ToldEvent) -> list[str]:
    """Return what is to be said of its time, if anything is."""
    recorded = f"{event.recorded_at:%Y-%m-%d}"
    if event.backdated:
        return [f"(recorded {recorded})"]
    return [f"(by its clock on {recorded})"] if event.backwards else []
