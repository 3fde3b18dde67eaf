"""What history says of a workspace, found once for all pages that tell of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from plainwork.errors import UsageError
from plainwork.flow.authors import Merged
from plainwork.flow.conventions import PLAINWORK
from plainwork.flow.evidence import Evidence
from plainwork.flow.friction import Friction, compute_friction
from plainwork.flow.handoffs import Handoffs, compute_handoffs
from plainwork.flow.measures import Flow, limit_period, measure_flow
from plainwork.flow.open_offers import RecordedOffer, record_open_offers
from plainwork.flow.outlook import Outlook, Question, compute_outlook
from plainwork.flow.period import Period, find_usual_start
from plainwork.flow.scope import Scope
from plainwork.flow.throughput import observe_lives
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot

if TYPE_CHECKING:
    from plainwork.flow.reliability import Reliability

_NO_GIT = "It is not kept in a Git repository, so nothing is known of its past."
_CUT_OFF = "The site was built from a clone that is cut off, and any number would be wrong."
_EMPTY = "History tells of no work yet."


class NoPast(msgspec.Struct, frozen=True):
    """Why there are no numbers; `empty`: for nothing has happened, and that is certain."""

    reason: str
    empty: bool = False


class Past(msgspec.Struct, frozen=True, dict=True):
    """The last half year of a workspace, as one audience sees it on a day.

    Attributes:
        history: What happened, without what is left out.
        snapshot: The workspace without what is left out.
        today: The day on which the site is made; it counts as over.
        zone: The workspace's time zone, in which days begin.
        load_merged: Reads who wrote what merges brought in.
    """

    history: History
    snapshot: Snapshot
    today: date
    zone: tzinfo
    load_merged: Callable[[], Merged]

    @cached_property
    def flow(self) -> Flow:
        """How all items flow."""
        return self._measure(Scope())

    def flow_of(self, workflow: str) -> Flow:
        """Return how the items of a workflow flow: as all do, if there are no others."""
        if self._followed == {workflow.lower()}:
            return msgspec.structs.replace(self.flow, workflow=workflow)
        return self._measure(Scope(workflow=workflow))

    @cached_property
    def outlook(self) -> Outlook | None:
        """When all that is open will be finished; None: nobody can tell."""
        return self._foresee(Scope())

    def outlook_of(self, workflow: str) -> Outlook | None:
        """Return the same of the items of a workflow."""
        scope = Scope(workflow=workflow)
        if self.outlook is None or self._followed != {workflow.lower()}:
            return self._foresee(scope)
        sample = msgspec.structs.replace(self.outlook.sample, scope=scope)
        return msgspec.structs.replace(self.outlook, sample=sample)

    @cached_property
    def handoffs(self) -> Handoffs:
        """What passed from team to team."""
        return compute_handoffs(self._evidence, since=self._period.since)

    @cached_property
    def open_offers(self) -> tuple[RecordedOffer, ...]:
        """What was offered to another team, which has not answered."""
        return record_open_offers(self._evidence.offers, self.history)

    @cached_property
    def friction(self) -> Friction:
        """Where time is lost."""
        return compute_friction(self._evidence, since=self._period.since)

    @cached_property
    def reliability(self) -> Reliability:
        """Whether promises are kept."""
        from plainwork.flow.reliability import compute_reliability  # loads what reads documents

        return compute_reliability(self._evidence, since=self._period.since)

    def _measure(self, scope: Scope) -> Flow:
        return measure_flow(
            self.history,
            self._evidence.timelines,
            self.snapshot,
            self._period,
            today=self.today,
            convention=PLAINWORK,
            scope=scope,
        )

    def _foresee(self, scope: Scope) -> Outlook | None:
        timelines = self._evidence.timelines
        try:
            known = observe_lives(timelines, self.snapshot, scope, self.zone, today=self.today)
            question = Question(known.open, open=True)
            return compute_outlook(known.finished, known.sample, question, self.today)
        except UsageError:  # the history is too short, or too much is open
            return None

    @cached_property
    def _followed(self) -> set[str]:
        """The ids of the workflows that items follow, in lower case: often it is one."""
        return {each.workflow.lower() for each in self._evidence.timelines if each.kind == "item"}

    @cached_property
    def _period(self) -> Period:
        return limit_period(
            Period(find_usual_start(self.today), self.today, self.zone), self.history
        )

    @cached_property
    def _evidence(self) -> Evidence:
        """What happened until the day ended: a site is made of a day, not of a moment."""
        period = self._period
        last = period.find_moment(period.end - 1)
        return Evidence(self.history, self.snapshot, self.zone, last, self.load_merged)


def require_whole(past: Past | None) -> Past | NoPast:
    """Return what history says if numbers can rest on it, else why they cannot.

    Args:
        past: What was read; None: the workspace is not kept in Git.
    """
    if past is None:
        return NoPast(_NO_GIT)
    if past.history.shallow:
        return NoPast(_CUT_OFF)
    return past if past.history.events else NoPast(_EMPTY, empty=True)
