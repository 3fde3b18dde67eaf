"""From evidence to decisions: commits, rules and reviews, brought together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec

from plainwork import __version__
from plainwork.analysis.eligible import find_lists
from plainwork.approvals.decision import decide
from plainwork.approvals.derived import find_derived
from plainwork.approvals.sight import DocumentKey, SeenAt, reviewed_commits
from plainwork.approvals.verdict import combine, decide_group
from plainwork.flow.clock_standing import judge_runs, select_runs
from plainwork.flow.clocks import record_runs
from plainwork.model.change import Change, RuleKey, SeenDocument
from plainwork.model.clock_run import ClockRun
from plainwork.model.decision import Decision, Verdict
from plainwork.model.evidence import Evidence
from plainwork.model.work import Work
from plainwork.storage.branch_past import BranchPast
from plainwork.storage.entry_days import load_entry_days_at
from plainwork.storage.fetched_objects import FetchedObjects, Remote, open_objects
from plainwork.storage.makers import Makers, load_makers
from plainwork.storage.proposal import load_change
from plainwork.storage.scratch import Scratch, open_scratch
from plainwork.storage.seen_documents import load_asked, load_seen
from plainwork.storage.time_zone import find_zone
from plainwork.views.next_steps import find_way
from plainwork.views.shown_decision import Occasion, ShownDecision, describe_decision

MOST_OLD = 100
"""Heads that were pushed over and reviewed, which are fetched: approvals of more are stale."""


class Judged(msgspec.Struct, frozen=True):
    """A change, decided: one decision for each workspace that it touches."""

    evidence: Evidence
    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of all workspaces."""
        return combine(self.decisions)

    @property
    def names(self) -> Mapping[str, str]:
        """Ids of the base's parties to their names."""
        sides = (change.before.parties for change in self.changes)
        return {id_: party.name for parties in sides for id_, party in parties.items()}


def decide_evidence(source: Path, evidence: Evidence, *, now: datetime | None = None) -> Judged:
    """Decide a change from what is known about it.

    Args:
        source: A folder of a repository that has all its commits.
        evidence: What a forge or signatures say about it.
        now: The time at which it shall hold, if that is given by hand; else that of reading.

    Raises:
        RepositoryError: If the commits cannot be read.
    """
    with open_scratch(source) as scratch:
        changes = load_changes(scratch, evidence, now or evidence.read_at)
        judged = judge_changes(scratch, source, evidence, changes, now=now)
    if not evidence.members:
        return judged
    members = [decide_evidence(source, member, now=now) for member in evidence.members]
    decisions = tuple(_decide_group(each, members) for each in judged.decisions)
    return msgspec.structs.replace(judged, decisions=decisions)


def load_changes(scratch: Scratch, evidence: Evidence, now: datetime) -> tuple[Change, ...]:
    """Return what evidence is about, one value for each workspace; see :func:`load_change`."""
    return load_change(scratch, evidence.base, evidence.head, ref=evidence.ref, now=now)


def judge_changes(
    scratch: Scratch,
    source: Path,
    evidence: Evidence,
    changes: tuple[Change, ...],
    *,
    now: datetime | None = None,
) -> Judged:
    """Decide changes that have been loaded; see :func:`decide_evidence`."""
    decisions = tuple(
        decide_change(change, evidence, load_grounds(scratch, source, evidence, change, now), now)
        for change in changes
    )
    return Judged(evidence, changes, decisions)


class Grounds(msgspec.Struct, frozen=True):
    """What a decision rests on beside the change and the evidence; see :func:`decide`."""

    seen: SeenAt
    asked: Mapping[DocumentKey, SeenDocument]
    makers: Makers
    derived: frozenset[DocumentKey]


def load_grounds(
    scratch: Scratch,
    source: Path,
    evidence: Evidence,
    change: Change,
    now: datetime | None = None,
    *,
    past: BranchPast | None = None,
) -> Grounds:
    """Return what the decision about one workspace rests on, as far as commits tell it.

    Args:
        scratch: Where the change was loaded.
        source: A folder of the repository.
        evidence: What is known about the change.
        change: The change.
        now: The time at which it shall hold; else that of reading.
        past: Of the branch, if several decisions about it are made.
    """
    rules = _rules_of(change)
    past = past or BranchPast(source, change.base)
    return Grounds(
        seen=_load_seen(scratch, change, evidence, rules),
        asked=load_asked(scratch, change, rules) if change.tree else {},
        makers=_load_makers(past, change),
        derived=_find_derived(source, past, change, now or evidence.read_at),
    )


