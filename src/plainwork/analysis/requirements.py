"""Which approvals a change of one document needs, by the rules of the workspace as it is.

Requirements of all rules that a change meets add up; none takes away (``FORMAT.md``, *Policy*
and *Approvals*). What nobody named falls to the default policy; nothing is free by oversight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from plainwork.analysis.approvers import Approvers, SubjectOf, find_approvers, subjects_of
from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.policy_scope import policy_applies, policy_covers
from plainwork.model.change import RuleKey
from plainwork.model.policy import Policy
from plainwork.model.work import Work
from plainwork.model.workflow import Approval, Transition, Workflow

_COVERED_BY_TRANSITION = frozenset({"status", "reason"})
_NO_RULE: RuleKey = ("", "")


class Requirement(msgspec.Struct, frozen=True):
    """One rule that a change meets.

    Attributes:
        source: The rule in words: ``transition approve``, ``policy default``, ``field amount``.
            Requirements of one source are entries of one list, which different people fill.
        rule: The kind and id of the document that says so.
        approval: What it asks for.
        approvers: Who may give it, who may not although the rule names them, and why.
        count: How many of them are needed, at least one.
        met: Whether the author's own change is all it asks for.
        ways: If one of several approvals is enough: each of them that applies.
    """

    source: str
    rule: RuleKey
    approval: Approval
    approvers: Approvers
    count: int
    met: bool
    ways: tuple[Requirement, ...] = ()

    @property
    def by(self) -> tuple[str, ...]:
        """Who may give it, as the rule says it, each once; of several ways all."""
        words = [word for way in self.ways for word in way.by] or self.approval.by
        return tuple(dict.fromkeys(words))

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of those who may give it; the author only if their own change is consent enough."""
        people = [person for way in self.ways for person in way.people] or self.approvers.people
        return tuple(dict.fromkeys(people))


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
        source, rule = f"transition {transition.name}", _workflow_key(change)
        found += compute_list(change, source, rule, transition.approvals)
    found += _from_fields(change, named)
    found += _from_policies(change, named)
    found += _from_handover(change)
    found += _from_deletion(change)
    return tuple(found)


def compute_list(
    change: DocumentChange, source: str, rule: RuleKey, approvals: Iterable[Approval]
) -> Iterator[Requirement]:
    """Yield what a list of approvals asks of a change.

    Where the change moves work to other rules (another workflow, project, parent, team or
    state), relations may come to others than before. Then both are asked: those whom it leaves
    and those to whom it comes, as the workspace knows them.
    """
    asked = tuple(approvals)
    known: list[tuple[str, ...]] = []
    for subject in subjects_of(change) if asked else ():
        found = tuple(_from_list(change, source, rule, asked, subject))
        role = [person for each in found for person in _everybody(each)]
        if not known:
            yield from found
        elif role and tuple(role) not in known:
            yield from (
                msgspec.structs.replace(each, source=f"{source} ({subject.words})")
                for each in found
                if _everybody(each)
            )
        known.append(tuple(role))


def _everybody(requirement: Requirement) -> tuple[str, ...]:
    """Return whom a rule names, excluded or not."""
    ways = requirement.ways or (requirement,)
    return tuple(person for way in ways for person in way.approvers.named)


def _workflow_key(change: DocumentChange) -> RuleKey:
    work = change.after or change.before
    return ("workflow", work.workflow.lower()) if isinstance(work, Work) else _NO_RULE


def _from_fields(change: DocumentChange, named: set[str]) -> Iterator[Requirement]:
    workflows = _workflows(change)
    for workflow in workflows:
        of_which = f"{workflow.id}." if len(workflows) > 1 else ""
        rule = ("workflow", workflow.id.lower())
        for custom in workflow.fields:
            if custom.approvals and custom.name in change.fields:
                named.add(custom.name)
                source = f"field {of_which}{custom.name}"
                yield from compute_list(change, source, rule, custom.approvals)


