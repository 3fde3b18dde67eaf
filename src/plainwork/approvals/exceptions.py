"""Waivers that a change asks for: an exception for one document, by a record beside it.

Whoever may grant them says the policy's ``waivers``; for a transition or a rule of the check,
which no policy names, those of the default policy. A waiver that speaks of a document of this
change names its digest, so that it serves no other change. Adding one needs that consent
whatever it is for: what is merged stands until its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.requirements import Requirement, compute_list
from plainwork.approvals.requirements import JudgedDocument
from plainwork.model.change import ChangedDocument, Fault
from plainwork.model.document import Document
from plainwork.model.policy import Policy
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval
from plainwork.parsing.quantities import parse_date

WAIVER_SOURCE = "waiver of"
_WAIVABLE_RULES = frozenset(
    {"unmet-guard", "open-dependency", "closed-parent", "unowned", "absent-party"}
    | {"departed-party", "missing-attachment", "deleted-open-work"}
)
"""Rules about how work stands. What cannot be read, or where no way leads, nobody can waive."""


class Waiver(msgspec.Struct, frozen=True):
    """A waiver that a change adds.

    Attributes:
        record: The key of its document.
        id: The record's id.
        of: Policy, ``workflow.transition`` or rule, in lower case.
        policy: The policy whose ``waivers`` grant it; None: there is none, so nobody can.
        about: Keys of the documents of this change that it names by their digest.
        names: Ids of all the work that it speaks of, as written.
    """

    record: tuple[str, str]
    id: str
    of: str
    policy: Policy | None
    about: frozenset[tuple[str, str]]
    names: tuple[str, ...]
    reason: str
    until: str
    faults: tuple[Fault, ...] = ()

    def lifts(self, requirement: Requirement, judged: JudgedDocument) -> bool:
        """Return whether it is an exception from a requirement of a document."""
        if judged.document.key not in self.about:
            return False
        kind, id_ = requirement.rule
        if kind == "policy":
            return id_ == self.of and requirement.source.startswith("policy ")
        name = requirement.source.removeprefix("transition ").partition(" ")[0]
        return requirement.source.startswith("transition ") and f"{id_}.{name.lower()}" == self.of

    def lifts_fault(
        self, fault: Fault, documents: Mapping[tuple[str, str], JudgedDocument]
    ) -> bool:
        """Return whether it is an exception from a fault of one of its documents."""
        if fault.code not in _WAIVABLE_RULES:
            return False
        meant = (documents[key] for key in self.about)
        return any(
            fault.path in judged.document.paths
            and (fault.code == self.of or self._guards(fault, judged))
            for judged in meant
        )

    def _guards(self, fault: Fault, judged: JudgedDocument) -> bool:
        if fault.code != "unmet-guard":
            return False
        workflows = {id_ for kind, id_ in judged.rules if kind == "workflow"}
        names = (each.name for each in judged.path)
        return any(
            self.of == f"{workflow}.{name.lower()}" and fault.message.startswith(f"`{name}`:")
            for name in names
            for workflow in workflows
        )


def find_waivers(
    documents: Iterable[JudgedDocument], digests: Mapping[tuple[str, str], str], today: date
) -> tuple[Waiver, ...]:
    """Return the waivers that a change adds.

    Args:
        documents: What differs.
        digests: The digest of each by its key.
        today: The day of the decision.
    """
    judged = {each.document.key: each for each in documents}
    return tuple(
        _read(each, judged, digests, today) for each in judged.values() if _is_waiver(each.document)
    )


def require_waiver(
    waiver: Waiver, judged: JudgedDocument, documents: Mapping[tuple[str, str], JudgedDocument]
) -> Iterator[Requirement]:
    """Yield who must consent to a waiver: for each document that it is about."""
    rule = ("policy", waiver.policy.id.lower()) if waiver.policy else ("", "")
    approvals: tuple[Approval, ...] = waiver.policy.waivers if waiver.policy else ()
    source = f"{WAIVER_SOURCE} {waiver.of}"
    subjects: list[DocumentChange] = [documents[key].change for key in sorted(waiver.about)]
    for change in subjects or [judged.change]:
        found = tuple(compute_list(change, source, rule, approvals or (Approval(),)))
        yield from found
        if not found:  # each entry has a condition, and none is true
            yield from compute_list(judged.change, source, rule, (Approval(),))


def _is_waiver(document: ChangedDocument) -> bool:
    new, old = document.new, document.old
    return (
        isinstance(new, Document)
        and new.fields.get("record") == "waiver"
        and (old is None or old.fields != new.fields)
    )


def _read(
    judged: JudgedDocument,
    documents: Mapping[tuple[str, str], JudgedDocument],
    digests: Mapping[tuple[str, str], str],
    today: date,
) -> Waiver:
    document = judged.document
    fields = document.new.fields if document.new is not None else {}
    of = str(fields.get("of", "")).lower()
    names = tuple(str(name) for name in fields.get("about", ()))
    touched = [key for name in names if (key := ("work", name.lower())) in documents]
    written = str(fields.get("digest", ""))
    named = frozenset(key for key in touched if digests.get(key) == written)
    until = parse_date(str(fields.get("until", "")))
    faults: list[Fault] = []
    if written and not named:
        faults.append(_misdirected(document, touched, digests))
    if until is None or until < today or not fields.get("reason"):
        message = "a waiver needs a reason and a last day that is not over"
        faults.append(Fault("waiver-without-end", message, "", document.paths[-1]))
    return Waiver(
        record=document.key,
        id=document.id,
        of=of,
        policy=_granting(of, judged.change.snapshot),
        about=named,
        names=names,
        reason=str(fields.get("reason", "")),
        until=str(fields.get("until", "")),
        faults=tuple(faults),
    )


def _misdirected(
    document: ChangedDocument,
    touched: list[tuple[str, str]],
    digests: Mapping[tuple[str, str], str],
) -> Fault:
    message = "the waiver names the digest of another change"
    hint = "; ".join(f"{id_} has {digests[kind, id_]}" for kind, id_ in touched[:3])
    return Fault(
        "waiver-of-other-change",
        message,
        hint or "it speaks of no work of this change",
        document.paths[-1],
        document.lines.get("digest", 0),
    )


def _granting(of: str, base: Snapshot) -> Policy | None:
    policy = base.policies.get(of)
    if policy is not None:
        return policy
    return next((each for each in base.policies.values() if each.default), None)
