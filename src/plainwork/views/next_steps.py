"""What to do so that a change can be merged: who does it, where, and with which command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from plainwork.model.decision import DecidedRequirement, Decision, Verdict
from plainwork.views.people_words import describe_objection, describe_whom, name_people


class Way(msgspec.Struct, frozen=True):
    """How people consent where a change waits.

    Attributes:
        button: What to press, in the words of the forge, or ``""`` where there is nothing to.
        command: The command that shows what one agrees to, or ``""`` while nothing can be.
        signed: Whether consent is a record in a signed commit, not a review.
    """

    button: str = ""
    command: str = ""
    signed: bool = False


class Step(msgspec.Struct, frozen=True):
    """One thing to do.

    Attributes:
        who: Names, in words; ``""``: whoever reads it.
        what: What they do.
        where: An address or a command to paste, or ``""``.
    """

    who: str
    what: str
    where: str = ""


_BUTTONS = {
    "github": "Files changed → Review changes → Approve → Submit review",
    "gitlab": "Approve",
    "gitea": "Files changed → Review → Approve",
    "forgejo": "Files changed → Review → Approve",
}


def find_way(forge: str, pull: str) -> Way:
    """Return how people consent on a forge.

    Args:
        forge: ``github``, ``gitlab``, ``gitea``, ``forgejo``, ``signed`` or ``file``.
        pull: The number of the pull request, or ``""`` while there is none.
    """
    if forge == "signed":
        return Way(command="plainwork approve", signed=True)
    if not pull:
        return Way()
    return Way(_BUTTONS.get(forge, ""), f"plainwork approve {pull}")


def compute_steps(
    decision: Decision, way: Way, url: str, names: Mapping[str, str]
) -> Iterator[Step]:
    """Yield what to do next, in the order in which it helps.

    Args:
        decision: What was decided.
        way: How people consent.
        url: Of the pull request, or ``""``.
        names: Ids of the base's parties to their names.
    """
    if decision.verdict is Verdict.APPROVED:
        if decision.pull:
            yield Step("", f"it can be merged at {decision.head[:10]}; what moves is decided anew")
        return
    for reason in decision.reasons:
        if reason.hint:
            yield Step("", reason.hint)
    if decision.verdict is Verdict.ERROR:
        return
    unmet = [need for each in decision.documents for need in each.requirements if not need.met]
    vetoed = tuple(dict.fromkeys(person for need in unmet for person in need.vetoed_by))
    if vetoed:
        who = name_people(vetoed, names, "and")
        yield Step(who, "approve it once it is as it should be: only who blocks it can let it go")
    elif decision.verdict is Verdict.WAITING:
        yield from _signatures(decision, way)
        yield from _objections(unmet, names)
        yield from _approvals(unmet, way, url, names)


def _signatures(decision: Decision, way: Way) -> Iterator[Step]:
    if way.signed and decision.unattributed:
        yield Step("", "sign the commits of the change: nobody knows who made them")


def _objections(unmet: list[DecidedRequirement], names: Mapping[str, str]) -> Iterator[Step]:
    """Yield what to settle before asking those for consent who have asked for changes."""
    found = dict.fromkeys(each for need in unmet for each in need.objections)
    for objection in found:
        yield Step("", f"settle this first: {describe_objection(objection, names)}")


def _approvals(
    unmet: list[DecidedRequirement], way: Way, url: str, names: Mapping[str, str]
) -> Iterator[Step]:
    """Yield who has to approve, each group of people once."""
    asked: dict[str, bool] = {}
    for need in unmet:
        if need.people and not _lacks_people(need):
            whom = describe_whom(need, names)
            asked[whom] = asked.get(whom, False) or need.consent == "digest"
    for whom, by_digest in asked.items():
        shows = by_digest or way.signed
        yield Step(whom, _how(way, by_digest=by_digest), way.command if shows else url)
    if any(map(_lacks_people, unmet)):
        yield Step("", "too few people may agree: change the rule or the team first, on its own")


def _lacks_people(need: DecidedRequirement) -> bool:
    return len(need.people) < need.missing + len(need.given)


def _how(way: Way, *, by_digest: bool) -> str:
    if not way.command:
        return "will be asked when there is a pull request"
    if way.signed:
        return "sign a record of approval, which this prints:"
    if by_digest:
        return "approve with the digest in the first line, which this prints:"
    return f"approve it: {way.button}" if way.button else "approve it"
