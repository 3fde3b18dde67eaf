"""Approvals in words."""

from collections.abc import Iterable

from plainwork.views.approvals_waiting import Decision, NeededApproval

_FEW = 2
"""So many people are named; more are told by their team or relation."""


def format_decisions(decisions: Iterable[Decision]) -> str:
    """Return in a line the ways on, and who can open them."""
    return "; ".join(
        f"{decision.transition}: {', '.join(format_all(decision.approvals))}"
        for decision in decisions
        if decision.approvals
    )


def format_all(approvals: Iterable[NeededApproval]) -> list[str]:
    """Return approvals in words, each once: several rules may ask for the same."""
    return list(dict.fromkeys(map(_format_needed, approvals)))


def _format_needed(needed: NeededApproval) -> str:
    """Return an approval in words: ``ines or ole``, ``2 of board``, ``auditors (nobody can)``."""
    by = " or ".join(needed.by)
    if len(needed.people) < needed.count:
        return f"{by} (nobody can)" if not needed.people else f"{by} (too few people)"
    people = " or ".join(needed.people) if len(needed.people) <= _FEW else by
    if needed.count == 1:
        return people
    return f"{needed.count} of {by}"
