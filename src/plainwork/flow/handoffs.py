"""What passes from team to team, how long it waits there, and what comes back.

A *handoff* is two events in a row whose responsible team differs; its wait goes from the offer to
the acceptance, and ping-pong is A→B→A (``METRICS.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

import msgspec

from plainwork.analysis.membership import teams_below
from plainwork.analysis.team_calendar import find_calendar
from plainwork.flow.evidence import Evidence
from plainwork.flow.offers import Offer, Outcome
from plainwork.flow.waits import Length, Stopwatch, Waits, compute_waits
from plainwork.parsing.quantities import parse_duration


class HandoffRejection(msgspec.Struct, frozen=True):
    """A record by which the receiving team did not take work; ``reason`` is hostile text."""

    at: datetime
    by: str
    reason: str
    commit: str


class Handoff(msgspec.Struct, frozen=True):
    """Work that came from one team to another.

    Attributes:
        work: Its id as it is now.
        title: Its title as it is now; hostile text.
        giver: The id of the team that was responsible before.
        receiver: The id of the team that became responsible.
        state: Where the work came to.
        offered: When it became official.
        commit: Full hash of the commit that offered it.
        outcome: What became of it.
        answered: When; None: it is open, or nobody can tell.
        answer_commit: Full hash of the commit by which, or ``""``.
        by: The id of the person who accepted it, or ``""``.
        wait: From the offer to the answer, or until now; nothing if nobody can tell.
        within: What the workflow promised of the answer, or ``""``.
        due: Until when that was; None: nothing was promised.
        late: Whether it was neither accepted nor rejected until then.
        rejections: Of this offer, oldest first.
        returned: Whether the next handoff of the work led straight back.
    """

    work: str
    title: str
    giver: str
    receiver: str
    state: str
    offered: datetime
    commit: str
    outcome: Outcome
    answered: datetime | None
    answer_commit: str
    by: str
    wait: Length
    within: str
    due: datetime | None
    late: bool
    rejections: tuple[HandoffRejection, ...]
    returned: bool


class HandoffPair(msgspec.Struct, frozen=True):
    """All that one team handed to another.

    Attributes:
        count: How many handoffs there were.
        wait: How long those waited that were accepted.
        waited: How long all of them waited together, whatever became of them.
        open: How many are not answered yet.
        promised: Of how many the workflow said how soon they are accepted.
        untold: Of how many nobody can be seen to accept them.
        late: How many of these were not answered in time.
        rejections: How often something was rejected.
        returned: How many came straight back: ping-pong.
        works: Ids of the works, each once.
    """

    giver: str
    receiver: str
    count: int
    wait: Waits
    waited: Length
    open: int
    untold: int
    promised: int
    late: int
    rejections: int
    returned: int
    works: tuple[str, ...]


class Handoffs(msgspec.Struct, frozen=True):
    """Who handed what to whom.

    Attributes:
        since: The first day that counts, or null for all of the past.
        until: The last day that counts.
        team: The id of the team that it is about, or ``""`` for all.
        teams: Every team that gave or received, busiest first.
        wait: How long all that was accepted waited.
        pairs: The matrix, cell by cell: what waited longest in all first.
        handoffs: Every single one, oldest first.
    """

    since: date | None
    until: date
    team: str
    teams: tuple[str, ...]
    wait: Waits
    pairs: tuple[HandoffPair, ...]
    handoffs: tuple[Handoff, ...]


def compute_handoffs(
    evidence: Evidence,
    *,
    since: date | None = None,
    until: date | None = None,
    team: str = "",
) -> Handoffs:
    """Return what was handed over.

    Args:
        evidence: What happened.
        since: The day from which on offers count; None: all of them.
        until: The last day whose offers count; None: that of the question.
        team: The id of a team: what it, or one below it, gave or received counts.
    """
    judge = _Judge(evidence)
    below = teams_below(team, evidence.snapshot)
    wanted = {team.lower(), *(each.id.lower() for each in below)}
    last = until or evidence.today
    found = [
        judge.judge(offer)
        for offer in evidence.offers
        if not team or not wanted.isdisjoint({offer.giver.lower(), offer.receiver.lower()})
    ]
    chosen = [
        each
        for each in found
        if (since is None or each.offered.date() >= since) and each.offered.date() <= last
    ]
    return Handoffs(
        since=since,
        until=last,
        team=team,
        teams=_rank_teams(chosen),
        wait=_compute_wait(chosen),
        pairs=_pair(chosen),
        handoffs=tuple(chosen),
    )


def find_end(offer: Offer, now: int) -> int:
    """Return until which second an offer waited."""
    if offer.outcome is Outcome.UNTOLD:
        return offer.offered.time
    return offer.answered.time if offer.answered else now


class _Judge:
    """Says how offers went, at a moment."""

    def __init__(self, evidence: Evidence) -> None:
        self._commits = evidence.history.commits
        self._snapshot = evidence.snapshot
        self._watch = Stopwatch(evidence.snapshot, evidence.zone)
        self._now = evidence.end - 1

    def judge(self, offer: Offer) -> Handoff:
        """Return how one went."""
        end = find_end(offer, self._now)
        offered = self._watch.moment(offer.offered.time)
        due = self._find_due(offer, offered)
        first = self._watch.moment(offer.rejections[0].moment.time if offer.rejections else end)
        return Handoff(
            work=offer.work,
            title=offer.title,
            giver=offer.giver,
            receiver=offer.receiver,
            state=offer.state,
            offered=offered,
            commit=self._commits[offer.offered.commit].id,
            outcome=offer.outcome,
            answered=self._watch.moment(end) if offer.answered else None,
            answer_commit=self._commits[offer.answered.commit].id if offer.answered else "",
            by=offer.by,
            wait=self._watch.measure(offer.offered.time, end, offer.receiver),
            within=offer.within if due else "",
            due=due,
            late=due is not None and first > due,
            rejections=tuple(
                HandoffRejection(
                    self._watch.moment(each.moment.time),
                    each.by,
                    each.reason,
                    self._commits[each.moment.commit].id,
                )
                for each in offer.rejections
            ),
            returned=offer.returned,
        )

    def _find_due(self, offer: Offer, offered: datetime) -> datetime | None:
        within = parse_duration(offer.within)
        if within is None or offer.outcome is Outcome.UNTOLD:
            return None
        return find_calendar(self._snapshot, offer.receiver).add(offered, within)


def _pair(handoffs: Iterable[Handoff]) -> tuple[HandoffPair, ...]:
    """Return the cells of the matrix; those that waited longest first."""

    def teams(handoff: Handoff) -> tuple[str, str]:
        return handoff.giver.lower(), handoff.receiver.lower()

    pairs = [_describe(list(group)) for _, group in groupby(sorted(handoffs, key=teams), teams)]
    return tuple(sorted(pairs, key=lambda pair: (-pair.waited.elapsed, pair.giver, pair.receiver)))


def _describe(handoffs: Sequence[Handoff]) -> HandoffPair:
    return HandoffPair(
        giver=handoffs[0].giver,
        receiver=handoffs[0].receiver,
        count=len(handoffs),
        wait=_compute_wait(handoffs),
        waited=Length(
            sum(each.wait.elapsed for each in handoffs),
            sum(each.wait.working for each in handoffs),
        ),
        open=sum(each.outcome is Outcome.OPEN for each in handoffs),
        untold=sum(each.outcome is Outcome.UNTOLD for each in handoffs),
        promised=sum(each.due is not None for each in handoffs),
        late=sum(each.late for each in handoffs),
        rejections=sum(len(each.rejections) for each in handoffs),
        returned=sum(each.returned for each in handoffs),
        works=tuple(dict.fromkeys(each.work for each in handoffs)),
    )


def _compute_wait(handoffs: Iterable[Handoff]) -> Waits:
    accepted = (each.wait for each in handoffs if each.outcome is Outcome.ACCEPTED)
    return compute_waits(accepted)


def _rank_teams(handoffs: Iterable[Handoff]) -> tuple[str, ...]:
    """Return the teams, those with the most handoffs first."""
    counts: dict[str, int] = {}
    for handoff in handoffs:
        for team in (handoff.giver, handoff.receiver):
            counts[team] = counts.get(team, 0) + 1
    return tuple(sorted(counts, key=lambda team: (-counts[team], team)))
