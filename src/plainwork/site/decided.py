"""Which approvals of the past kept the rules, as far as the repository alone can prove it.

A step that asked for approvals is proven by the decision that is kept with its commit (Git notes,
or signatures), decided again from the commits. Where nothing is kept nobody can tell: then what
was asked for, and what records say, is all that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from plainwork.analysis.audience import Hidden
from plainwork.flow.gated_steps import AskedApproval, GatedStep, find_gated_steps
from plainwork.model.history import Commit, Event
from plainwork.model.work import Work
from plainwork.site.past import Past


class Voice(msgspec.Struct, frozen=True):
    """An approval that counts: whose, given by whom in their place or ``""``, and when."""

    person: str
    by: str
    at: datetime | None


class DecidedRule(msgspec.Struct, frozen=True):
    """A rule that a change of a work met.

    Attributes:
        rule: ``transition approve``, ``policy default``, ``field amount``.
        by: Whom it asks, as it says it.
        missing: How many approvals are missing.
        vetoed_by: Ids of people who refused.
    """

    rule: str
    met: bool
    by: tuple[str, ...]
    missing: int
    given: tuple[Voice, ...]
    vetoed_by: tuple[str, ...]


class DecidedCommit(msgspec.Struct, frozen=True, array_like=True):
    """What came in with a commit, decided again.

    Attributes:
        told: Whether anything is known of what people said about it.
        proven: Whether the rules let all of it through.
        range: What it came in as: ``A..B``.
        works: The rules that each work met, by its id in lower case.
    """

    told: bool
    proven: bool
    range: str
    works: dict[str, tuple[DecidedRule, ...]]


LoadDecided = Callable[[Sequence[str], Collection[str]], Mapping[str, DecidedCommit]]
"""Decides commits again for which it is kept who approved.

It takes full hashes, oldest first, and those of them in which work made steps that ask for it.
"""

MOST_DECIDED = 100
"""Deciding again costs hundredths of a second each; what is older the command tells."""


_STATUS = "status"
_TOLD_APART = frozenset({_STATUS, "path", "id"})
_OF_FIELDS = frozenset({"transition", "field"})


class Verdict(StrEnum):
    """Whether a step kept the rules."""

    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class DecidedStep(msgspec.Struct, frozen=True):
    """A change of work that somebody had to approve.

    Attributes:
        work: Its id.
        workflow: The id of its workflow.
        before: The state that it left; ``after``: where it came to; ``""``: its state stayed.
        fields: What else was changed.
        at: When it became official.
        commit: The full hash of the commit by which.
        rules: Those that it met, as they were decided again; none: nothing is kept.
        asked: What its transition asks for, where nothing is kept.
        said: Ids of people who say in records that they approved; in itself that proves nothing.
        check: The command that decides it again.
    """

    work: str
    workflow: str
    before: str
    after: str
    fields: tuple[str, ...]
    at: datetime
    commit: str
    verdict: Verdict
    rules: tuple[DecidedRule, ...]
    asked: tuple[AskedApproval, ...]
    said: tuple[str, ...]
    check: str


class DecidedSteps(msgspec.Struct, frozen=True):
    """Everything that somebody had to approve, the latest first; `unknown`: why nobody knows."""

    steps: tuple[DecidedStep, ...]
    unknown: str = ""


def find_decided(past: Past, hidden: Hidden, load: LoadDecided) -> tuple[DecidedStep, ...]:
    """Return what somebody had to approve, the latest first.

    Args:
        past: What happened, as far as it is seen.
        hidden: What is not: rules that only it meets are not told.
        load: Decides again.
    """
    history = past.history
    gated = {(step.work.lower(), step.commit): step for step in find_gated_steps(history)}
    commits = sorted({event.commit for event in history.events})
    steps = {history.commits[commit].id for _, commit in gated}
    decided = load([history.commits[commit].id for commit in commits], steps)
    if not gated and not decided:
        return ()
    search = _Search(past, hidden, decided)
    found = []
    for event, id_ in _follow_back(history.events):
        work = past.snapshot.work(id_)
        if work is not None:
            step = search.describe(event, work, gated.get((id_.lower(), event.commit)))
            found += [step] if step else []
    return tuple(found)


def _follow_back(events: Sequence[Event]) -> Iterator[tuple[Event, str]]:
    """Yield events, the latest first, each with the id that its work has now."""
    now: dict[str, str] = {}
    for event in reversed(events):
        key = event.work.lower()
        id_ = now.get(key, event.work)
        yield event, id_
        former = event.changes.get("id", (None, None))[0]
        if former:
            now[str(former).lower()] = id_
        elif event.created:  # what had this id before is another work
            now.pop(key, None)


class _Search:
    def __init__(self, past: Past, hidden: Hidden, decided: Mapping[str, DecidedCommit]) -> None:
        self._past = past
        self._hidden = hidden
        self._decided = decided

    def describe(self, event: Event, work: Work, step: GatedStep | None) -> DecidedStep | None:
        """Return what became of a work by a change, None if it asked for nobody."""
        commit = self._past.history.commits[event.commit]
        rules = self._find_rules(work, commit.id)
        if not (step or rules):
            return None
        before, after = event.changes.get(_STATUS, (None, None))
        return DecidedStep(
            work=work.id,
            workflow=work.workflow,
            before=str(before or ""),
            after=str(after or ""),
            fields=tuple(name for name in event.changes if name not in _TOLD_APART),
            at=datetime.fromtimestamp(commit.time, self._past.zone),
            commit=commit.id,
            verdict=self._judge(commit.id, rules),
            rules=rules,
            asked=step.asked if step and not rules else (),
            said=step.said if step else (),
            check=f"plainwork audit {self._find_range(commit)}",
        )

    def _find_rules(self, work: Work, commit: str) -> tuple[DecidedRule, ...]:
        """Return the rules that a change of a work met, as far as they are seen."""
        decided = self._decided.get(commit)
        if decided is None or not decided.told:
            return ()
        rules = decided.works.get(work.id.lower(), ())
        return tuple(self._place(each) for each in rules if self._is_seen(each, work.workflow))

    def _find_range(self, commit: Commit) -> str:
        decided = self._decided.get(commit.id)
        if decided is not None:
            return decided.range
        return f"{commit.parents[0]}..{commit.id}" if commit.parents else commit.id

    def _judge(self, commit: str, rules: Sequence[DecidedRule]) -> Verdict:
        """Return whether a change kept the rules.

        Where something is left out, the rest of the change is no part of the answer.
        """
        if not rules:
            return Verdict.UNKNOWN
        proven = self._hidden.anything or self._decided[commit].proven
        return Verdict.KEPT if proven and all(rule.met for rule in rules) else Verdict.BROKEN

    def _is_seen(self, rule: DecidedRule, workflow: str) -> bool:
        if not self._hidden.anything:
            return True
        kind, _, name = rule.rule.partition(" ")
        secret = self._hidden.fields.get(workflow.lower(), frozenset())
        if kind == "policy":
            return name.lower() in self._past.snapshot.policies
        return kind in _OF_FIELDS and (_STATUS if kind == "transition" else name) not in secret

    def _place(self, rule: DecidedRule) -> DecidedRule:
        """Return a rule with its times on the workspace's wall clock."""
        given = (
            msgspec.structs.replace(each, at=each.at and each.at.astimezone(self._past.zone))
            for each in rule.given
        )
        return msgspec.structs.replace(rule, given=tuple(given))
