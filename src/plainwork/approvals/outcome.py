"""What comes of it: why a change is invalid, what holds it up, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plainwork.approvals.exceptions import Waiver
from plainwork.approvals.requirements import FORBIDDEN, JudgedDocument
from plainwork.approvals.sight import DocumentKey
from plainwork.approvals.verdict import strictest
from plainwork.approvals.words import clean
from plainwork.model.change import Change, Fault
from plainwork.model.decision import DecidedDocument, Reason, Verdict
from plainwork.model.evidence import Evidence


def find_faults(
    change: Change,
    judged: Mapping[DocumentKey, JudgedDocument],
    waivers: Iterable[Waiver],
    granted: Iterable[Waiver],
    *,
    grouped: bool,
) -> tuple[Reason, ...]:
    """Return why a change is invalid, whoever approves it."""
    found: dict[Fault, None] = dict.fromkeys(change.faults)
    told = {(fault.code, fault.path) for fault in change.faults if fault.code == FORBIDDEN}
    for each in judged.values():
        # A group has no author; what each may do is judged with the change that is theirs.
        known = () if grouped else each.faults
        found |= {fault: None for fault in known if (fault.code, fault.path) not in told}
    for waiver in waivers:
        found |= dict.fromkeys(waiver.faults)
    if len({document.key for document in change.documents}) < len(change.documents):
        found[Fault("duplicate-id", "two documents of the change have one id")] = None
    if judged and not any(policy.default for policy in change.before.policies.values()):
        message = "no policy of the branch is the default, so every change is rejected"
        found[Fault("no-default-policy", message, "`plainwork explain default-policy`")] = None
    return tuple(
        Reason(fault.code, fault.message, fault.hint, fault.path, fault.line)
        for fault in found
        if not any(waiver.lifts_fault(fault, judged) for waiver in granted)
    )


def find_holds(
    change: Change, evidence: Evidence, documents: Iterable[DecidedDocument]
) -> Iterator[Reason]:
    """Yield what else is to be said: why an approved change waits, and what nobody governed."""
    if change.first and not change.governed:
        message = "the branch holds no rules yet: nothing governed this change"
        yield Reason("init", message, "from the next one on the rules of this one hold")
    if evidence.draft:
        yield Reason("draft", "the change is a draft", "mark it as ready")
    for sibling in evidence.siblings:
        message = f"{clean(sibling)} is open with the same head"
        yield Reason("sibling", message, "close one of them, or push another commit")
    for person in dict.fromkeys(
        person for each in documents for need in each.requirements for person in need.vetoed_by
    ):
        yield Reason("veto", f"{person} requests changes", f"{person} approves, or withdraws it")


def find_verdict(
    obstacles: Iterable[Reason],
    faults: Iterable[Reason],
    documents: Iterable[DecidedDocument],
    evidence: Evidence,
) -> Verdict:
    """Return the strictest verdict that anything asks for; what asks for none lets it through."""
    needs = [need for document in documents for need in document.requirements]
    verdicts = [Verdict.APPROVED]
    if tuple(obstacles):
        verdicts.append(Verdict.ERROR)
    if tuple(faults) or any(need.vetoed_by for need in needs):
        verdicts.append(Verdict.REJECTED)
    if evidence.draft or evidence.siblings or not all(need.met for need in needs):
        verdicts.append(Verdict.WAITING)
    return strictest(verdicts)
