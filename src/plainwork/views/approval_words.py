"""Approvals in words, with everything that a rule says about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork.model.workflow import ALL_OF_THEM, Approval

Call = Callable[[str], str]
"""Returns what people call whom a rule names: a party or a relation."""


def describe_consent(approval: Approval, call: Call = str) -> str:
    """Return what an approval asks for: ``2 of board, if `amount > 10000`, good for 14d``."""
    if approval.any:
        ways = " or ".join(describe_consent(way, call) for way in approval.any)
        return ", ".join((ways, *_condition(approval)))
    by = join_words(tuple(map(call, approval.by)))
    if approval.count == ALL_OF_THEM:
        by = f"all of {by}"
    elif approval.count > 1:
        by = f"{approval.count} of {by}"
    return ", ".join((by, *_condition(approval), *_terms(approval, call)))


def describe_relation(by: str) -> str:
    """Return whom a relation leads to: of ``requester.manager`` ``the requester’s manager``."""
    first, *rest = by.split(".")
    if first == "did" and rest:
        return f"who did {rest[0]}"
    words = "’s ".join(part.replace("_", " ") for part in (first, *rest))
    return f"the {words}"


def join_words(words: tuple[str, ...], last: str = "or") -> str:
    """Return ``a, b or c``."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _condition(approval: Approval) -> Iterator[str]:
    if approval.when:
        yield f"if `{approval.when}`"


def _terms(approval: Approval, call: Call) -> Iterator[str]:
    if approval.author:
        yield "making the change oneself is enough"
    if approval.exclude == ():
        yield "whoever it is"
    elif approval.exclude is not None:
        yield f"but not {join_words(tuple(map(call, approval.exclude)))}"
    if approval.max_age:
        yield f"good for {approval.max_age}"
    if approval.consent == "digest":
        yield "by digest"
    if approval.veto:
        yield "who can also block it"
