"""Of each work, the steps that somebody had to approve, for its own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plainwork.model.snapshot import Snapshot
from plainwork.site.decided import DecidedStep
from plainwork.site.digest import encode

_MOST = 20


def may_ask(snapshot: Snapshot) -> bool:
    """Return whether any step asks for an approval: if none does, history need not be read."""
    workflows = snapshot.workflows.values()
    return any(step.approvals for workflow in workflows for step in workflow.transitions)


class WorkDecisions:
    """The steps of all visible work.

    Args:
        steps: The latest first.
    """

    def __init__(self, steps: Iterable[DecidedStep]) -> None:
        found: dict[str, list[DecidedStep]] = {}
        for step in steps:
            found.setdefault(step.work.lower(), []).append(step)
        self._by_work: Mapping[str, list[DecidedStep]] = found

    def of(self, work: str) -> tuple[DecidedStep, ...]:
        """Return the latest 20 steps of a work, the last one first."""
        return tuple(self._by_work.get(work.lower(), ())[:_MOST])

    def key(self, work: str) -> bytes:
        """Return what the page of a work shows of them, as bytes."""
        return encode(self.of(work)) if work.lower() in self._by_work else b""
