"""The decision: may this change be merged, by the rules of the base and what people said?

A pure function of values: from the same change and evidence comes the same decision, byte for
byte, today and in an audit years later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo

import msgspec

from plainwork.analysis.requirements import Requirement
from plainwork.approvals.counting import count_list
from plainwork.approvals.delegation import find_delegates
from plainwork.approvals.digest import (
    change_digest,
    document_digest,
    evidence_digest,
    is_consent,
    state_values,
    with_rules,
)
from plainwork.approvals.exceptions import WAIVER_SOURCE, Waiver, find_waivers, require_waiver
from plainwork.approvals.expiry import find_expiry
from plainwork.approvals.identities import Identities
from plainwork.approvals.outcome import find_faults, find_holds, find_verdict
from plainwork.approvals.participants import compute_participants
from plainwork.approvals.requirements import JudgedDocument, Steps, judge_document
from plainwork.approvals.sight import AskedDocument, DocumentKey, SeenAt, Sight
from plainwork.approvals.soundness import WITHOUT_FORGE, find_obstacles, without_odd_times
from plainwork.approvals.standing import Hearing, Standing
from plainwork.approvals.voices import hear
from plainwork.approvals.words import clean, describe_changes, title_of
from plainwork.model.change import Change, ChangedDocument, SeenDocument
from plainwork.model.decision import (
    DECISION_SCHEMA,
    DecidedDocument,
    DecidedRequirement,
    Decision,
    Granted,
    Reason,
    Verdict,
)
from plainwork.model.evidence import Evidence
from plainwork.model.step_makers import StepMakers


def decide(
    change: Change,
    evidence: Evidence,
    *,
    seen: SeenAt,
    asked: Mapping[DocumentKey, SeenDocument],
    makers: Mapping[tuple[str, str], StepMakers],
    derived: frozenset[DocumentKey],
    now: datetime,
    version: str,
    injected: Mapping[str, str] | None = None,
) -> Decision:
    """Decide a change of one workspace.

    Args:
        change: What differs between the base tip and the merge result.
        evidence: What the forge, or signatures, say about it.
        seen: What stood at each commit of :func:`plainwork.approvals.sight.reviewed_commits`;
            what could not be read is missing, and no approval of it counts.
        asked: Every document of the change as it is asked about; its rules may be more than the
            change meets.
        makers: Who made earlier steps: work (id in lower case) and transition to people;
            what is missing nobody knows.
        derived: Documents that need nobody, see :mod:`plainwork.approvals.derived`.
        now: The server's time of reading, or an injected one.
        version: plainwork's.
        injected: What was given by hand instead of by the server.
    """
    obstacles = list(find_obstacles(change, evidence))
    evidence = without_odd_times(evidence)
    zone = _find_zone(change.before.settings.timezone)
    today = now.astimezone(zone).date()
    identities = Identities(change.before.parties.values(), _forge_of(change, evidence))
    participants = compute_participants(change, evidence, identities)
    steps = _group_by_work(makers)
    judged = {
        document.key: judge_document(
            document, change, participants, _steps_of(document, steps), today
        )
        for document in change.documents
        if change.governed and not _is_derived(document, derived)
    }
    obstacles += _find_unasked(change, judged, asked)
    digests = _compute_digests(change, judged, asked)
    waivers = find_waivers(judged.values(), digests, today)
    whole = change_digest(digests[each.key] for each in change.documents if not is_consent(each))
    hearing = Hearing(
        voices=hear(evidence, identities, now, today),
        participants=participants,
        sight=Sight(change, evidence, seen, whole),
        delegates=find_delegates(change.before),
        now=now,
        draft=evidence.draft,
        zone=zone,
    )
    requirements = _gather(judged, waivers)
    decided = {key: _count(judged[key], requirements[key], digests[key], hearing) for key in judged}
    granted = tuple(
        each for each in waivers if not each.faults and _is_granted(decided[each.record])
    )
    decided = {key: _lift(judged[key], requirements[key], decided[key], granted) for key in judged}
    documents = tuple(
        _describe(
            each, digests[each.key], decided.get(each.key, ()), derived=_is_derived(each, derived)
        )
        for each in change.documents
    )
    faults = find_faults(change, judged, waivers, granted, grouped=bool(evidence.members))
    verdict = find_verdict(obstacles, faults, documents, evidence)
    needs = [need for each in documents for need in each.requirements]
    reasons = tuple(sorted({*obstacles, *faults, *find_holds(change, evidence, documents)}))
    return Decision(
        schema=DECISION_SCHEMA,
        version=version,
        verdict=verdict,
        repository=change.repository,
        ref=change.ref,
        base=change.base,
        head=change.head,
        tree=change.tree,
        now=now,
        digest=whole,
        evidence=evidence_digest(evidence),
        pull=evidence.pull,
        workspace=change.workspace,
        author=participants.shown,
        by_agent=participants.by_agent,
        unattributed=tuple(clean(name) for name in participants.unattributed),
        reasons=reasons,
        documents=documents,
        granted=tuple(_grant(each) for each in granted),
        injected=dict(injected or {}),
        expires=(
            find_expiry(needs, granted, change.before, zone)
            if verdict is Verdict.APPROVED
            else None
        ),
    )


def _find_zone(timezone: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # costs start-up time

    return ZoneInfo(timezone)


def _group_by_work(makers: Mapping[tuple[str, str], StepMakers]) -> dict[str, Steps]:
    found: dict[str, dict[str, StepMakers]] = {}
    for (work, transition), people in makers.items():
        found.setdefault(work, {})[transition] = people
    return {**found}


def _steps_of(document: ChangedDocument, steps: Mapping[str, Steps]) -> Steps:
    """Return who made earlier steps of a work, which may have another id since."""
    former = document.old.id.lower() if document.old is not None else ""
    return {**steps.get(document.id.lower(), {}), **steps.get(former, {})}


def _forge_of(change: Change, evidence: Evidence) -> str:
    """Return whose accounts the evidence speaks of: without a forge those of the workspace's."""
    if evidence.forge in WITHOUT_FORGE:
        return change.before.settings.forge_kind
    return evidence.forge


