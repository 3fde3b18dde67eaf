"""What a change does to one document, as far as the rules ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from plainwork.analysis.condition import ConditionError
from plainwork.model.document import Document
from plainwork.model.party import Agent
from plainwork.model.snapshot import Snapshot
from plainwork.model.step_makers import StepMakers
from plainwork.model.work import Work


class DocumentChange(msgspec.Struct, frozen=True):
    """A change of one document, or of a file that is none (then there is nothing on either side).

    Attributes:
        before: The document as it is; None: it is new.
        after: The document as it would be; None: it is deleted.
        fields: Names of the fields that change, of a new or deleted document all that it has;
            also ``body``, ``path``, ``format``, ``created`` and ``deleted``.
        paths: The path before and after, where there is one.
        snapshot: The workspace as it is: its rules decide.
        today: The day of the change.
        author: The id of the party who makes it, or ``""`` if unknown.
        askers: Ids, in lower case, of who asked a program for it: they count as its authors.
        contributors: Ids, in lower case, of who else had a hand in it.
        assisted: Whether an agent had a hand in it, whoever makes it.
        steps: Who made each earlier transition of the work, by its name; what is missing here
            nobody knows. None: history was not asked, as outside of a pull request.
    """

    before: Work | Document | None
    after: Work | Document | None
    fields: frozenset[str]
    paths: tuple[str, ...]
    snapshot: Snapshot
    today: date
    author: str
    askers: frozenset[str] = frozenset()
    contributors: frozenset[str] = frozenset()
    assisted: bool = False
    steps: Mapping[str, StepMakers] | None = None

    @property
    def subject(self) -> Work | Document | None:
        """Whose relations count: the document as it is; a new one as it would be."""
        return self.before or self.after

    @property
    def sides(self) -> tuple[Work | Document, ...]:
        """The document before and after, where there is one."""
        return tuple(side for side in (self.before, self.after) if side is not None)

    @property
    def by_agent(self) -> bool:
        """Whether an agent makes the change, or has a hand in it."""
        return self.assisted or isinstance(self.snapshot.party(self.author), Agent)

    def may_hold(self, condition: str) -> bool:
        """Return whether a condition is true of the document before or after the change.

        What cannot be judged counts as true: nothing becomes free by an error.
        """
        return not self.sides or any(found is not False for found in self._judge(condition))

    def surely_holds(self, condition: str) -> bool:
        """Return whether a condition is true of the document before and after the change.

        What cannot be judged counts as false, for the same reason.
        """
        return bool(self.sides) and all(found is True for found in self._judge(condition))

    def _judge(self, condition: str) -> Iterator[bool | ConditionError]:
        from plainwork.analysis.document_conditions import Conditions  # CEL costs start-up time

        conditions = Conditions(self.snapshot, self.today)
        for side in self.sides:
            yield conditions.holds(condition, side, self.before, by_agent=self.by_agent)
