"""The open work of a workspace, by whom it is for: found once, however many people are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from plainwork.analysis.attention import awaits_approval
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.approvals_waiting import WaitingForApproval, describe_waiting
from plainwork.views.holds_up import find_held_up
from plainwork.views.promises import Promises
from plainwork.views.summary import LastChanged, Urgency, open_works


class OpenWork:
    """Looked up by ids in lower case; each part is made when it is first asked for.

    Args:
        snapshot: The workspace.
        today: The day of the question.
        last_changed: The day of a work's last change.
        promises: What clocks promise; None: nothing.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        today: date,
        last_changed: LastChanged,
        promises: Promises | None = None,
    ) -> None:
        self.promises = promises or Promises(snapshot)
        self._snapshot = snapshot
        self._today = today
        self._last_changed = last_changed

    @cached_property
    def urgency(self) -> Urgency:
        """The order of what to do."""
        return Urgency(self._snapshot, self._last_changed, self.promises.days)

    @cached_property
    def assigned(self) -> Mapping[str, Sequence[Work]]:
        """What is assigned to a party."""
        return self._by(lambda work: work.assignees)

    @cached_property
    def owned(self) -> Mapping[str, Sequence[Work]]:
        """What names a party as its owner, or comes to a person by its owner."""
        return self._by(lambda work: (work.owner, work.accountable))

    @cached_property
    def requested(self) -> Mapping[str, Sequence[Work]]:
        """What a party has asked for."""
        return self._by(lambda work: (work.requester,))

    @cached_property
    def responsible(self) -> Mapping[str, Sequence[Work]]:
        """What a team is responsible for."""
        return self._by(lambda work: (work.team,))

    @cached_property
    def held_up(self) -> Mapping[Work, tuple[Work, ...]]:
        """What waits for a work, standing duties left out."""
        return find_held_up(
            (work for work in self._works if work.kind != "routine"), self._snapshot
        )

    @cached_property
    def deciding(self) -> Mapping[str, Sequence[tuple[Work, WaitingForApproval]]]:
        """What waits for an approval that a person can give."""
        found: dict[str, list[tuple[Work, WaitingForApproval]]] = {}
        for work in self._works:
            if work.kind != "routine" and awaits_approval(work, self._snapshot):
                waiting = describe_waiting(work, self._snapshot, self._today)
                people = (person for each in waiting.decisions for person in each.people)
                for person in dict.fromkeys(map(str.lower, people)):
                    found.setdefault(person, []).append((work, waiting))
        return found

    @cached_property
    def _works(self) -> Sequence[Work]:
        return open_works(self._snapshot)

    def _by(self, names: Callable[[Work], Iterable[str]]) -> Mapping[str, Sequence[Work]]:
        found: dict[str, list[Work]] = {}
        for work in self._works:
            for name in {name.lower() for name in names(work)} - {""}:
                found.setdefault(name, []).append(work)
        return found