def _is_derived(document: ChangedDocument, derived: frozenset[DocumentKey]) -> bool:
    return document.before is None and document.key in derived


def _find_unasked(
    change: Change,
    judged: Mapping[DocumentKey, JudgedDocument],
    asked: Mapping[DocumentKey, SeenDocument],
) -> Iterator[Reason]:
    """Yield each document whose digest cannot be computed in full: nothing could be bound to it."""
    base = {("workflow", id_) for id_ in change.before.workflows}
    base |= {("policy", id_) for id_ in change.before.policies}
    for document in change.documents if change.governed else ():
        found = asked.get(document.key)
        rules = judged[document.key].rules & base if document.key in judged else frozenset()
        if found is None or not rules <= found.rules.keys():
            message = f"what is asked about {clean(document.id)} could not be read in full"
            yield Reason("no-digest", message, "decide again", document.paths[-1])


def _compute_digests(
    change: Change,
    judged: Mapping[DocumentKey, JudgedDocument],
    asked: Mapping[DocumentKey, SeenDocument],
) -> dict[DocumentKey, str]:
    digests: dict[DocumentKey, str] = {}
    for document in change.documents:
        rules = judged[document.key].rules if document.key in judged else ()
        found = asked.get(document.key) or SeenDocument(document.before, document.after, {})
        digests[document.key] = document_digest(
            change.repository, change.ref, document.kind, document.id, with_rules(found, rules)
        )
    return digests


def _gather(
    judged: Mapping[DocumentKey, JudgedDocument], waivers: Iterable[Waiver]
) -> dict[DocumentKey, tuple[Requirement, ...]]:
    """Return what each document needs, of waivers also who must grant them."""
    found = {key: each.requirements for key, each in judged.items()}
    for waiver in waivers:
        found[waiver.record] += tuple(require_waiver(waiver, judged[waiver.record], judged))
    return found


def _count(
    judged: JudgedDocument, requirements: Iterable[Requirement], digest: str, hearing: Hearing
) -> tuple[DecidedRequirement, ...]:
    """Count the approvals of a document, list by list."""
    lists: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        lists.setdefault(requirement.source, []).append(requirement)
    asked = AskedDocument(judged.document, judged.rules, digest)
    standing = Standing(asked, judged.change, hearing)
    return tuple(decided for entries in lists.values() for decided in count_list(entries, standing))


def _is_granted(decided: Iterable[DecidedRequirement]) -> bool:
    return all(each.met for each in decided if each.source.startswith(WAIVER_SOURCE))


def _lift(
    judged: JudgedDocument,
    requirements: Iterable[Requirement],
    decided: Iterable[DecidedRequirement],
    granted: Iterable[Waiver],
) -> tuple[DecidedRequirement, ...]:
    """Return what a document needs, with what granted waivers except it from."""
    lifted = {
        requirement.source: waiver
        for requirement in requirements
        for waiver in granted
        if waiver.lifts(requirement, judged)
    }
    return tuple(
        _waive(each, lifted[each.source]) if each.source in lifted else each for each in decided
    )


def _waive(decided: DecidedRequirement, waiver: Waiver) -> DecidedRequirement:
    note = f"waived until {waiver.until} by {waiver.id}: {clean(waiver.reason)}"
    # A veto is no approval that is missing: an exception from asking is none from an answer.
    return msgspec.structs.replace(decided, met=not decided.vetoed_by, missing=0, note=note)


def _grant(waiver: Waiver) -> Granted:
    return Granted(waiver.id, waiver.of, waiver.names, clean(waiver.reason), waiver.until)


def _describe(
    document: ChangedDocument,
    digest: str,
    requirements: tuple[DecidedRequirement, ...],
    *,
    derived: bool,
) -> DecidedDocument:
    lines = [document.lines[field] for field in sorted(document.fields) if field in document.lines]
    return DecidedDocument(
        kind=document.kind,
        id=document.id,
        path=document.paths[-1],
        title=title_of(document),
        changes=describe_changes(document),
        fields=tuple(sorted(document.fields)),
        digest=digest,
        requirements=requirements,
        derived=derived,
        line=min(lines, default=0),
        before=state_values(document.before),
        after=state_values(document.after),
    )
