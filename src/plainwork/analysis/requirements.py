"""Which approvals a change of one document needs, by the rules of the workspace as it is.

Requirements of all rules that a change meets add up; none takes away (``FORMAT.md``, *Policy*
and *Approvals*). What nobody named falls to the default policy; nothing is free by oversight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatchcase

import msgspec

from plainwork.analysis.guards import Attempt, evaluate_for
from plainwork.analysis.relations import people_of
from plainwork.model.party import Agent
from plainwork.model.policy import Policy
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Approval, Transition

COVERED_BY_TRANSITION = frozenset({"status", "reason"})
DEFAULT_EXCLUDE = ("author", "contributors", "requester")


class Requirement(msgspec.Struct, frozen=True):
    """One rule that a change meets.

    Attributes:
        source: The rule in words: ``transition approve``, ``policy default``, ``field amount``.
        approval: What it asks for.
        people: Ids of those who may give it; the author is among them only if their own
            change is consent enough.
        count: How many of them; 0: nobody, on purpose.
        met: Whether the author's own change is all it asks for.
    """

    source: str
    approval: Approval
    people: tuple[str, ...]
    count: int
    met: bool


class DocumentChange(msgspec.Struct, frozen=True):
    """A change of one work that is to be judged.

    Attributes:
        fields: Names of the fields that change; also ``body``, ``path``, ``format``,
            ``created`` and ``deleted``.
        paths: The path before and after, where there is one.
    """

    before: Work | None
    after: Work
    fields: frozenset[str]
    paths: tuple[str, ...]
    snapshot: Snapshot
    today: date
    author: str

    @property
    def subject(self) -> Work:
        """Whose relations count: the work as it is; for new work, as it would be."""
        return self.before or self.after


def compute_requirements(
    change: DocumentChange, path: Iterable[Transition] = ()
) -> tuple[Requirement, ...]:
    """Return what a change needs, in the order: transitions, fields, policies, hand-over.

    Args:
        change: What differs.
        path: The transitions that a change of status takes.
    """
    found: list[Requirement] = []
    covered: set[str] = set()
    for transition in path:
        covered |= COVERED_BY_TRANSITION
        found += _from_list(change, f"transition {transition.name}", transition.approvals)
    found += _from_fields(change, covered)
    found += _from_policies(change, covered)
    found += _from_handover(change)
    return tuple(dict.fromkeys(found))


def _from_fields(change: DocumentChange, covered: set[str]) -> Iterator[Requirement]:
    workflow = change.snapshot.workflow(change.subject)
    for custom in workflow.fields if workflow else ():
        if custom.approvals and custom.name in change.fields:
            covered.add(custom.name)
            yield from _from_list(change, f"field {custom.name}", custom.approvals)


def _from_policies(change: DocumentChange, covered: set[str]) -> Iterator[Requirement]:
    default: Policy | None = None
    for policy in change.snapshot.policies.values():
        if policy.default:
            default = policy
            continue
        if not _applies(policy, change):
            continue
        covered |= set(policy.applies_to.fields) or change.fields
        yield from _from_list(change, f"policy {policy.id}", policy.approvals or ())
    if "created" in covered:
        return  # whoever may create work may say what it is
    if default is not None and change.fields - covered:
        yield from _from_list(change, f"policy {default.id}", default.approvals or ())


def _applies(policy: Policy, change: DocumentChange) -> bool:
    scope = policy.applies_to
    works = [work for work in (change.before, change.after) if work is not None]
    if scope.kinds and not any(work.kind in scope.kinds for work in works):
        return False
    workflows = {name.lower() for name in scope.workflows}
    if workflows and not any(work.workflow.lower() in workflows for work in works):
        return False
    if scope.fields and not change.fields & set(scope.fields):
        return False
    if scope.paths and not any(
        matches_glob(path, glob) for path in change.paths for glob in scope.paths
    ):
        return False
    return not scope.when or _holds_before_or_after(change, scope.when)


def matches_glob(path: str, glob: str) -> bool:
    """Tell whether a path matches a glob: ``*`` within a folder, ``**`` for any number of folders."""
    parts, patterns = path.split("/"), glob.split("/")
    # One row of the table "the first n patterns match the first m parts", rolled forward.
    matched = [True] + [False] * len(parts)
    for pattern in patterns:
        row = [matched[0] and pattern == "**"]
        for position, part in enumerate(parts):
            if pattern == "**":
                row.append(matched[position + 1] or row[position])
            else:
                row.append(matched[position] and fnmatchcase(part, pattern))
        matched = row
    return matched[-1]


def _holds_before_or_after(change: DocumentChange, condition: str) -> bool:
    """A condition that cannot be judged counts as true: nothing becomes free by an error."""
    attempts = [Attempt(change.before, change.after, change.snapshot, change.today, change.author)]
    if change.before is not None:
        attempts.append(
            Attempt(change.before, change.before, change.snapshot, change.today, change.author)
        )
    return any(evaluate_for(attempt, condition)[0] is not False for attempt in attempts)


def _from_list(
    change: DocumentChange, source: str, approvals: Iterable[Approval]
) -> Iterator[Requirement]:
    for approval in approvals:
        if approval.when and not _holds_before_or_after(change, approval.when):
            continue
        if approval.any:
            ways = list(_from_list(change, source, approval.any))
            if ways and not any(way.met for way in ways):
                people = dict.fromkeys(person for way in ways for person in way.people)
                count = min(way.count for way in ways)
                yield Requirement(source, approval, tuple(people), count, met=False)
            continue
        yield _requirement(change, source, approval)


def _requirement(change: DocumentChange, source: str, approval: Approval) -> Requirement:
    snapshot, today = change.snapshot, change.today
    named = people_of(approval.by, change.subject, snapshot, today)
    excluded = set(excluded_people(change, approval))
    author = change.author.lower()
    is_agent = isinstance(snapshot.party(change.author), Agent)
    consents = approval.author and not is_agent and author in {name.lower() for name in named}
    people = tuple(
        person
        for person in named
        if person.lower() not in excluded or (consents and person.lower() == author)
    )
    count = approval.count or len(people)
    return Requirement(source, approval, people, count, met=consents and count <= 1)


def excluded_people(change: DocumentChange, approval: Approval) -> Iterator[str]:
    """Yield, in lower case, who does not count for an approval, as far as files tell."""
    exclude = DEFAULT_EXCLUDE if approval.exclude is None else approval.exclude
    if "author" in exclude or "contributors" in exclude:
        yield change.author.lower()
    others = [name for name in exclude if name not in ("author", "contributors")]
    for person in people_of(others, change.subject, change.snapshot, change.today):
        yield person.lower()


def _from_handover(change: DocumentChange) -> Iterator[Requirement]:
    """Handing over ``owner`` needs the giving and the receiving side."""
    before, after = change.before, change.after
    if before is None or "owner" not in change.fields or before.owner == after.owner:
        return
    giving = Approval(by=(before.owner,) if before.owner else ("workflow.owner",), author=True)
    if before.owner and not people_of(giving.by, before, change.snapshot, change.today):
        giving = Approval(by=("team.lead", "workflow.owner"), author=True)
    yield _requirement(change, "hand-over: the giving side", giving)
    if after.owner:
        receiving = Approval(by=(after.owner,), author=True)
        yield _requirement(change, "hand-over: the receiving side", receiving)