def _workflows(change: DocumentChange) -> tuple[Workflow, ...]:
    """Return the workflows before and after: who changes it meets the rules of both."""
    works = (side for side in change.sides if isinstance(side, Work))
    found = (change.snapshot.workflow(work) for work in works)
    return tuple({workflow.id: workflow for workflow in found if workflow}.values())


def _from_policies(change: DocumentChange, named: set[str]) -> Iterator[Requirement]:
    defaults: list[Policy] = []
    for policy in change.snapshot.policies.values():
        if policy.default:
            defaults.append(policy)
        # A policy that says nothing of approvals only checks, and so takes no field from others.
        elif policy.approvals is not None and policy_applies(policy, change):
            yield from _from_policy(change, policy)
            if policy_covers(policy, change):
                named |= change.fields & set(policy.applies_to.fields or change.fields)
    if _is_free(change, named):
        return
    if not defaults:
        # Without one every change is rejected: nobody can give what nobody was asked for.
        nobody = Requirement(
            "no policy is the default", _NO_RULE, Approval(), Approvers(), count=1, met=False
        )
        yield nobody
    for policy in defaults:
        yield from _from_policy(change, policy)


def _from_policy(change: DocumentChange, policy: Policy) -> Iterator[Requirement]:
    rule = ("policy", policy.id.lower())
    yield from compute_list(change, f"policy {policy.id}", rule, policy.approvals or ())


def _is_free(change: DocumentChange, named: set[str]) -> bool:
    """Return whether rules name all that differs; who may create a document says what it is."""
    return not change.fields - named or ("created" in named and change.after is not None)


def _from_list(
    change: DocumentChange,
    source: str,
    rule: RuleKey,
    approvals: Iterable[Approval],
    subject: SubjectOf,
) -> Iterator[Requirement]:
    for approval in approvals:
        if approval.when and not change.may_hold(approval.when):
            continue
        if not approval.any:
            yield _requirement(change, source, rule, approval, subject)
            continue
        ways = tuple(_from_list(change, source, rule, approval.any, subject))
        if ways:
            count = min(way.count for way in ways)
            met = any(way.met for way in ways)
            yield Requirement(source, rule, approval, Approvers(), count, met, ways)


def _requirement(
    change: DocumentChange, source: str, rule: RuleKey, approval: Approval, subject: SubjectOf
) -> Requirement:
    approvers = find_approvers(change, approval, subject)
    count = approval.count or max(len(approvers.people), 1)
    author = change.author.lower()
    consents = approval.author and any(author == each.lower() for each in approvers.people)
    return Requirement(source, rule, approval, approvers, count, met=consents and count == 1)


def _from_handover(change: DocumentChange) -> Iterator[Requirement]:
    """Handing over ``owner``, by whatever field, needs the giving and the receiving side."""
    before, after = change.before, change.after
    if not isinstance(before, Work) or not isinstance(after, Work):
        return
    if before.owner.lower() == after.owner.lower():
        return
    rule, now = _workflow_key(change), SubjectOf(before, new=False)
    if before.owner:
        # If the giving side has left: whoever leads the team, else who owns the workflow.
        sides = (("owner",), ("team.lead",), ("workflow.owner",))
        asked = [Approval(by=side, author=True, exclude=()) for side in sides]
        source = "hand-over: the giving side"
        found = [_requirement(change, source, rule, each, now) for each in asked]
        yield next((each for each in found if each.people), found[-1])
    if after.owner:
        # A team stands for the one who leads it now, not whom the change would make its lead.
        team = change.snapshot.team(after.owner)
        receiving = Approval(by=(team.lead if team else after.owner,), author=True, exclude=())
        yield _requirement(change, "hand-over: the receiving side", rule, receiving, now)


def _from_deletion(change: DocumentChange) -> Iterator[Requirement]:
    """Work is dropped, not deleted; deleting needs the owner of its workflow."""
    if isinstance(change.before, Work) and change.after is None:
        approval = Approval(by=("workflow.owner",), author=True, exclude=())
        now = SubjectOf(change.before, new=False)
        yield _requirement(change, "deletion", _workflow_key(change), approval, now)
