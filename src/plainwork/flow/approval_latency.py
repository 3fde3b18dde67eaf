"""How long approvals took, from asking to deciding, as far as history can prove it.

Three things tell of it. The decision that is kept with a merged pull request says who approved,
and since when the change was there to be seen. A record of an approval says who gave it, while
its work stood in a state that approvals lead out of. And of such a state alone one knows how long
it lasted: that counts for those whom its rules ask, by the name that the rules give them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from itertools import chain
from typing import Any

import msgspec

from plainwork.analysis.transitions import find_path
from plainwork.flow.timelines import Moment
from plainwork.flow.versions import PastDefinitions
from plainwork.flow.waiting import Cause, WaitingSpan
from plainwork.model.history import History
from plainwork.model.workflow import Approval, Workflow


class Basis(StrEnum):
    """What says how long an approval took."""

    PULL_REQUEST = "pull-request"
    RECORD = "record"
    STATE = "state"


class GivenApproval(msgspec.Struct, frozen=True):
    """An approval that a kept decision tells of; times are seconds.

    Attributes:
        approver: The id of the person whose place it filled.
        work: The id of the work that it was about.
        asked: When the change was first there to be seen.
        given: When it was approved.
        commit: The full hash of the commit that it was merged by.
    """

    approver: str
    work: str
    asked: int
    given: int
    commit: str


class ApprovalWait(msgspec.Struct, frozen=True):
    """An approval that was asked for.

    Attributes:
        approver: A person, or whom a rule asks: a team, a relation such as ``owner.manager``.
        team: The team whose hours count, or ``""``.
        asked: When, in seconds.
        decided: When; None: not yet.
        basis: What says so.
        commits: Full hashes: of what asked and what decided; of a pull request, its merge.
    """

    approver: str
    team: str
    work: str
    asked: int
    decided: int | None
    basis: Basis
    commits: tuple[str, ...]


def find_approval_waits(
    history: History,
    spans: Iterable[WaitingSpan],
    given: Iterable[GivenApproval],
    *,
    zone: tzinfo,
    currency: str,
    until: int,
) -> Iterator[ApprovalWait]:
    """Yield the approvals that were asked for.

    Args:
        history: What happened.
        spans: When items waited.
        given: What kept decisions tell.
        zone: The workspace's time zone, in which days begin.
        currency: The workspace's, for conditions of rules.
        until: The first second that counts no more.
    """
    search = _Search(history, zone, currency, until)
    for each in given:
        if each.given < until:
            yield ApprovalWait(
                approver=each.approver,
                team="",
                work=each.work,
                asked=min(each.asked, each.given),
                decided=each.given,
                basis=Basis.PULL_REQUEST,
                commits=(each.commit,),
            )
    for span in spans:
        if span.cause is Cause.STATE:
            yield from search.look_at(span)


class _Search:
    def __init__(self, history: History, zone: tzinfo, currency: str, until: int) -> None:
        self._commits = history.commits
        self._past = PastDefinitions(history)
        self._zone = zone
        self._currency = currency
        self._votes: dict[str, list[tuple[str, Moment]]] = {}
        for answer in history.answers:
            time = history.commits[answer.commit].time
            if answer.record.kind == "approval" and time < until:
                for work in answer.record.about:
                    vote = (answer.record.by, Moment(time, answer.commit))
                    self._votes.setdefault(work.lower(), []).append(vote)

    def look_at(self, span: WaitingSpan) -> Iterator[ApprovalWait]:
        """Yield the approvals for which work waited in a state."""
        workflow = self._past.workflow(span.workflow, span.start.commit)
        rules = list(self._find_rules(span, workflow)) if workflow else []
        if not rules:
            return
        for person, moment in self._votes.get(span.work.lower(), ()):
            if span.start.commit <= moment.commit and _is_within(moment, span):
                yield self._make(person, "", span, moment, Basis.RECORD)
        for name in dict.fromkeys(rules):
            team = self._past.team(name, span.start.commit)
            yield self._make(name, team.id if team else "", span, span.end, Basis.STATE)

    def _make(
        self, name: str, team: str, span: WaitingSpan, decided: Moment | None, basis: Basis
    ) -> ApprovalWait:
        positions = [span.start.commit, *([decided.commit] if decided else [])]
        return ApprovalWait(
            approver=name,
            team=team,
            work=span.work,
            asked=span.start.time,
            decided=max(decided.time, span.start.time) if decided else None,
            basis=basis,
            commits=tuple(self._commits[each].id for each in positions),
        )

    def _find_rules(self, span: WaitingSpan, workflow: Workflow) -> Iterator[str]:
        """Yield whom the rules of a state ask that apply to the work."""
        out = [each for each in workflow.transitions if span.name in each.sources]
        asking = [each for each in out if each.approvals]
        path = find_path(workflow, span.name, span.left_for) if span.left_for else None
        # Work that went another way was not approved; whoever was asked has decided so.
        taken = [each for each in path or () if each in asking] or asking
        for approval in chain.from_iterable(each.approvals for each in taken):
            if self._applies(approval, span, workflow):
                yield _name_approvers(approval)

    def _applies(self, approval: Approval, span: WaitingSpan, workflow: Workflow) -> bool:
        """Return whether a rule asks for its approval; what makes no sense does."""
        if not approval.when:
            return True
        from plainwork.analysis.condition import evaluate
        from plainwork.analysis.condition_bindings import DocumentBindings, condition_types

        values: Mapping[str, Any] = {"id": span.work, **span.values}
        bindings = DocumentBindings(
            values,
            condition_types(workflow.kind, workflow),
            old=values,
            today=datetime.fromtimestamp(span.start.time, self._zone).date(),
            kind=workflow.kind,
            workflow=workflow.id,
            currency=self._currency,
        )
        return evaluate(approval.when, bindings) is not False


def _is_within(moment: Moment, span: WaitingSpan) -> bool:
    return span.end is None or moment.commit <= span.end.commit


def _name_approvers(approval: Approval) -> str:
    ways: Sequence[Approval] = approval.any or (approval,)
    return " or ".join(dict.fromkeys(name for way in ways for name in way.by))
