"""One work for people, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.workflow import CLOSED
from plainwork.reporting.approval_text import format_all
from plainwork.reporting.body_text import format_body, format_fields
from plainwork.reporting.clock_text import format_clock, format_promise
from plainwork.reporting.project_text import format_overview_fields, overview_sections
from plainwork.reporting.sections import Section, format_sections, spread
from plainwork.reporting.status_text import format_obstacle
from plainwork.reporting.text import escape_line, wrap
from plainwork.reporting.title import format_due, format_heading, format_since
from plainwork.reporting.values import format_value
from plainwork.views.occurrences import Occurrence
from plainwork.views.shown_work import ShownDependency, ShownField, ShownWork
from plainwork.views.summary import WorkSummary
from plainwork.views.ways_on import WayOn

_MOST_COMMITS = 8
_SHOWN_IN_OVERVIEW = frozenset({"objective", "sponsor", "stakeholders", "resources", "budget"})


def format_work(shown: ShownWork, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of one work.

    Args:
        shown: The work.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    work = shown.work
    yield from format_heading(work.id, work.title, width=width, color=color)
    yield from wrap(" · ".join(_standing(shown)), width=width)
    yield ""
    yield from format_fields(list(_fields(shown)), width=width)
    sections = [section for section in _sections(shown) if section.count]
    if sections:
        yield ""
    yield from format_sections(sections, width=width, lines=None, color=color)
    yield from format_body(shown.body, width=width)


def _standing(shown: ShownWork) -> Iterator[str]:
    work = shown.work
    yield work.workflow
    yield work.state + (f" ({shown.reason})" if shown.reason else "")
    if work.priority:
        yield work.priority
    if work.due is not None and work.category not in CLOSED:
        when = format_due(work.due, shown.today)
        yield when if work.overdue else f"due {when}"
    if work.blocked:
        yield "blocked"


def _fields(shown: ShownWork) -> Iterator[tuple[str, str]]:
    if shown.project is not None:
        yield from format_overview_fields(shown.project, shown.today)
    for field in shown.fields:
        said = shown.project is not None and field.name in _SHOWN_IN_OVERVIEW
        if not said and field.source != "default":
            yield field.name, _field_text(field)
    if shown.recurrence is not None:
        yield "recurs", shown.recurrence.words
        yield "next", "\n".join(map(_occurrence_text, shown.recurrence.next))
    yield "file", shown.path


def _occurrence_text(occurrence: Occurrence) -> str:
    due = f", due {occurrence.due}" if occurrence.due else ""
    period = f" for {occurrence.period}" if occurrence.period != str(occurrence.day) else ""
    return f"{occurrence.day}{period}{due}"


def _field_text(field: ShownField) -> str:
    text = escape_line(format_value(field.value))
    return f"{text} (from {field.source})" if field.source else text


def _sections(shown: ShownWork) -> Iterator[Section]:
    if shown.project is not None:
        yield from overview_sections(shown.project, shown.today)
    if shown.blocked is not None and shown.blocked.waits_for:  # else the field says all of it
        obstacle = format_obstacle(shown.blocked)
        yield Section("Blocked by", 1, "", [(obstacle,)])
    yield _section("Depends on", [_dependency(entry) for entry in shown.depends_on])
    yield _section("Needed by", [_related(work) for work in shown.needed_by])
    yield _section(
        "Named by", [(*_related(each.work), f"as {each.field}") for each in shown.mentioned_by]
    )
    yield _section("Parts", [_related(work) for work in shown.children])
    yield _section(
        "Checklists",
        [(each.heading, f"{each.ticked} of {each.boxes}") for each in shown.checklists],
    )
    ways = [row for way in shown.ways_on for row in _way(way)]
    yield Section("Transitions", len(shown.ways_on), "", ways)
    yield _section(
        "Clocks",
        [
            (run.clock, format_clock(run, shown.today), format_promise(run, shown.today))
            for run in shown.clocks
        ],
    )
    yield _section(
        "Records",
        [
            (format_since(record.day, shown.today), record.by, record.kind, record.headline)
            for record in shown.records
        ],
    )
    commits = shown.history[:_MOST_COMMITS]
    yield Section(
        "History",
        len(shown.history),
        f"git log --follow {shown.path}",
        [(format_since(each.day, shown.today), each.author, each.subject) for each in commits],
    )


def _section(heading: str, rows: list[tuple[str, ...]]) -> Section:
    return Section(heading, len(rows), "", rows)


def _dependency(entry: ShownDependency) -> tuple[str, ...]:
    kind = "" if entry.type == "FS" and not entry.lag else f"{entry.type} {entry.lag}".strip()
    return (entry.id, kind, entry.status or "unknown", entry.title)


def _related(work: WorkSummary) -> tuple[str, ...]:
    return (work.id, work.state, ", ".join(work.assignees) or work.owner, work.title)


def _way(way: WayOn) -> Iterator[tuple[str, ...]]:
    approvals = (f"approval of {needed}" for needed in format_all(way.approvals))
    yield from spread((way.transition, f"to {way.to}"), [*way.unmet, *approvals] or ["free"])
