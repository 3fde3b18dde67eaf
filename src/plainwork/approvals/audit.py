"""The audit: which changes of a branch the rules allowed, and which came in without proof.

Every change is decided again, by the rules of the commit before it. What its note says is only
what is decided on: a change is proven if the evidence in it leads to an approval, now as then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from plainwork.approvals.sight import DocumentKey, SeenAt
from plainwork.approvals.verdict import combine
from plainwork.approvals.words import clean
from plainwork.model.change import Change, SeenDocument
from plainwork.model.decision import (
    DecidedDocument,
    DecidedRequirement,
    Decision,
    NotCountedReason,
    Verdict,
)
from plainwork.model.evidence import Evidence
from plainwork.model.history import Commit

TRUST = (
    "Each proof was decided again from the commits. What people said, and what they saw of "
    "commits that are gone, stands in the notes (refs/notes/plainwork): whoever may write them "
    "could make it up, so only the program that audits should."
)
"""What an audit cannot prove, in the words that stand in every report."""

_PULL_IN_MERGE = re.compile(r"^Merge pull request #([0-9]{1,9}) from ")
_PULL_AT_END = re.compile(r" \(#([0-9]{1,9})\)$")
_RULES = frozenset({"workflow", "policy", "settings"})
_MOST_REASONS = 20


class Way(StrEnum):
    """How a change came into the branch; what no proof says is read from its commits."""

    MERGE = "merge"
    SQUASH = "squash"
    REBASE = "rebase"
    PUSH = "push"


class Status(StrEnum):
    """What an audit says of a change that the rules speak of.

    ``start`` is the change that brought the rules in: nothing governed it.
    """

    PROVEN = "proven"
    UNPROVEN = "unproven"
    START = "start"


class Made(msgspec.Struct, frozen=True):
    """A change of a branch, decided again.

    Attributes:
        commits: What it came in as, the last one last.
        changes: One for each workspace.
        decisions: Likewise, on what its note holds, else as if nobody had said anything.
        evidence: What the decisions rest on; None: nothing is known.
        problems: Why its notes are no proof, one line each.
        outdated: Whether somebody consented to the same under other rules.
        undecided: Why it could not be decided at all, or ``""``.
        claimed: Of a change without proof, the decisions as if whom its commit names had made it.
            They are for telling what else is missing, and prove nothing.
    """

    commits: tuple[Commit, ...]
    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...]
    evidence: Evidence | None = None
    problems: tuple[str, ...] = ()
    outdated: bool = False
    undecided: str = ""
    claimed: tuple[Decision, ...] = ()


class AuditedRule(msgspec.Struct, frozen=True):
    """A rule that a change met; ``approved_by`` are ids of people."""

    rule: str
    met: bool
    approved_by: tuple[str, ...]


class AuditedDocument(msgspec.Struct, frozen=True):
    """A document that a change touched; ``changes`` are hostile text of the change."""

    workspace: str
    kind: str
    id: str
    path: str
    changes: tuple[str, ...]
    rules: tuple[AuditedRule, ...]


class AuditedChange(msgspec.Struct, frozen=True):
    """A change that the rules speak of.

    Attributes:
        commit: What notes are about: the last commit of it.
        commits: All of them.
        at: When it was committed.
        came: How it came in.
        pull: The number of the pull request, or ``""``.
        claimed: Whether way and number are only what the message says.
        subject: Of the commit; hostile text, like the names.
        author: Who made it, as the commit says; of a proven one the id of the person.
        committer: Who committed it, as the commit says.
        reasons: Why it is not proven, one line each.
        warnings: What is to be looked at though it may be proven.
    """

    commit: str
    commits: tuple[str, ...]
    at: datetime
    came: Way
    pull: str
    claimed: bool
    subject: str
    author: str
    committer: str
    status: Status
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    documents: tuple[AuditedDocument, ...]


class Audit(msgspec.Struct, frozen=True):
    """What became of a branch.

    Attributes:
        ref: The branch: ``refs/heads/main``.
        until: The last commit.
        commits: How many commits were looked at.
        free: How many changes needed nobody.
        proven: How many of those in `changes` are proven; ``unproven`` likewise.
        changes: Those that the rules speak of, the latest first.
        warnings: What is to be known of the branch as a whole.
        trust: What the audit does not prove.
    """

    ref: str
    until: str
    commits: int
    free: int
    proven: int
    unproven: int
    changes: tuple[AuditedChange, ...]
    warnings: tuple[str, ...]
    trust: str = TRUST


def compute_audit(
    made: Iterable[Made], *, ref: str, until: str, commits: int, warnings: Sequence[str] = ()
) -> Audit:
    """Return what became of a branch.

    Args:
        made: Its changes, oldest first.
        ref: The branch.
        until: Its last commit that counts.
        commits: How many commits were looked at.
        warnings: What is known already.
    """
    past = _Past()
    found: list[AuditedChange] = []
    free = 0
    for each in made:
        remarks = tuple(past.find_restored(each))
        status = _status_of(each)
        if status is None:
            free += 1
        else:
            found.append(_describe(each, status, remarks))
    return Audit(
        ref=ref,
        until=until,
        commits=commits,
        free=free,
        proven=sum(each.status is Status.PROVEN for each in found),
        unproven=sum(each.status is Status.UNPROVEN for each in found),
        changes=tuple(reversed(found)),
        warnings=tuple(warnings),
    )


def is_outdated(
    decision: Decision, seen: SeenAt, asked: Mapping[DocumentKey, SeenDocument]
) -> bool:
    """Return whether an approval does not count because only the rules changed meanwhile."""
    return any(
        (then.before, then.after) == (now.before, now.after)
        for document in decision.documents
        if any(
            refused.reason is NotCountedReason.STALE_DIGEST
            for need in document.requirements
            for refused in need.not_counted
        )
        for commit in seen.values()
        for key in [(document.kind, document.id.lower())]
        if (then := commit.get(key)) is not None and (now := asked.get(key)) is not None
    )


class _Past:
    """What rules have been before, to notice when old ones come back."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], dict[str, str]] = {}

    def find_restored(self, made: Made) -> Iterator[str]:
        """Yield each rule that a change makes again what it once was."""
        for change in made.changes:
            for document in change.documents:
                if document.kind not in _RULES:
                    continue
                known = self._known.setdefault((change.workspace, *document.key), {})
                if document.before is not None:
                    known.setdefault(document.before.sha256, "")
                after = document.after.sha256 if document.after else "none"
                if after in known:
                    since = f"commit {known[after][:10]}" if known[after] else "the beginning"
                    name = f"{document.kind} {clean(document.id)}"
                    yield f"{name} is again what it was since {since}: an older rule holds"
                known.setdefault(after, made.commits[-1].id)


