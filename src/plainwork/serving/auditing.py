"""Auditing a branch: each of its changes is decided again, on what its notes hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from plainwork.approvals.audit import Audit, Made, compute_audit, is_outdated
from plainwork.approvals.proof import Proof, parse_proof, seen_in
from plainwork.approvals.verdict import combine
from plainwork.errors import RepositoryError
from plainwork.model.change import Change
from plainwork.model.decision import Decision, Verdict
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence
from plainwork.model.history import Commit
from plainwork.serving.claimed_author import CLAIMED, know_author
from plainwork.serving.deciding import Grounds, decide_change, load_grounds
from plainwork.storage.branch_past import BranchPast
from plainwork.storage.notes import load_notes
from plainwork.storage.proposal import load_merged_change
from plainwork.storage.repository import Repository
from plainwork.storage.scratch import SECONDS, Scratch, open_scratch

MOST_AT_ONCE = 500
"""Commits that one change may have come in as, by rebasing."""

_SIGNED = "signed"
_MERGE = 2
"""How many parents a merge of one proposal has."""

Tell = Callable[[int, int], None]


class Branch(msgspec.Struct, frozen=True):
    """The commits of a branch that are audited, by its first parents.

    Attributes:
        ref: ``refs/heads/main``.
        until: The last commit.
        commits: Those that are audited, oldest first.
    """

    ref: str
    until: str
    commits: tuple[Commit, ...]


class MergedChange(msgspec.Struct, frozen=True):
    """What some commits in a row brought in, decided.

    Attributes:
        grounds: What each decision rests on.
    """

    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...]
    grounds: tuple[Grounds, ...]

    @property
    def approved(self) -> bool:
        """Whether all workspaces let it through."""
        return combine(self.decisions) is Verdict.APPROVED


def load_branch(root: Path, ref: str, since: str, until: str) -> Branch:
    """Read the commits of a branch.

    Args:
        root: A folder of the repository.
        ref: The branch.
        since: A commit to leave out, with all before it; ``""``: from the first.
        until: The last commit.

    Raises:
        RepositoryError: If they cannot be read.
    """
    with Repository.open_at(root) as repository:
        return Branch(ref, until, tuple(repository.commits(until, since)))


def load_audit(root: Path, branch: Branch, tell: Tell, warnings: Sequence[str] = ()) -> Audit:
    """Decide again what came into a branch.

    Args:
        root: A folder of a repository with its whole history.
        branch: Its commits.
        tell: Is told how far it is.
        warnings: What is known of the branch as a whole.

    Raises:
        RepositoryError: If history is missing, or the commits cannot be read.
    """
    made = list(load_made(root, branch, tell))
    return compute_audit(
        made, ref=branch.ref, until=branch.until, commits=len(branch.commits), warnings=warnings
    )


def load_made(root: Path, branch: Branch, tell: Tell) -> Iterator[Made]:
    """Yield the changes of a branch, decided again, oldest first."""
    notes = load_notes(root, [commit.id for commit in branch.commits])
    done: list[Made] = []
    rest = list(branch.commits)
    with open_scratch(root, seconds=SECONDS) as scratch:
        auditor = _Auditor(scratch, root, branch)
        while rest:  # from the last: a proof may speak of several commits
            scratch.restart()
            made = auditor.decide_last(rest, notes.get(rest[-1].id, ()))
            done.append(made)
            del rest[-len(made.commits) :]
            tell(len(branch.commits) - len(rest), len(branch.commits))
    yield from reversed(done)


def decide_again(root: Path, branch: Branch, commits: Collection[str]) -> Iterator[Made]:
    """Yield what came in with some commits of a branch, decided again, the latest first.

    Args:
        root: A folder of a repository with its whole history.
        branch: Its commits, all from the first.
        commits: The full hashes of those that are asked for.

    Raises:
        RepositoryError: If history is missing, or the commits cannot be read.
    """
    notes = load_notes(root, commits)
    with open_scratch(root, seconds=SECONDS) as scratch:
        auditor = _Auditor(scratch, root, branch)
        for end in range(len(branch.commits), 0, -1):
            commit = branch.commits[end - 1].id
            if commit in commits:
                scratch.restart()
                # A proof may speak of several commits, but never of more than so many.
                line = branch.commits[max(end - MOST_AT_ONCE, 0) : end]
                yield auditor.decide_last(line, notes.get(commit, ()))


class _Auditor:
    """Decides changes of one branch again."""

    def __init__(self, scratch: Scratch, source: Path, branch: Branch) -> None:
        self._scratch = scratch
        self._source = source
        self._ref = branch.ref
        self._past = BranchPast(source, branch.until)
        self._times = dict(_compute_times(branch.commits))

    def decide_last(self, line: Sequence[Commit], lines: Sequence[bytes]) -> Made:
        """Decide what came in with the last commit of a line, on the lines of its note."""
        try:
            return self._decide_last(line, lines)
        except RepositoryError as problem:
            return Made((line[-1],), (), (), undecided=str(problem))

    def _decide_last(self, line: Sequence[Commit], lines: Sequence[bytes]) -> Made:
        problems: list[str] = []
        refused: Made | None = None
        for each in lines:
            proof = parse_proof(each)
            if isinstance(proof, str):
                problems.append(f"a note is no proof: {proof}")
                continue
            commits = _covered(line, proof)
            fault = self._find_fault(proof, commits)
            if fault:
                problems.append(f"a note is no proof: {fault}")
                continue
            made = self._decide_proof(proof, commits)
            if combine(made.decisions) is Verdict.APPROVED:
                return made
            refused = made
        return refused or self._decide_unknown(line[-1], tuple(problems))

    def _load_grounds(self, evidence: Evidence, change: Change) -> Grounds:
        return load_grounds(self._scratch, self._source, evidence, change, past=self._past)

    def _find_fault(self, proof: Proof, commits: Sequence[Commit]) -> str:
        """Return why a proof says nothing about some commits, or ``""``."""
        if not commits or proof.commit != commits[-1].id:
            return "it speaks of other commits"
        if proof.evidence.ref != self._ref:
            return f"it is about {proof.evidence.ref}, not {self._ref}"
        return ""

    def _decide_proof(self, proof: Proof, commits: Sequence[Commit]) -> Made:
        evidence = proof.evidence
        changes = self._load_changes(commits, evidence, proof)
        decisions: list[Decision] = []
        outdated = False
        for change in changes:
            grounds = self._load_grounds(evidence, change)
            # What Git still has counts; of commits that are gone, what was kept.
            seen = {**seen_in(proof, change.workspace), **grounds.seen}
            grounds = msgspec.structs.replace(grounds, seen=seen)
            decision = decide_change(change, evidence, grounds)
            outdated |= is_outdated(decision, grounds.seen, grounds.asked)
            decisions.append(decision)
        return Made(tuple(commits), changes, tuple(decisions), evidence=evidence, outdated=outdated)

    def _load_changes(
        self, commits: Sequence[Commit], evidence: Evidence, proof: Proof
    ) -> tuple[Change, ...]:
        head, last = evidence.head, commits[-1].id
        known = self._scratch.has_commit(head)
        changes = load_merged_change(
            self._scratch,
            evidence.base,
            last,
            head=head if known else last,
            ref=evidence.ref,
            now=evidence.read_at,
        )
        if known:
            return changes
        return tuple(
            msgspec.structs.replace(
                change,
                head=head,
                contributors=proof.contributors,
                commits=proof.commits,
                files=proof.files,
            )
            for change in changes
        )

    def _decide_unknown(self, commit: Commit, problems: tuple[str, ...]) -> Made:
        """Decide a change without proof: on signatures, else as if nobody had said anything."""
        base = commit.parents[0] if commit.parents else self._scratch.make_empty_commit()
        # Of a merge what was merged is what was proposed; whoever merges took no part in that.
        head = commit.parents[1] if len(commit.parents) == _MERGE else commit.id
        now = datetime.fromtimestamp(self._times[commit.id], UTC)
        changes = load_merged_change(
            self._scratch, base, commit.id, head=head, ref=self._ref, now=now
        )
        evidence = self._load_signed(changes, now)
        decisions: list[Decision] = []
        claimed: list[Decision] = []
        for change in changes:
            said = evidence or _silence(change, now)
            grounds = self._load_grounds(said, change)
            decisions.append(decide_change(change, said, grounds))
            if evidence is None and decisions[-1].verdict is not Verdict.APPROVED:
                claimed.append(_decide_claimed(change, said, grounds))
        return Made(
            (commit,),
            changes,
            tuple(decisions),
            evidence=evidence,
            problems=problems,
            claimed=tuple(claimed),
        )

    def _load_signed(self, changes: tuple[Change, ...], now: datetime) -> Evidence | None:
        """Return what signatures say, where the rules go by them."""
        if all(change.before.settings.forge_kind != _SIGNED for change in changes):
            return None
        from plainwork.storage.signed_evidence import load_signed_evidence  # few workspaces do

        return load_signed_evidence(self._scratch, changes, now=now)


def _compute_times(commits: Sequence[Commit]) -> Iterator[tuple[str, int]]:
    """Yield each commit with its time, which is never before that of one before it.

    Else whoever merges would choose a day on which somebody who has left was still there.
    """
    latest = 0
    for commit in commits:
        latest = max(latest, commit.time)
        yield commit.id, latest


def _covered(line: Sequence[Commit], proof: Proof) -> Sequence[Commit]:
    """Return the commits of a line that a proof speaks of: those behind its base."""
    for count in range(1, min(len(line), MOST_AT_ONCE) + 1):
        commit = line[-count]
        if commit.parents[:1] == (proof.evidence.base,):
            return line[-count:]
        if count > 1 and len(line[-count + 1].parents) > 1:
            break
    return ()


def _decide_claimed(change: Change, said: Evidence, grounds: Grounds) -> Decision:
    """Decide a change as if whom its last commit names had made it."""
    email = next(
        (
            each.email
            for each in change.contributors
            if each.role == "author" and each.commit == change.head
        ),
        "",
    )
    evidence = msgspec.structs.replace(said, author=CLAIMED, heads_known=True)
    return decide_change(know_author(change, email), evidence, grounds)


def _silence(change: Change, now: datetime) -> Evidence:
    """Return evidence in which nobody says anything."""
    return Evidence(
        schema=EVIDENCE_SCHEMA,
        forge="file",
        repository=change.repository.partition(":")[2],
        ref=change.ref,
        base=change.base,
        head=change.head,
        read_at=now,
        complete=True,
    )
