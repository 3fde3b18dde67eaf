"""Where time is lost: total waiting time, ranked by state, team, approver and blocker.

Elapsed time stands beside working time, on the calendar of the team that is waited for. The
rankings look at the same waits from four sides, so their sums are not to be added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

import msgspec

from plainwork.analysis.membership import teams_below, teams_of
from plainwork.flow.approval_latency import (
    ApprovalWait,
    GivenApproval,
    find_approval_waits,
)
from plainwork.flow.evidence import Evidence
from plainwork.flow.offers import Offer, Outcome
from plainwork.flow.period import Period
from plainwork.flow.scope import Scope, choose_items
from plainwork.flow.timelines import Timeline
from plainwork.flow.waiting import Cause, WaitingSpan, find_waiting
from plainwork.flow.waits import Length, Stopwatch, Waits, compute_waits
from plainwork.model.snapshot import Snapshot


class Wait(msgspec.Struct, frozen=True):
    """A stretch of time in which one work waited.

    Attributes:
        title: Of the work; hostile text.
        start: When it began, or the period did.
        end: When it ended; None: it goes on.
        length: How long it was, within the period.
        basis: What says so: ``history``, or for approvals one of :class:`Basis`.
        commits: Full hashes: of what began it, and of what ended it.
    """

    work: str
    title: str
    start: datetime
    end: datetime | None
    length: Length
    basis: str
    commits: tuple[str, ...]


class FrictionRow(msgspec.Struct, frozen=True):
    """What was waited for, and how long.

    Attributes:
        name: A state, a team, an approver, or a blocker: text of a document, or the id of work.
        workflow: Of a state, or ``""``.
        work: Whether the blocker is a work.
        waits: How often, and how long.
        open: How many of them go on.
        cases: Every one of them, the longest first.
    """

    name: str
    workflow: str
    work: bool
    waits: Waits
    open: int
    cases: tuple[Wait, ...]


class Friction(msgspec.Struct, frozen=True):
    """Where time is lost.

    Attributes:
        since: The first day that counts, or null for all of the past.
        until: The last day that counts.
        scope: Which items count.
        items: How many of them waited.
        all: All waits together, each moment of a work once.
        states: Waiting states.
        teams: Teams: work that waited in their states, and handoffs that they had not accepted.
        approvers: Who was asked to approve, from asking to deciding.
        blockers: What `blocked` names, and work that held back work in progress.
    """

    since: date | None
    until: date
    scope: Scope
    items: int
    all: Waits
    states: tuple[FrictionRow, ...]
    teams: tuple[FrictionRow, ...]
    approvers: tuple[FrictionRow, ...]
    blockers: tuple[FrictionRow, ...]


class _Stretch(msgspec.Struct, frozen=True):
    """A wait in seconds; ``end`` None: it goes on. ``team``: whose hours count."""

    work: str
    team: str
    start: int
    end: int | None
    commits: tuple[str, ...]
    basis: str = "history"


def compute_friction(
    evidence: Evidence,
    *,
    since: date | None = None,
    until: date | None = None,
    scope: Scope | None = None,
    given: Iterable[GivenApproval] = (),
) -> Friction:
    """Return where time is lost.

    Args:
        evidence: What happened.
        since: The first day; None: all of the past. What began earlier counts from there on.
        until: The last day; None: that of the question.
        scope: Which items count; of a team: what waited while it was responsible.
        given: Approvals that kept decisions tell of.
    """
    scope = scope or Scope()
    history, snapshot, zone = evidence.history, evidence.snapshot, evidence.zone
    last, end = until or evidence.today, evidence.end
    period = Period(since or date.min, last, zone)
    items = choose_items(evidence.timelines, snapshot, Scope(scope.workflow, "", scope.project))
    start = period.start if since else None
    measure = _Measure(snapshot, zone, items, start, min(end - 1, period.end))
    teams = {scope.team.lower(), *(team.id.lower() for team in teams_below(scope.team, snapshot))}

    def counts(team: str) -> bool:
        return not scope.team or team.lower() in teams

    spans = [
        span
        for span in find_waiting(history, end)
        if measure.knows(span.work) and counts(span.team)
    ]
    offers = [
        offer
        for offer in evidence.offers
        if measure.knows(offer.work)
        and counts(offer.receiver)
        and offer.outcome is not Outcome.UNTOLD
    ]
    currency = snapshot.settings.currency
    told = [
        each for each in given if any(counts(team.id) for team in teams_of(each.approver, snapshot))
    ]
    approvals = find_approval_waits(
        history, spans, told if scope.team else given, zone=zone, currency=currency, until=end
    )
    commits = [commit.id for commit in history.commits]
    waiting = [(span, _of_span(span, commits)) for span in spans]
    states = [(span, each) for span, each in waiting if span.cause is Cause.STATE]
    blocked = [(span, each) for span, each in waiting if span.cause is not Cause.STATE]
    handed = [_of_offer(offer, commits) for offer in offers]
    of_teams = [*(each for span, each in states if span.team), *handed]
    all_ = measure.cases(_merge([*(each for _, each in waiting), *handed], lambda _: ""))
    return Friction(
        since=since,
        until=last,
        scope=scope,
        items=len({each.work for each in all_}),
        all=compute_waits(each.length for each in all_),
        states=measure.rank(((span.name, span.workflow, False), each) for span, each in states),
        teams=measure.rank(
            ((each.team, "", False), each) for each in _merge(of_teams, lambda each: each.team)
        ),
        approvers=measure.rank(
            ((each.approver, "", False), _of_approval(each))
            for each in approvals
            if measure.knows(each.work)
        ),
        blockers=measure.rank(
            ((_tidy(span.name), "", span.cause is Cause.DEPENDENCY), each) for span, each in blocked
        ),
    )


_Key = tuple[str, str, bool]


class _Measure:
    """Measures stretches within a period."""

    def __init__(
        self,
        snapshot: Snapshot,
        zone: tzinfo,
        items: Iterable[Timeline],
        start: int | None,
        now: int,
    ) -> None:
        self._watch = Stopwatch(snapshot, zone)
        self._titles = {item.work.lower(): item.title for item in items}
        self._start = start
        self._now = now

    def knows(self, work: str) -> bool:
        """Return whether a work counts."""
        return work.lower() in self._titles

    def rank(self, stretches: Iterable[tuple[_Key, _Stretch]]) -> tuple[FrictionRow, ...]:
        """Return what was waited for, the longest first."""
        found: dict[_Key, tuple[_Key, list[_Stretch]]] = {}
        for key, stretch in stretches:
            plain = (key[0].casefold(), key[1].lower(), key[2])
            found.setdefault(plain, (key, []))[1].append(stretch)
        rows = [self._describe(key, each) for key, each in found.values()]
        rows = [row for row in rows if row.cases]
        return tuple(sorted(rows, key=lambda row: (-row.waits.total, row.name, row.workflow)))

    def cases(self, stretches: Iterable[_Stretch]) -> tuple[Wait, ...]:
        """Return what of stretches lies in the period, the longest first."""
        cases = [case for each in stretches if (case := self._clip(each))]
        return tuple(sorted(cases, key=lambda case: (-case.length.elapsed, case.work, case.start)))

    def _describe(self, key: _Key, stretches: Sequence[_Stretch]) -> FrictionRow:
        cases = self.cases(stretches)
        return FrictionRow(
            name=key[0],
            workflow=key[1],
            work=key[2],
            waits=compute_waits(case.length for case in cases),
            open=sum(case.end is None for case in cases),
            cases=cases,
        )

    def _clip(self, stretch: _Stretch) -> Wait | None:
        start = stretch.start if self._start is None else max(stretch.start, self._start)
        over = stretch.end is not None and stretch.end <= self._now
        end = stretch.end if over and stretch.end is not None else self._now
        if end < start or (end == start and stretch.start < start):
            return None
        return Wait(
            work=stretch.work,
            title=self._titles[stretch.work.lower()],
            start=self._watch.moment(start),
            end=self._watch.moment(end) if over else None,
            length=self._watch.measure(start, end, stretch.team),
            basis=stretch.basis,
            commits=stretch.commits,
        )


def _of_span(span: WaitingSpan, commits: Sequence[str]) -> _Stretch:
    ids = (commits[span.start.commit], *((commits[span.end.commit],) if span.end else ()))
    end = span.end.time if span.end else None
    return _Stretch(span.work, span.team, span.start.time, end, ids)


def _of_offer(offer: Offer, commits: Sequence[str]) -> _Stretch:
    answered = offer.answered
    ids = (commits[offer.offered.commit], *((commits[answered.commit],) if answered else ()))
    end = answered.time if answered else None
    return _Stretch(offer.work, offer.receiver, offer.offered.time, end, ids)


def _of_approval(wait: ApprovalWait) -> _Stretch:
    return _Stretch(wait.work, wait.team, wait.asked, wait.decided, wait.commits, wait.basis.value)


def _merge(stretches: Iterable[_Stretch], group: Callable[[_Stretch], str]) -> Iterator[_Stretch]:
    """Yield stretches of which those of one work and group that overlap are one."""
    found: dict[tuple[str, str], list[_Stretch]] = {}
    for stretch in stretches:
        key = (stretch.work.lower(), group(stretch).lower())
        found.setdefault(key, []).append(stretch)
    for several in found.values():
        several.sort(key=lambda each: (each.start, each.end is None, each.end or 0))
        current = several[0]
        for each in several[1:]:
            if current.end is not None and each.start > current.end:
                yield current
                current = each
            elif current.end is not None and (each.end is None or each.end > current.end):
                commits = (current.commits[0], *each.commits[1:])
                current = msgspec.structs.replace(current, end=each.end, commits=commits)
        yield current


def _tidy(text: str) -> str:
    return " ".join(text.split())
