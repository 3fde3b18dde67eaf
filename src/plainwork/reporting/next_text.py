"""What to do next, for people: one screen."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.clock_run import Standing
from plainwork.reporting.clock_text import format_clock
from plainwork.reporting.presence_text import format_presence
from plainwork.reporting.sections import Section, format_sections
from plainwork.reporting.status_text import format_obstacle
from plainwork.reporting.text import style
from plainwork.reporting.title import format_due, format_since, format_title
from plainwork.views.next_work import NextWork
from plainwork.views.summary import WorkSummary


def format_next(found: NextWork, *, width: int, height: int, color: bool) -> Iterator[str]:
    """Yield the lines of what somebody should do next.

    Args:
        found: What they have to do.
        width: The columns of the screen.
        height: Its lines; the most urgent of each sort are shown as far as they fit.
        color: Whether headings are coloured.
    """
    yield format_title(f"Next for {found.name}", found.today, width=width, color=color)
    presence = format_presence(found.presence)
    if presence:
        yield presence
    yield ""
    sections = [section for section in _sections(found) if section.count]
    lines = height - (4 if presence else 3)
    hides = sum(section.count + 1 for section in sections) > lines
    yield from format_sections(sections, width=width, lines=lines - hides, color=color)
    if hides:
        yield style(f"All of it: LINES=999 plainwork next --for {found.party}", "dim", on=color)
    if not sections:
        yield "Nothing to do, to decide or to wait for; `plainwork list open` shows the rest."


def _sections(found: NextWork) -> Iterator[Section]:
    yield _to_do(found)
    yield _to_decide(found)
    yield _to_answer(found)
    yield _blocked(found)
    yield _waiting(found)
    yield _answers_for(found)


def _to_do(found: NextWork) -> Section:
    return Section(
        "Do",
        found.do.count,
        "",
        [
            (
                step.work.id,
                step.work.priority,
                ", ".join(name for name in step.work.assignees if name != found.party),
                _when(step.work, found),
                f"holds up {len(step.holds_up)}" if step.holds_up else "",
                step.work.title,
            )
            for step in found.do.works
        ],
    )


def _to_decide(found: NextWork) -> Section:
    return Section(
        "Decide",
        found.decide.count,
        "",
        [
            (
                waiting.work.id,
                " or ".join(decision.transition for decision in waiting.decisions),
                _when(waiting.work, found),
                waiting.work.title,
            )
            for waiting in found.decide.works
        ],
    )


def _to_answer(found: NextWork) -> Section:
    return Section(
        "Offered, to accept or reject",
        found.offered.count,
        "",
        [
            (
                each.work.id,
                f"by {each.offer.giver}",
                format_since(each.offer.offered.date(), found.today),
                f"late for {each.offer.within}" if each.offer.late else "",
                each.work.title,
            )
            for each in found.offered.works
        ],
    )


def _blocked(found: NextWork) -> Section:
    return Section(
        "Blocked",
        found.blocked.count,
        "",
        [
            (blocked.work.id, _when(blocked.work, found), format_obstacle(blocked))
            for blocked in found.blocked.works
        ],
    )


def _waiting(found: NextWork) -> Section:
    return Section(
        "Waiting",
        found.waiting.count,
        "",
        [(work.id, work.state, _when(work, found), work.title) for work in found.waiting.works],
    )


def _answers_for(found: NextWork) -> Section:
    return Section(
        "Answers for, others do it",
        found.answers_for.count,
        "",
        [
            (
                work.id,
                ", ".join(work.assignees) or work.team,
                work.state,
                _when(work, found),
                work.title,
            )
            for work in found.answers_for.works
        ],
    )


def _when(work: WorkSummary, found: NextWork) -> str:
    """Return until when it is to be done: by its due day, or by a promise that ends before."""
    run = found.clocks.get(work.id)
    if run is None or (run.standing is Standing.PAUSED and work.due):
        return format_due(work.due, found.today)
    if work.due is not None and work.due < run.due.date():
        return format_due(work.due, found.today)
    return format_clock(run, found.today)
