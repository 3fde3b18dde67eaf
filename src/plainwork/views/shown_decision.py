"""A decision for the people who wait: what is needed, from whom, and who of them has given it.

The text, the page on the forge and the line beside the changed file all tell this one value, so
that nobody reads two stories about one change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from plainwork.model.decision import (
    DecidedDocument,
    DecidedRequirement,
    Decision,
    Given,
    NotCounted,
    NotCountedReason,
    Reason,
    Verdict,
)
from plainwork.views.approval_words import join_words
from plainwork.views.next_steps import Step, Way, compute_steps
from plainwork.views.people_words import describe_objection, describe_rule, describe_whom

_STATES = ("blocked", "missing", "met")
"""Of a requirement, in the order in which they matter to whoever waits."""

_SIGN = " Whoever made them signs the commits of the change."


class Occasion(msgspec.Struct, frozen=True):
    """What is known of a change beside its decision, for display only.

    Attributes:
        names: Ids of the base's parties to their names; nobody else is named.
        way: How people consent where the change waits.
        title: Of the pull request; hostile text.
        url: Of the pull request, or ``""``.
        gaps: What the evidence leaves out, and why: one line each.
    """

    names: Mapping[str, str]
    way: Way
    title: str = ""
    url: str = ""
    gaps: tuple[str, ...] = ()


class ShownNeed(msgspec.Struct, frozen=True):
    """One requirement.

    Attributes:
        state: ``blocked``, ``missing`` or ``met``.
        what: Who must agree and which rule says so: ``2 of board (transition approve)``.
        whom: Who can give what is missing, in words; ``""``: nothing is missing.
        given: Who has agreed, with the day.
        blocked_by: Names of people who block it.
        note: What else is to be said.
    """

    state: str
    what: str
    whom: str
    given: tuple[str, ...]
    blocked_by: tuple[str, ...]
    note: str


class ShownDocument(msgspec.Struct, frozen=True):
    """One changed document; ``title`` and ``changes`` are hostile text of the change."""

    kind: str
    id: str
    path: str
    line: int
    title: str
    changes: tuple[str, ...]
    digest: str
    needs: tuple[ShownNeed, ...]
    derived: bool

    @property
    def settled(self) -> bool:
        """Whether every rule that it meets is met."""
        return all(need.state == "met" for need in self.needs)

    @property
    def free(self) -> bool:
        """Whether the change of this document needs nobody."""
        return not self.needs


class Ignored(msgspec.Struct, frozen=True):
    """An approval that does not count where one is missing; ``who`` may be hostile text."""

    who: str
    known: bool
    reason: NotCountedReason
    explanation: str
    remedy: str


class ShownDecision(msgspec.Struct, frozen=True):
    """A decision in the order in which it is read.

    Attributes:
        verdict: What was decided.
        summary: The same in one line.
        about: Which change: ``pull request 12 by Lena Vogt into main``.
        title: Of the pull request; hostile text.
        place: Which commits, when, and until when it holds, if anything ends it.
        alarms: What nobody may overlook: overrides, waivers, the first pull request.
        reasons: Why the verdict is what it is, apart from requirements.
        documents: Those that need somebody, those that wait for somebody first.
        free: Those that need nobody.
        ignored: Approvals that do not count, each once.
        gaps: What else was not taken into account, one line each.
        steps: What to do next.
        workspace: The folder of the workspace in the repository, or ``""``.
        digest: Of the whole change.
        way: How people consent to it.
        url: Of the pull request, or ``""``.
    """

    verdict: Verdict
    summary: str
    about: str
    title: str
    place: str
    alarms: tuple[str, ...]
    reasons: tuple[Reason, ...]
    documents: tuple[ShownDocument, ...]
    free: tuple[ShownDocument, ...]
    ignored: tuple[Ignored, ...]
    gaps: tuple[str, ...]
    steps: tuple[Step, ...]
    workspace: str
    digest: str
    way: Way
    url: str


def describe_decision(decision: Decision, occasion: Occasion) -> ShownDecision:
    """Return a decision as it is shown.

    Args:
        decision: What was decided.
        occasion: What is known of the change beside it.
    """
    names = occasion.names
    documents = tuple(_describe_document(each, names) for each in decision.documents)
    steps = tuple(dict.fromkeys(compute_steps(decision, occasion.way, occasion.url, names)))
    return ShownDecision(
        verdict=decision.verdict,
        summary=_summarise(decision),
        about=_about(decision, names),
        title=occasion.title,
        place=_place(decision),
        alarms=tuple(_alarms(decision, occasion.way)),
        reasons=tuple(each for each in decision.reasons if each.code != "init"),
        documents=tuple(
            sorted((each for each in documents if not each.free), key=lambda each: each.settled)
        ),
        free=tuple(each for each in documents if each.free),
        ignored=tuple(_ignored(decision, names)),
        gaps=occasion.gaps,
        steps=steps,
        workspace=decision.workspace,
        digest=decision.digest,
        way=occasion.way,
        url=occasion.url,
    )


def format_moment(moment: datetime) -> str:
    """Return a moment for people: ``2026-06-01 10:12 UTC``."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def count_missing(decision: Decision) -> int:
    """Return how many approvals are missing: one review serves a rule for all documents.

    Of one rule distinct people fill the places, so they add up.
    """
    missing: dict[str, int] = {}
    for document in decision.documents:
        for source, needs in _by_source(document):
            missing[source] = max(missing.get(source, 0), sum(need.missing for need in needs))
    return sum(missing.values())


