"""What happened to work, told in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

import msgspec

from plainwork.flow.commit_authors import CommitAuthors
from plainwork.flow.events import find_all_ids
from plainwork.model.history import Commit, Event, GapReason, History
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.scalars import shorten


class FieldChange(msgspec.Struct, frozen=True):
    """A field before and after; null: it was, or is, not set. Of ``body`` digests are told."""

    field: str
    old: Any
    new: Any


class ToldEvent(msgspec.Struct, frozen=True):
    """What one commit did to one work.

    Attributes:
        title: As it was then; hostile text of whoever wrote it, like all words here.
        at: When it took effect, in the workspace's time zone.
        recorded_at: When it was committed.
        who: The author: an id of a person here, else the name that the commit says.
        known: Whether `who` is an id.
        created: Whether it is new, or there again.
        words: What changed, a line each.
        category: Of the state in which it stands since then, or ``""``.
        backdated: Whether a trailer says that it took effect before it was committed.
        backwards: Whether the commit's clock ran behind that of the last event.
    """

    work: str
    title: str
    at: datetime
    recorded_at: datetime
    who: str
    known: bool
    commit: str
    subject: str
    created: bool
    words: tuple[str, ...]
    changes: tuple[FieldChange, ...]
    category: str
    backdated: bool
    backwards: bool


class ToldGap(msgspec.Struct, frozen=True):
    """What a commit says that cannot be understood; what was true before holds."""

    commit: str
    path: str
    reason: GapReason


class Story(msgspec.Struct, frozen=True):
    """What happened, the latest first.

    Attributes:
        work: The id of the work that it is about, or ``""`` for all.
        count: How many events there are in all; `events` may be the latest of them.
        shallow: Whether what happened earlier has been cut off.
        rewritten: Whether commits that were read last time are gone from all branches.
    """

    work: str
    count: int
    events: tuple[ToldEvent, ...]
    gaps: tuple[ToldGap, ...]
    shallow: bool
    rewritten: bool


def compute_story(
    history: History,
    snapshot: Snapshot,
    zone: tzinfo,
    *,
    work: str = "",
    since: date | None = None,
    most: int | None = None,
) -> Story:
    """Return what happened.

    Args:
        history: The events.
        snapshot: The workspace as it is: its people have names.
        zone: The workspace's time zone, in which days begin.
        work: The id of the work that it is about; ``""``: of all.
        since: The first day that counts; None: from the beginning.
        most: How many of the latest events to tell; None: all.
    """
    ids = find_all_ids(history.events, [work]) if work else None
    start = datetime(since.year, since.month, since.day, tzinfo=zone).timestamp() if since else 0
    titles: dict[str, str] = {}
    chosen: list[tuple[Event, str]] = []
    for event in history.events:
        key = event.work.lower()
        if "title" in event.changes:
            titles[key] = event.changes["title"][1] or ""
        elif "id" in event.changes:
            titles[key] = titles.get(event.changes["id"][0].lower(), "")
        if (ids is None or key in ids) and event.time >= start:
            chosen.append((event, titles.get(key, "")))
    latest = chosen[max(len(chosen) - most, 0) :] if most is not None else chosen
    authors = CommitAuthors(snapshot)
    told = (
        _tell(event, title, history.commits[event.commit], authors, zone) for event, title in latest
    )
    return Story(
        work=work,
        count=len(chosen),
        events=tuple(sorted(told, key=lambda each: each.at))[::-1],
        gaps=tuple(_tell_gaps(history, ids)),
        shallow=history.shallow,
        rewritten=history.rewritten,
    )


def _tell(
    event: Event, title: str, commit: Commit, authors: CommitAuthors, zone: tzinfo
) -> ToldEvent:
    author = authors.find(commit)
    return ToldEvent(
        work=event.work,
        title=title,
        at=datetime.fromtimestamp(event.time, zone),
        recorded_at=datetime.fromtimestamp(commit.time, zone),
        who=author.name,
        known=author.known,
        commit=commit.id,
        subject=commit.subject,
        created=event.created,
        words=tuple(_describe(event)),
        changes=tuple(FieldChange(name, *change) for name, change in event.changes.items()),
        category=event.category,
        backdated=event.backdated,
        backwards=event.backwards,
    )


def _tell_gaps(history: History, ids: dict[str, str] | None) -> Iterator[ToldGap]:
    """Yield what could not be understood; of one work what stands where it ever stood."""
    paths = {
        path
        for event in history.events
        if ids is not None and event.work.lower() in ids and "path" in event.changes
        for path in event.changes["path"]
    }
    for gap in history.gaps:
        if ids is None or gap.path in paths:
            yield ToldGap(history.commits[gap.commit].id, gap.path, gap.reason)


def _describe(event: Event) -> Iterator[str]:
    """Yield each change in words: status first, then as it stands in the document."""
    changes = event.changes
    if event.created:
        yield f"created in {changes['status'][1]}"
        return
    if event.deleted:
        yield "deleted"
        return
    if "id" in changes:
        yield f"has the id {event.work}, was {changes['id'][0]}"
    if "workflow" in changes:
        yield f"workflow: {changes['workflow'][0]} → {changes['workflow'][1]}"
    if "status" in changes:
        yield f"{changes['status'][0]} → {changes['status'][1]}"
    for name, (old, new) in changes.items():
        if name not in _TOLD_ALREADY:
            yield _describe_field(name, old, new)


_TOLD_ALREADY = frozenset({"id", "workflow", "status"})


def _describe_field(name: str, old: Any, new: Any) -> str:
    if name == "body":
        return "the text"
    if name == "path":
        return f"moved to {new}"
    if new is None:
        return f"{name}: removed, was {_show(old)}"
    if _are_names(old or []) and _are_names(new):
        return f"{name}: {' '.join(_compare(old or [], new)) or 'in another order'}"
    return f"{name}: {_show(new)}" if old is None else f"{name}: {_show(old)} → {_show(new)}"


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _compare(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    yield from (f"+{shorten(entry)}" for entry in new if entry not in old)
    yield from (f"-{shorten(entry)}" for entry in old if entry not in new)


def _show(value: Any) -> str:
    if isinstance(value, str):
        return shorten(value)
    return shorten(msgspec.json.encode(value).decode())
