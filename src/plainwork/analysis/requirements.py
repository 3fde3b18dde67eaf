"""Which approvals a change of one document needs, by the rules of the workspace as it is.

Requirements of all rules that a change meets add up; none takes away (``FORMAT.md``, *Policy*
and *Approvals*). What nobody named falls to the default policy; nothing is free by oversight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.policy_scope import policy_applies
from plainwork.analysis.relations import CHANGE_RELATIONS, people_of
from plainwork.model.policy import Policy
from plainwork.model.work import Work
from plainwork.model.workflow import Approval, Transition, Workflow

_COVERED_BY_TRANSITION = frozenset({"status", "reason"})
_DEFAULT_EXCLUDE = ("author", "contributors", "requester")


class Requirement(msgspec.Struct, frozen=True):
    """One rule that a change meets.

    Attributes:
        source: The rule in words: ``transition approve``, ``policy default``, ``field amount``.
        approval: What it asks for.
        people: Ids of those who may give it; the author is among them only if their own
            change is consent enough. Who made an earlier step (``did.…``) is not known here.
        count: How many of them are needed, at least one.
        met: Whether the author's own change is all it asks for.
        ways: If one of several approvals is enough: each of them that applies.
    """

    source: str
    approval: Approval
    people: tuple[str, ...]
    count: int
    met: bool
    ways: tuple[Requirement, ...] = ()

    @property
    def by(self) -> tuple[str, ...]:
        """Who may give it, as the rule says it, each once; of several ways all."""
        words = [word for way in self.ways for word in way.by] or self.approval.by
        return tuple(dict.fromkeys(words))


def compute_requirements(
    change: DocumentChange, path: Iterable[Transition] = ()
) -> tuple[Requirement, ...]:
    """Return what a change needs: of transitions, fields, policies, hand-over and deletion.

    Each entry of a list is a requirement of its own, for other people than those beside it.

    Args:
        change: What differs.
        path: The transitions that a change of status takes.
    """
    found: list[Requirement] = []
    named: set[str] = set()
    for transition in path:
        named |= _COVERED_BY_TRANSITION
        found += _from_list(change, f"transition {transition.name}", transition.approvals)
    found += _from_fields(change, named)
    found += _from_policies(change, named)
    found += _from_handover(change)
    found += _from_deletion(change)
    return tuple(found)


def _from_fields(change: DocumentChange, named: set[str]) -> Iterator[Requirement]:
    workflows = _workflows(change)
    for workflow in workflows:
        of_which = f"{workflow.id}." if len(workflows) > 1 else ""
        for custom in workflow.fields:
            if custom.approvals and custom.name in change.fields:
                named.add(custom.name)
                yield from _from_list(change, f"field {of_which}{custom.name}", custom.approvals)


def _workflows(change: DocumentChange) -> tuple[Workflow, ...]:
    """Return the workflows before and after: who changes it meets the rules of both."""
    works = (side for side in change.sides if isinstance(side, Work))
    found = (change.snapshot.workflow(work) for work in works)
    return tuple({workflow.id: workflow for workflow in found if workflow}.values())


def _from_policies(change: DocumentChange, named: set[str]) -> Iterator[Requirement]:
    default: Policy | None = None
    for policy in change.snapshot.policies.values():
        if policy.default:
            default = default or policy
        # A policy that says nothing of approvals only checks, and so takes no field from others.
        elif policy.approvals is not None and policy_applies(policy, change):
            named |= change.fields & set(policy.applies_to.fields or change.fields)
            yield from _from_list(change, f"policy {policy.id}", policy.approvals)
    if "created" in named or not change.fields - named:
        return  # whoever may create work may say what it is
    if default is None:
        # Without one every change is rejected: nobody can give what nobody was asked for.
        yield Requirement("no policy is the default", Approval(), (), count=1, met=False)
    else:
        yield from _from_list(change, f"policy {default.id}", default.approvals or ())


def _from_list(
    change: DocumentChange, source: str, approvals: Iterable[Approval]
) -> Iterator[Requirement]:
    for approval in approvals:
        if approval.when and not change.may_hold(approval.when):
            continue
        if not approval.any:
            yield _requirement(change, source, approval)
            continue
        ways = tuple(_from_list(change, source, approval.any))
        if ways:
            people = dict.fromkeys(person for way in ways for person in way.people)
            count = min(way.count for way in ways)
            met = any(way.met for way in ways)
            yield Requirement(source, approval, tuple(people), count, met, ways)


def _requirement(change: DocumentChange, source: str, approval: Approval) -> Requirement:
    excluded = set(_excluded_people(change, approval))
    people = tuple(
        person for person in _people_of(change, approval.by) if person.lower() not in excluded
    )
    count = approval.count or max(len(people), 1)
    author = change.author.lower()
    consents = approval.author and any(author == person.lower() for person in people)
    return Requirement(source, approval, people, count, met=consents and count == 1)


def _people_of(change: DocumentChange, who: Iterable[str]) -> tuple[str, ...]:
    return people_of(who, change.subject, change.snapshot, change.today, new=change.before is None)


def _excluded_people(change: DocumentChange, approval: Approval) -> Iterator[str]:
    """Yield, in lower case, who does not count for an approval, as far as files tell."""
    exclude = _DEFAULT_EXCLUDE if approval.exclude is None else approval.exclude
    if not approval.author and not CHANGE_RELATIONS.isdisjoint(exclude):
        yield change.author.lower()
    relations = [name for name in exclude if name not in CHANGE_RELATIONS]
    # Of both sides, as neither naming nor forgetting a requester must make anybody eligible.
    for side in change.sides:
        for person in people_of(relations, side, change.snapshot, change.today):
            yield person.lower()


def _from_handover(change: DocumentChange) -> Iterator[Requirement]:
    """Handing over ``owner``, by whatever field, needs the giving and the receiving side."""
    before, after = change.before, change.after
    if not isinstance(before, Work) or not isinstance(after, Work):
        return
    if before.owner.lower() == after.owner.lower():
        return
    if before.owner:
        # If the giving side has left: whoever leads the team, else who owns the workflow.
        sides = (("owner",), ("team.lead",), ("workflow.owner",))
        giving = next((side for side in sides if _people_of(change, side)), sides[-1])
        approval = Approval(by=giving, author=True, exclude=())
        yield _requirement(change, "hand-over: the giving side", approval)
    if after.owner:
        receiver = after.accountable or after.owner
        receiving = Approval(by=(receiver,), author=True, exclude=())
        yield _requirement(change, "hand-over: the receiving side", receiving)


def _from_deletion(change: DocumentChange) -> Iterator[Requirement]:
    """Work is dropped, not deleted; deleting needs the owner of its workflow."""
    if isinstance(change.before, Work) and change.after is None:
        approval = Approval(by=("workflow.owner",), author=True, exclude=())
        yield _requirement(change, "deletion", approval)
