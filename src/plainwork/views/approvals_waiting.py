"""Work that waits for an approval, and who can give it.

Without a forge nobody knows which pull requests are open; so it is work whose state is *waiting*
and has a transition out with approvals (``CLI.md``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.requirements import compute_requirements
from plainwork.analysis.transitions import next_transitions
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Transition
from plainwork.views.summary import WorkSummary, summarise


class NeededApproval(msgspec.Struct, frozen=True):
    """An approval that a transition needs.

    Attributes:
        by: Who may give it, as the workflow or policy says it; of alternatives all.
        count: How many of them.
        people: Ids of the people that this comes to; none: nobody can.
        source: The rule that asks for it: ``transition approve``, ``policy default``.
    """

    by: tuple[str, ...]
    count: int
    people: tuple[str, ...]
    source: str

    @property
    def asked(self) -> tuple[tuple[str, ...], int]:
        """Who is asked, and how many of them: several rules may ask for the same."""
        return self.people or self.by, self.count


class Decision(msgspec.Struct, frozen=True):
    """A way on that needs approvals: the transition and the state that it leads to."""

    transition: str
    to: str
    approvals: tuple[NeededApproval, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who can give one of the approvals, each once."""
        people = (person for approval in self.approvals for person in approval.people)
        return tuple(dict.fromkeys(people))


class WaitingForApproval(msgspec.Struct, frozen=True):
    """Work that waits, and the decisions that would let it go on."""

    work: WorkSummary
    decisions: tuple[Decision, ...]


def describe_waiting(work: Work, snapshot: Snapshot, today: date) -> WaitingForApproval:
    """Return waiting work with the decisions that it waits for."""
    decisions = tuple(
        Decision(
            transition.name, transition.to, needed_approvals(work, transition, snapshot, today)
        )
        for transition in _ways_with_approvals(work, snapshot)
    )
    return WaitingForApproval(summarise(work, snapshot, today), decisions)


def needed_approvals(
    work: Work, transition: Transition, snapshot: Snapshot, today: date
) -> tuple[NeededApproval, ...]:
    """Return the approvals that a transition of a work would need as things are now.

    Nobody is the author yet, so nobody is left out for being it.
    """
    change = DocumentChange(
        before=work,
        after=work,
        fields=frozenset({"status"}),
        paths=(work.path,),
        snapshot=snapshot,
        today=today,
        author="",
    )
    found = compute_requirements(change, (transition,))
    return tuple(NeededApproval(each.by, each.count, each.people, each.source) for each in found)


def _ways_with_approvals(work: Work, snapshot: Snapshot) -> Iterator[Transition]:
    workflow = snapshot.workflow(work)
    if workflow is not None:
        for transition in next_transitions(workflow, work.status):
            if transition.approvals:
                yield transition
