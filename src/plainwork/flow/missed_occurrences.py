"""What routines should have made and never did, as far as the rules that hold now tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo

from plainwork.analysis.membership import teams_below
from plainwork.analysis.owed_occurrences import Debt, Horizon, compute_debt, is_recurring
from plainwork.analysis.owed_work import compute_owed
from plainwork.analysis.schedule import read_schedule
from plainwork.analysis.taken_names import TakenNames
from plainwork.flow.duties import Duty, DutyOutcome
from plainwork.flow.scope import Scope
from plainwork.flow.timelines import Timeline
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

_RULES = ("schedule", "status", "start", "workflow")
"""Fields of a routine; what it owed before one of them changed, its rule does not tell."""


def find_not_made(
    history: History,
    timelines: Sequence[Timeline],
    snapshot: Snapshot,
    scope: Scope,
    *,
    zone: tzinfo,
    today: date,
) -> tuple[list[Duty], int]:
    """Return the occurrences that were due before today and that no commit made.

    Args:
        history: What happened.
        timelines: All work.
        snapshot: The workspace as it is.
        scope: Which work counts.
        zone: The workspace's time zone, in which days begin.
        today: The day of the question.

    Returns:
        The duties, and how many things keep it from being known whether there are more.
    """
    routines = {work.id.lower(): work for work in snapshot.works if work.kind == "routine"}
    horizon = Horizon(today, today)
    owed = compute_owed(snapshot, horizon, lambda _: {}, lambda _: (), creators=set(routines))
    missing = [
        *((each.id, each.creator, each.due or each.day) for each in owed.created),
        *((each.id, each.creator, each.day) for each in owed.skipped),
    ]
    chosen = {id_: work for id_, work in routines.items() if _covers(scope, work, snapshot)}
    missing += _find_holes(history, snapshot, chosen, zone, today)
    made = {each.work.lower() for each in timelines}
    found: dict[str, Duty] = {}
    for id_, creator, due in missing:
        if due < today and creator.lower() in chosen and id_.lower() not in made:
            found[id_.lower()] = Duty(
                creator, id_, due, None, DutyOutcome.NOT_MADE, postponed=False, commits=()
            )
    return list(found.values()), len(owed.faults)


def _find_holes(
    history: History,
    snapshot: Snapshot,
    routines: dict[str, Work],
    zone: tzinfo,
    today: date,
) -> Iterator[tuple[str, str, date]]:
    """Yield what lies before the last occurrence that is there, and what is not committed yet.

    An occurrence that is not made up for is owed no more as soon as the next one is there, but it
    was missed all the same.
    """
    since = _find_changes(history, routines, zone)
    occurrences = TakenNames(snapshot).occurrences
    for id_, routine in routines.items():
        for day in occurrences.get(id_, ()):
            work = snapshot.work(f"{routine.id}.{day}")
            if work is not None:
                yield work.id, routine.id, work.due or day
        if id_ not in since or not is_recurring(routine) or not _skips(routine):
            continue
        before = [day for day in occurrences.get(id_, ()) if day < since[id_]]
        debt = compute_debt(routine, snapshot, Horizon(today, today), made=before)
        for missed in debt.skipped if isinstance(debt, Debt) else ():
            if missed.day >= since[id_] and missed.id.lower() not in snapshot.works.by_id:
                yield missed.id, routine.id, missed.day


def _skips(routine: Work) -> bool:
    schedule = read_schedule(routine)
    return not isinstance(schedule, str) and schedule.skips


def _find_changes(history: History, routines: dict[str, Work], zone: tzinfo) -> dict[str, date]:
    """Return since when routines recur as they do now."""
    times = {
        event.work.lower(): event.time
        for event in history.events
        if event.work.lower() in routines and not event.changes.keys().isdisjoint(_RULES)
    }
    return {id_: datetime.fromtimestamp(time, zone).date() for id_, time in times.items()}


def _covers(scope: Scope, routine: Work, snapshot: Snapshot) -> bool:
    """Return whether a scope has the work that a routine makes."""
    creates = routine.fields.get("creates") or {}
    name = str(creates.get("workflow", ""))
    workflow = snapshot.workflows.get(name.lower())
    team = str(creates.get("team") or (workflow.team if workflow else ""))
    teams = {scope.team.lower(), *(each.id.lower() for each in teams_below(scope.team, snapshot))}
    return (
        (not scope.workflow or name.lower() == scope.workflow.lower())
        and (not scope.project or routine.project.lower() == scope.project.lower())
        and (not scope.team or team.lower() in teams)
    )
