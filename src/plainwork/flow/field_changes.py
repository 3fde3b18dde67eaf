"""Everything that happened, a field at a time: the events of ``METRICS.md``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from plainwork.flow.commit_authors import CommitAuthors
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot


class FieldEvent(msgspec.Struct, frozen=True):
    """One field of one work, which one commit changed; hostile text of whoever wrote it.

    Attributes:
        field: Of the document; ``path`` (empty: it is new, or gone), ``body`` (a digest) or ``id``.
        old: Its value before; null: it was not set.
        new: Its value since.
        time: When it took effect.
        recorded_at: When it was committed.
        who: Who made the commit: an id of a person here, else the name that it says.
        category: Of the state in which the work stands since then, or ``""``.
        backdated: Whether a trailer says that it took effect before it was committed.
        backwards: Whether the commit's clock ran behind that of the last event.
    """

    work: str
    field: str
    old: Any
    new: Any
    time: datetime
    recorded_at: datetime
    who: str
    commit: str
    category: str
    backdated: bool
    backwards: bool


class FieldEvents(msgspec.Struct, frozen=True):
    """Everything that happened, the oldest first."""

    events: tuple[FieldEvent, ...]


def iterate_field_events(
    history: History, snapshot: Snapshot, zone: tzinfo
) -> Iterator[FieldEvent]:
    """Yield every field that changed, in the order of the commits.

    Args:
        history: What happened.
        snapshot: The workspace: its people have e-mail addresses.
        zone: Of the times.
    """
    authors = CommitAuthors(snapshot)
    for event in history.events:
        commit = history.commits[event.commit]
        for field, (old, new) in event.changes.items():
            yield FieldEvent(
                work=event.work,
                field=field,
                old=old,
                new=new,
                time=datetime.fromtimestamp(event.time, zone),
                recorded_at=datetime.fromtimestamp(commit.time, zone),
                who=authors.find(commit).name,
                commit=commit.id,
                category=event.category,
                backdated=event.backdated,
                backwards=event.backwards,
            )
