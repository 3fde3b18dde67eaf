"""Handoffs for people: what waits longest first, then the matrix, then what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.flow.handoffs import Handoff, HandoffPair, Handoffs
from plainwork.flow.offers import Outcome
from plainwork.reporting.cases import format_cases
from plainwork.reporting.display_width import cut, display_width
from plainwork.reporting.extent import format_days
from plainwork.reporting.lengths import format_length
from plainwork.reporting.sections import spread
from plainwork.reporting.table import format_table
from plainwork.reporting.text import plural, style, wrap
from plainwork.reporting.title import format_title

_HASH = 8
_NONE = "·"
_LONGEST = 36
"""Of a team's id, so that two of them fit in a line."""
_HEADERS = ("from → to", "waited", "accepted", "half", "85%", "late", "rejected", "back")
_EXPLANATION = (
    "waited: all of them together, whatever became of them; half, 85%: were accepted within that; "
    "late: not answered as soon as the workflow promises; back: the next handoff led straight back."
)


def format_handoffs(found: Handoffs, today: date, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of who handed what to whom.

    Args:
        found: The handoffs.
        today: The day of the question.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    about = f" of {found.team}" if found.team else ""
    yield format_title(f"Handoffs{about}", today, width=width, color=color)
    yield format_days(found.since, found.until)
    yield ""
    if not found.handoffs:
        yield from wrap(_describe_none(found), width=width)
        return
    yield from wrap(_summarise(found), width=width)
    yield ""
    rows = [_row(pair) for pair in found.pairs]
    align = "<" + ">" * (len(_HEADERS) - 1)
    yield from format_table(_HEADERS, rows, width=width, align=align, color=color)
    yield ""
    yield from _format_matrix(found, width=width, color=color)
    yield from _format_single(found, width=width, color=color)
    yield from wrap(_EXPLANATION, width=width)
    if not found.team:
        hint = "`plainwork handoffs --team TEAM` lists every one with its commits."
        yield style(hint, "dim", on=color)


def _describe_none(found: Handoffs) -> str:
    if found.team:
        return f"Nothing was handed to or by {found.team} in these days."
    return (
        "Nothing was handed from one team to another. A handoff is a change of the team that is "
        "responsible: of the state, else of the work, else of the workflow."
    )


def _summarise(found: Handoffs) -> str:
    handoffs = found.handoffs
    works = len({each.work for each in handoffs})
    rejections = sum(pair.rejections for pair in found.pairs)
    returned = sum(pair.returned for pair in found.pairs)
    wait = found.wait
    parts = [f"{plural(len(handoffs), 'handoff')} of {plural(works, 'item')}"]
    if wait.count:
        median, most = format_length(wait.median), format_length(wait.percentile_85)
        parts.append(f"{wait.count} accepted: half within {median}, 85% within {most}")
    parts += [f"{rejections} rejected", f"{returned} came back"] if rejections or returned else []
    untold = sum(pair.untold for pair in found.pairs)
    if untold:
        parts.append(f"{untold} to teams of which nobody is known, so nobody is seen to accept")
    return " · ".join(parts)


def _row(pair: HandoffPair) -> tuple[str, ...]:
    wait = pair.wait
    return (
        _name_pair(pair),
        format_length(pair.waited.elapsed),
        f"{wait.count}/{pair.count}" if pair.untold < pair.count else f"?/{pair.count}",
        format_length(wait.median),
        format_length(wait.percentile_85),
        f"{pair.late}/{pair.promised}" if pair.promised else _NONE,
        str(pair.rejections or _NONE),
        str(pair.returned or _NONE),
    )


def _name_pair(pair: HandoffPair | Handoff) -> str:
    return f"{cut(pair.giver, _LONGEST)} → {cut(pair.receiver, _LONGEST)}"


def _format_matrix(found: Handoffs, *, width: int, color: bool) -> Iterator[str]:
    """Yield the matrix of counts, if it fits and says more than the list."""
    if len(found.pairs) < 2:  # noqa: PLR2004
        return
    teams = found.teams
    counts = {(pair.giver, pair.receiver): str(pair.count) for pair in found.pairs}
    # Columns have the numbers of the rows: so a dozen of teams stands side by side.
    rows = [
        (f"{number} {giver}", *(counts.get((giver, receiver), _NONE) for receiver in teams))
        for number, giver in enumerate(teams, start=1)
    ]
    headers = ("from \\ to", *map(str, range(1, len(teams) + 1)))
    lines = list(format_table(headers, rows, width=None, align="<" + ">" * len(teams), color=color))
    if max(map(display_width, lines[1:])) <= width:
        yield from lines
        yield ""


def _format_single(found: Handoffs, *, width: int, color: bool) -> Iterator[str]:
    """Yield what is open; of one team everything."""
    if found.team:
        yield style(f"Handoffs {len(found.handoffs)}, the latest first", "bold", on=color)
        rows = [row for each in reversed(found.handoffs) for row in _single_rows(each)]
    else:
        open_ = [each for each in found.handoffs if each.outcome is Outcome.OPEN]
        if not open_:
            return
        yield style(f"Open {len(open_)}", "bold", on=color)
        rows = [(*_common_cells(each), each.title) for each in open_]
    names = ("work", "offered", "commit", "pair", "waited", "more")
    whole = {"offered", "commit", "waited"} | ({"more"} if found.team else set())
    yield from format_cases(names, rows, width=width, whole=whole, flexible="pair")
    yield ""


def _common_cells(handoff: Handoff) -> tuple[str, ...]:
    return (
        handoff.work,
        f"{handoff.offered:%Y-%m-%d}",
        handoff.commit[:_HASH],
        _name_pair(handoff),
        f"{format_length(handoff.wait.elapsed)}{' late' if handoff.late else ''}",
    )


def _single_rows(handoff: Handoff) -> Iterator[tuple[str, ...]]:
    """Yield a line for what became of it, with its commit; before it, one a rejection."""
    answers = [f"{each.commit[:_HASH]} rejected" for each in handoff.rejections]
    if handoff.outcome is Outcome.REJECTED:
        answers.append(f"{handoff.answer_commit[:_HASH]} sent on")
    elif handoff.answered:
        answers.append(f"{handoff.answer_commit[:_HASH]} {_WORDS[handoff.outcome]}")
    return spread(_common_cells(handoff), answers or [handoff.outcome.value])


_WORDS = {
    Outcome.ACCEPTED: "accepted",
    Outcome.MOVED_ON: "moved on",
    Outcome.CLOSED: "closed",
}
