"""What waits for whose approval: open pull requests, or work where there are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from plainwork.analysis.attention import awaits_approval
from plainwork.model.decision import DecidedDocument, DecidedRequirement, Decision, Verdict
from plainwork.model.snapshot import Snapshot
from plainwork.views.approvals_waiting import WaitingForApproval, describe_waiting
from plainwork.views.people_words import describe_rule
from plainwork.views.summary import open_works


class OpenChange(msgspec.Struct, frozen=True):
    """An open pull request, decided; its texts are hostile.

    Attributes:
        decisions: One for each workspace that it changes.
    """

    pull: str
    title: str
    url: str
    decisions: tuple[Decision, ...]


class Asked(msgspec.Struct, frozen=True):
    """One thing that somebody is asked to approve.

    Attributes:
        of: The number of the pull request, or the id of the work.
        title: Hostile text.
        by: Who made the change, or ``""``.
        changes: What would change, in words: hostile text.
        rules: Which rules ask for it: ``2 of board (transition approve)``.
        url: Of the pull request, or ``""``.
        command: What shows it, and how to consent.
    """

    of: str
    title: str
    by: str
    changes: tuple[str, ...]
    rules: tuple[str, ...]
    url: str
    command: str


class AskedPerson(msgspec.Struct, frozen=True):
    """Somebody who is waited for, and for what, the oldest first."""

    id: str
    name: str
    asked: tuple[Asked, ...]


class Settled(msgspec.Struct, frozen=True):
    """An open pull request that waits for nobody's approval.

    Attributes:
        verdict: What was decided; ``waiting``: nobody can give what is missing, or it is a draft.
        why: In one line.
    """

    pull: str
    title: str
    url: str
    verdict: Verdict
    why: str


class OpenApprovals(msgspec.Struct, frozen=True):
    """What waits for whom.

    Attributes:
        today: The day for which it holds.
        forge: Whether pull requests were read; else it is work that waits.
        people: Whoever is waited for, by name.
        settled: What waits for nobody.
    """

    today: date
    forge: bool
    people: tuple[AskedPerson, ...]
    settled: tuple[Settled, ...] = ()


def compute_open_approvals(
    changes: Iterable[OpenChange],
    names: Mapping[str, str],
    *,
    today: date,
    wanted: Collection[str] | None = None,
) -> OpenApprovals:
    """Group what open pull requests miss by the people who can give it.

    Args:
        changes: The open pull requests, decided.
        names: Ids of people to their names.
        today: The day for which it holds.
        wanted: Ids of people, in lower case: nobody else is shown; None: everybody is.
    """
    found: dict[str, list[Asked]] = {}
    settled: list[Settled] = []
    for change in sorted(changes, key=lambda change: int(change.pull or 0)):
        asked = dict(_ask(change, names))
        for person, what in asked.items():
            found.setdefault(person, []).append(what)
        if not asked:
            settled.append(_settle(change))
    people = _by_name(found, names, wanted)
    return OpenApprovals(
        today, forge=True, people=people, settled=() if wanted is not None else (*settled,)
    )


def compute_waiting_work(
    snapshot: Snapshot, *, today: date, wanted: Collection[str] | None = None
) -> OpenApprovals:
    """Group work that waits for an approval by the people who can give it.

    Args:
        snapshot: The workspace.
        today: The day for which it holds.
        wanted: As for :func:`compute_open_approvals`.
    """
    found: dict[str, list[Asked]] = {}
    for work in open_works(snapshot):
        if not awaits_approval(work, snapshot):
            continue
        waiting = describe_waiting(work, snapshot, today)
        people = dict.fromkeys(person for each in waiting.decisions for person in each.people)
        for person in people:
            found.setdefault(person.lower(), []).append(_ask_work(waiting, person))
    names = {id_: party.name for id_, party in snapshot.parties.items()}
    return OpenApprovals(today, forge=False, people=_by_name(found, names, wanted))


def _by_name(
    found: Mapping[str, Sequence[Asked]], names: Mapping[str, str], wanted: Collection[str] | None
) -> tuple[AskedPerson, ...]:
    people = (
        AskedPerson(person, names.get(person, person), tuple(asked))
        for person, asked in found.items()
        if wanted is None or person in wanted
    )
    return tuple(sorted(people, key=lambda each: (each.name, each.id)))


def _ask(change: OpenChange, names: Mapping[str, str]) -> Iterator[tuple[str, Asked]]:
    """Yield everybody who can give what is missing, with all that they are asked."""
    missing: dict[str, list[tuple[DecidedDocument, DecidedRequirement]]] = {}
    for decision in change.decisions:
        for document in decision.documents if decision.verdict is Verdict.WAITING else ():
            for need in document.requirements:
                for person in () if need.met else _left(need):
                    missing.setdefault(person.lower(), []).append((document, need))
    author = next((each.author for each in change.decisions), "")
    for person, needs in missing.items():
        yield (
            person,
            Asked(
                of=change.pull,
                title=change.title,
                by=names.get(author.lower(), author),
                changes=tuple(dict.fromkeys(_changes(needs))),
                rules=tuple(dict.fromkeys(describe_rule(need) for _, need in needs)),
                url=change.url,
                command=f"plainwork approve {change.pull}",
            ),
        )


def _left(need: DecidedRequirement) -> Iterator[str]:
    given = {each.person.lower() for each in need.given}
    return (person for person in need.people if person.lower() not in given)


def _changes(needs: Iterable[tuple[DecidedDocument, DecidedRequirement]]) -> Iterator[str]:
    for document, _ in needs:
        yield from (f"{document.id}: {change}" for change in document.changes)


def _settle(change: OpenChange) -> Settled:
    verdicts = [decision.verdict for decision in change.decisions]
    worst = next((each for each in _WORST if each in verdicts), Verdict.APPROVED)
    reasons = (reason.message for decision in change.decisions for reason in decision.reasons)
    if worst is Verdict.APPROVED:
        why = "it can be merged"
    elif any(need.vetoed_by for need in _needs(change)):
        why = "somebody who may blocks it"
    else:
        why = next(reasons, "nobody can give what is missing")
    return Settled(change.pull, change.title, change.url, worst, why)


_WORST = (Verdict.ERROR, Verdict.REJECTED, Verdict.WAITING)


def _needs(change: OpenChange) -> Iterator[DecidedRequirement]:
    for decision in change.decisions:
        for document in decision.documents:
            yield from document.requirements


def _ask_work(waiting: WaitingForApproval, person: str) -> Asked:
    work = waiting.work
    theirs = [each for each in waiting.decisions if person in each.people]
    rules = (
        f"{count}{' or '.join(needed.by)} ({needed.source})"
        for decision in theirs
        for needed in decision.approvals
        if person in needed.people
        for count in (f"{needed.count} of " if needed.count > 1 else "",)
    )
    return Asked(
        of=work.id,
        title=work.title,
        by="",
        changes=tuple(f"{each.transition}: {work.status} → {each.to}" for each in theirs),
        rules=tuple(dict.fromkeys(rules)),
        url="",
        command=f"plainwork why {work.id} {theirs[0].to}",
    )