def _by_source(document: DecidedDocument) -> Iterator[tuple[str, list[DecidedRequirement]]]:
    found: dict[str, list[DecidedRequirement]] = {}
    for need in document.requirements:
        if not need.met:
            found.setdefault(need.source, []).append(need)
    yield from found.items()


def _unmet(decision: Decision) -> Iterator[DecidedRequirement]:
    return (need for each in decision.documents for need in each.requirements if not need.met)


def _summarise(decision: Decision) -> str:
    if decision.verdict is Verdict.APPROVED:
        return _why_approved(decision)
    if decision.verdict is Verdict.ERROR:
        return "nothing could be decided, so it is blocked"
    if decision.verdict is Verdict.REJECTED:
        blocked = any(need.vetoed_by for need in _unmet(decision))
        return "somebody who may blocks it" if blocked else "no approval helps before it is mended"
    missing = count_missing(decision)
    if not missing:
        return "nothing is wrong, but it is not ready"
    return "1 approval is missing" if missing == 1 else f"{missing} approvals are missing"


def _why_approved(decision: Decision) -> str:
    if any(reason.code == "init" for reason in decision.reasons):
        return "it is the first change, and nothing governed it"
    if not decision.documents:
        return "it changes nothing that the rules govern"
    if not any(each.requirements for each in decision.documents):
        return "it needs nobody's consent"
    return "everybody who must agree has agreed to exactly this"


def _about(decision: Decision, names: Mapping[str, str]) -> str:
    what = f"pull request {decision.pull}" if decision.pull else "change"
    author = names.get(decision.author.lower(), decision.author)
    by = f" by {author}" if author else ""
    agent = ", with an agent's help" if decision.by_agent else ""
    place = f", workspace {decision.workspace}" if decision.workspace else ""
    return f"{what}{by}{agent} into {decision.ref.removeprefix('refs/heads/')}{place}"


def _place(decision: Decision) -> str:
    when = format_moment(decision.now)
    until = f", holds until {format_moment(decision.expires)}" if decision.expires else ""
    return f"{decision.head[:10]} onto {decision.base[:10]}, decided {when}{until}"


def _alarms(decision: Decision, way: Way) -> Iterator[str]:
    for name, value in sorted(decision.injected.items()):
        yield f"{name} was given by hand: {value}. This decision proves nothing."
    for reason in decision.reasons:
        if reason.code == "init":
            yield reason.message
    for waiver in decision.granted:
        about = ", ".join(waiver.about)
        yield (
            f"A waiver of {waiver.of} takes effect for {about} until {waiver.until}:"
            f" {waiver.reason} ({waiver.record})"
        )
    if decision.unattributed:
        who = join_words(decision.unattributed, "and")
        yield (
            f"Nobody knows who made a part of it ({who}), so each rule asks for one person more."
            f"{_SIGN if way.signed else ''}"
            " Their e-mail address belongs into their file in people/."
        )


def _describe_document(document: DecidedDocument, names: Mapping[str, str]) -> ShownDocument:
    return ShownDocument(
        kind=document.kind,
        id=document.id,
        path=document.path,
        line=document.line,
        title="" if document.title == document.id else document.title,
        changes=document.changes,
        digest=document.digest,
        needs=tuple(
            sorted(
                (_describe_need(need, names) for need in document.requirements),
                key=lambda need: _STATES.index(need.state),
            )
        ),
        derived=document.derived,
    )


def _describe_need(need: DecidedRequirement, names: Mapping[str, str]) -> ShownNeed:
    state = "blocked" if need.vetoed_by else "met" if need.met else "missing"
    objections = tuple(describe_objection(each, names) for each in need.objections)
    return ShownNeed(
        state=state,
        what=describe_rule(need),
        whom="" if need.met else describe_whom(need, names),
        given=tuple(_describe_given(given, names) for given in need.given),
        blocked_by=tuple(names.get(person.lower(), person) for person in need.vetoed_by),
        note="; ".join((*objections, need.note) if need.note else objections),
    )


def _describe_given(given: Given, names: Mapping[str, str]) -> str:
    person = names.get(given.person.lower(), given.person)
    if not given.review:
        return f"{person}, by making the change"
    day = f" on {given.at:%Y-%m-%d}" if given.at else ""
    by = names.get(given.by.lower(), given.by)
    return f"{by} for {person}{day}" if by else f"{person}{day}"


def _ignored(decision: Decision, names: Mapping[str, str]) -> Iterator[Ignored]:
    """Yield approvals that do not count where one is missing, each reason of a person once.

    That somebody is not in one role is no matter if they fill a place of the same document, or
    would if nothing else stood against it.
    """
    seen: set[Ignored] = set()
    for document in decision.documents:
        asked = set(_reviews_of_asked(document))
        for need in document.requirements:
            for ignored in () if need.met else need.not_counted:
                shown = _describe_ignored(ignored, names)
                stranger = ignored.reason is NotCountedReason.NOT_IN_ROLE
                if not (stranger and ignored.review in asked) and shown not in seen:
                    seen.add(shown)
                    yield shown


def _reviews_of_asked(document: DecidedDocument) -> Iterator[str]:
    """Yield the reviews of those whom some rule of a document asks."""
    for need in document.requirements:
        yield from (given.review for given in need.given)
        for ignored in need.not_counted:
            if ignored.reason is not NotCountedReason.NOT_IN_ROLE:
                yield ignored.review


def _describe_ignored(ignored: NotCounted, names: Mapping[str, str]) -> Ignored:
    who = names.get(ignored.who.lower(), ignored.who) if ignored.known else ignored.who
    return Ignored(who, ignored.known, ignored.reason, ignored.explanation, ignored.remedy)
