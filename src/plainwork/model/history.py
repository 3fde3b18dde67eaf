"""What happened: the commits of a first-parent history, and what each of them did to work.

The definitions are those of ``METRICS.md``, *Events*. History is read by ``storage``, from the
default branch's first parents only: what a merged branch did and undid has never been official.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from plainwork.model.party import Party
from plainwork.model.record import Record
from plainwork.model.workflow import Workflow


class Commit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One commit of the first-parent history, as it says of itself.

    Attributes:
        id: Its full hash.
        parents: Theirs; two or more: it is a merge.
        time: When it became official: the committer's time, in seconds.
        recorded_at: The author's time.
        subject: The first line of its message.
        effective: What its trailer ``Effective:`` says, or ``""``.
        co_authors: What its trailers ``Co-authored-by:`` say: ``Name <address>`` each.
    """

    id: str
    parents: tuple[str, ...]
    time: int
    author: str = ""
    author_email: str = ""
    recorded_at: int = 0
    committer: str = ""
    committer_email: str = ""
    subject: str = ""
    effective: str = ""
    co_authors: tuple[str, ...] = ()


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one commit did to one work: of each field that changed, what it was and what it is.

    Beside the fields of the document there are ``path`` (``""`` before it is created and when it
    is deleted), ``body`` (a digest) and ``id``, if it has got another one.

    Attributes:
        work: Its id since then.
        commit: The position of the commit in the history.
        time: When it took effect, in seconds; of one work never before its last event.
        changes: Field to the value before and after, None where it is not set.
        category: Of the state in which it stands since then, by its workflow as it was at that
            commit; deleting open work counts as ``dropped``. ``""``: there was no such state.
        backdated: Whether a trailer made it effective before it was committed.
        backwards: Whether the commit's clock ran behind that of the last event.
    """

    work: str
    commit: int
    time: int
    changes: dict[str, tuple[Any, Any]]
    category: str = ""
    backdated: bool = False
    backwards: bool = False

    @property
    def created(self) -> bool:
        """Whether the work is new, or there again."""
        return "path" in self.changes and not self.changes["path"][0]

    @property
    def deleted(self) -> bool:
        """Whether the work is gone."""
        return "path" in self.changes and not self.changes["path"][1]


class GapReason(StrEnum):
    """Why a commit says nothing of a file, whose last state therefore holds."""

    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    EFFECTIVE = "effective"


class Gap(msgspec.Struct, frozen=True, array_like=True):
    """Something that a commit says and that cannot be understood.

    Attributes:
        commit: Its position in the history.
        path: The file: it cannot be read, or says an id that other work has; ``""``: the
            commit's trailer ``Effective:`` is no date of the past.
    """

    commit: int
    path: str
    reason: GapReason


class WorkflowVersion(msgspec.Struct, frozen=True, array_like=True):
    """A workflow as it reads from a commit on.

    Attributes:
        commit: Its position in the history; what it did to work was done under this version.
        id: Of the workflow, in lower case.
        workflow: None: there is none of that id from then on.
    """

    commit: int
    id: str
    workflow: Workflow | None


class PartyVersion(msgspec.Struct, frozen=True, array_like=True):
    """A person, team or agent as it reads from a commit on, as for :class:`WorkflowVersion`."""

    commit: int
    id: str
    party: Party | None


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """A record by which somebody accepts, rejects or approves, and the commit that added it."""

    commit: int
    record: Record


class History(msgspec.Struct, frozen=True):
    """Everything that happened to work up to a commit, oldest first.

    Attributes:
        head: The last commit that was read, or ``""`` before the first.
        commits: Those that did something to work or to what is kept below, or tried to.
        shallow: Whether the history has been cut off, so that it begins in the middle.
        workflows: Every version of every workflow.
        parties: Every version of every person, team and agent.
        answers: Records of the kinds ``handoff`` and ``approval``, as they were added.
        rewritten: Whether what was read last time is on no branch any more.
    """

    head: str = ""
    commits: tuple[Commit, ...] = ()
    events: tuple[Event, ...] = ()
    gaps: tuple[Gap, ...] = ()
    workflows: tuple[WorkflowVersion, ...] = ()
    parties: tuple[PartyVersion, ...] = ()
    answers: tuple[Answer, ...] = ()
    shallow: bool = False
    rewritten: bool = False