def decide_change(
    change: Change, evidence: Evidence, grounds: Grounds, now: datetime | None = None
) -> Decision:
    """Decide the change of one workspace, on grounds that have been loaded."""
    return decide(
        change,
        evidence,
        seen=grounds.seen,
        asked=grounds.asked,
        makers=grounds.makers,
        derived=grounds.derived,
        now=now or evidence.read_at,
        version=__version__,
        injected={"now": now.isoformat()} if now else {},
    )


def _rules_of(change: Change) -> tuple[RuleKey, ...]:
    """Return every workflow and policy of the base: which of them count is decided later."""
    base = change.before
    return (
        *(("workflow", id_) for id_ in base.workflows),
        *(("policy", id_) for id_ in base.policies),
    )


def _load_seen(
    scratch: Scratch, change: Change, evidence: Evidence, rules: tuple[RuleKey, ...]
) -> SeenAt:
    """Return what stood at every commit that a review is bound to; what is gone is missing."""
    if not change.tree:
        return {}
    found = {
        commit: load_seen(scratch, change, commit, rules) for commit in reviewed_commits(evidence)
    }
    return {commit: documents for commit, documents in found.items() if documents is not None}


def _load_makers(past: BranchPast, change: Change) -> Makers:
    """Return who made earlier steps of the work that changes."""
    works = [each.id for each in change.documents if each.kind == "work" and each.before]
    if not works or not _asks_makers(change):
        return {}
    return load_makers(past, change.workspace, change.before, change.base, works)


def _asks_makers(change: Change) -> bool:
    """Return whether any rule of the base asks who made an earlier step: history takes time."""
    base = change.before
    lists = (found for each in base.definitions for _, found in find_lists(each, base))
    ways = (way for found in lists for each in found for way in (each, *each.any))
    words = (word for way in ways for word in (*way.by, *(way.exclude or ())))
    return any(word.startswith("did.") for word in words)


def _find_derived(
    source: Path, past: BranchPast, change: Change, moment: datetime
) -> frozenset[DocumentKey]:
    """Return what follows from the base alone, on the server's day."""
    zone = find_zone(change.before.settings.timezone)

    def entry_days(works: Sequence[Work]) -> Mapping[str, date]:
        return load_entry_days_at(source, change.workspace, change.base, works, zone)

    def clock_runs(works: Sequence[Work]) -> Iterator[ClockRun]:
        history = past.load_history(change.workspace, change.base)
        runs = record_runs(history, zone, change.before.settings.currency)
        return judge_runs(select_runs(runs, works), change.before, zone, moment)

    return find_derived(change, moment.astimezone(zone).date(), entry_days, clock_runs)


def _decide_group(group: Decision, members: Sequence[Judged]) -> Decision:
    """Return the decision on what a merge queue would merge, for one workspace."""
    theirs = [
        decision
        for judged in members
        for decision in judged.decisions
        if decision.workspace == group.workspace
    ]
    return decide_group(group, theirs)


def fetch_and_decide(
    source: Path, remote: Remote, evidence: Evidence, *, now: datetime | None = None
) -> Judged:
    """Decide a pull request; commits that the clone has not got are fetched beside it.

    Args:
        source: The clone.
        remote: Where its forge keeps commits.
        evidence: What the forge says about the pull request.
        now: As for :func:`decide_evidence`.

    Raises:
        ForgeUnavailableError: If commits cannot be fetched.
        RepositoryError: If commits cannot be read.
    """
    with open_objects(source) as objects:
        fetch_missing(objects, remote, evidence)
        return decide_evidence(objects.folder, evidence, now=now)


def fetch_missing(objects: FetchedObjects, remote: Remote, evidence: Evidence) -> None:
    """Fetch the commits that evidence names and that are not there; heads of the past may be gone.

    Raises:
        ForgeUnavailableError: If base or head cannot be fetched.
    """
    needed = [evidence.base, evidence.head]
    for member in evidence.members:
        needed += [member.base, member.head]
    objects.fetch(remote, objects.find_missing(needed))
    seen = [commit for part in (evidence, *evidence.members) for commit in reviewed_commits(part)]
    objects.fetch_old(remote, objects.find_missing(seen)[-MOST_OLD:])


def describe_judged(judged: Judged) -> tuple[ShownDecision, ...]:
    """Return decisions as people read them, one for each workspace."""
    evidence = judged.evidence
    return tuple(
        describe_decision(
            decision,
            Occasion(
                names=judged.names,
                way=find_way(evidence.forge, evidence.pull),
                title=evidence.title,
                url=evidence.url,
                gaps=evidence.gaps if evidence.complete else (),  # else they are the reason
            ),
        )
        for decision in judged.decisions
    )