def _status_of(made: Made) -> Status | None:
    """Return what is to be said of a change, None if it needed nobody."""
    approved = not made.decisions or combine(made.decisions) is Verdict.APPROVED
    if made.undecided or not approved:
        return Status.UNPROVEN
    if any(reason.code == "init" for each in made.decisions for reason in each.reasons):
        return Status.START
    asked = any(document.requirements for each in made.decisions for document in each.documents)
    return Status.PROVEN if asked else None


def _describe(made: Made, status: Status, warnings: tuple[str, ...]) -> AuditedChange:
    commit, evidence = made.commits[-1], made.evidence
    came, pull = _find_way(made)
    author = next((each.author for each in made.decisions if each.author), "")
    return AuditedChange(
        commit=commit.id,
        commits=tuple(each.id for each in made.commits),
        at=datetime.fromtimestamp(commit.time, UTC),
        came=came,
        pull=pull,
        claimed=evidence is None and bool(pull),
        subject=clean(commit.subject),
        author=author or clean(commit.author),
        committer=clean(commit.committer),
        status=status,
        reasons=tuple(_find_reasons(made))[:_MOST_REASONS] if status is Status.UNPROVEN else (),
        warnings=warnings,
        documents=tuple(
            _describe_document(document, decision.workspace)
            for decision in made.decisions
            for document in decision.documents
            if document.requirements or status is not Status.PROVEN
        ),
    )


def _find_way(made: Made) -> tuple[Way, str]:
    """Return how a change came in, and by which pull request."""
    commit, evidence = made.commits[-1], made.evidence
    claim = _PULL_IN_MERGE.match(commit.subject) or _PULL_AT_END.search(commit.subject)
    pull = evidence.pull if evidence is not None else claim[1] if claim else ""
    if len(commit.parents) > 1:
        return Way.MERGE, pull
    if len(made.commits) > 1:
        return Way.REBASE, pull
    return (Way.SQUASH if pull else Way.PUSH), pull


def _find_reasons(made: Made) -> Iterator[str]:
    """Yield why a change is not proven."""
    if made.undecided:
        yield f"it could not be decided: {made.undecided}"
        return
    yield from made.problems
    if made.evidence is None and not made.problems:
        yield "no decision is kept for it"
    if made.outdated:
        yield "it was approved before the rule changed"
    missing = tuple(_find_missing(made.decisions))
    claimed = tuple(_find_missing(made.claimed)) if made.claimed else missing
    if claimed != missing:
        yield f"only its commit says that {clean(made.commits[-1].author)} made it"
    yield from claimed


def _find_missing(decisions: Iterable[Decision]) -> Iterator[str]:
    """Yield what decisions find wrong, and whose consent they miss."""
    for decision in decisions:
        yield from (clean(reason.message) for reason in decision.reasons)
        for document in decision.documents:
            yield from (
                f"{clean(document.id)}: {_describe_missing(each)}"
                for each in document.requirements
                if not each.met
            )


def _describe_missing(need: DecidedRequirement) -> str:
    if need.vetoed_by:
        return f"{', '.join(need.vetoed_by)} refused ({need.source})"
    if not need.by:
        return f"nobody could have consented to it ({need.source})"
    who = " or ".join(need.by)
    people = f"{need.missing} of {who}" if need.missing > 1 else who
    return f"without the consent of {people} ({need.source})"


def _describe_document(document: DecidedDocument, workspace: str) -> AuditedDocument:
    return AuditedDocument(
        workspace=workspace,
        kind=document.kind,
        id=document.id,
        path=document.path,
        changes=document.changes,
        rules=tuple(
            AuditedRule(each.source, each.met, tuple(given.person for given in each.given))
            for each in document.requirements
        ),
    )
