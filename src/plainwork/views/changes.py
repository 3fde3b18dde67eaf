"""What has become of every document, commit by commit, as one audience may see it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from functools import cached_property, partial

from plainwork.analysis.audience import Hidden
from plainwork.model.change_log import ChangeLog, LoggedChange
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.views.history import Change
from plainwork.views.recent import Recent, RecentChange

NEUTRAL = "A change"
"""What is said of a commit whose own words may name what an audience does not see."""

_MOST_WORKS = 5
"""Of one commit; what touches more is told by its subject."""

_WORD = re.compile(r"[a-z0-9][a-z0-9._-]*")


def _find_words(text: str) -> set[str]:
    """Return the words of a text in lower case, with and without what ends a sentence."""
    words = set(_WORD.findall(text.lower()))
    return words | {word.rstrip("._-") for word in words}


class Changes:
    """The commits of each document, also under its earlier names, the latest first.

    Args:
        log: The commits that changed the workspace.
        snapshot: The workspace as the audience sees it.
        hidden: What is left out of it.
        documents: The path of every document that is shown.
        zone: The workspace's time zone, in which days begin.
    """

    def __init__(
        self,
        log: ChangeLog,
        snapshot: Snapshot,
        hidden: Hidden,
        documents: Iterable[str],
        zone: tzinfo,
    ) -> None:
        self._log = log
        self._snapshot = snapshot
        self._hidden = hidden
        self._zone = zone
        self._documents = frozenset(documents)
        self._told: dict[int, Change] = {}

    @property
    def head(self) -> str:
        """The last commit that counts, or ``""``."""
        return self._log.head

    def of(self, path: str, most: int | None = None) -> tuple[Change, ...]:
        """Return the commits that changed a document; at most so many of the latest."""
        return tuple(map(self._tell, self._by_path.get(path, ())[:most]))

    def count(self, path: str) -> int:
        """Return how many commits changed a document."""
        return len(self._by_path.get(path, ()))

    def latest(self, paths: Iterable[str]) -> Change | None:
        """Return the commit that last changed one of some documents, or None."""
        never = len(self._log.changes)
        found = min(map(self._latest.__getitem__, paths), default=never)
        return self._tell(found) if found != never else None

    def latest_of(self, rows: Iterable[int], most: int) -> Sequence[tuple[Change, Sequence[int]]]:
        """Return the latest commits that changed some works, and which of them each changed."""
        found: dict[int, list[int]] = {}
        for row in rows:
            for position in self._by_row[row][:most]:
                found.setdefault(position, []).append(row)
        return [(self._tell(position), found[position]) for position in sorted(found)[:most]]

    def since(self, day: date, most: int) -> Recent:
        """Return what has changed from a day on; at most so many commits are described.

        A commit that changed nothing that is seen is not told of, nor counted.
        """
        first = datetime.combine(day, time(), self._zone).timestamp()
        # The log has the latest first; a clock that was wrong for a moment hides nothing.
        found = [
            at
            for at, each in enumerate(self._log.changes)
            if each.time >= first and self._touches_seen(each)
        ]
        recent = tuple(map(self._tell_with_works, found[:most]))
        return Recent(day, len(found), recent)

    def last_changed(self, work: Work) -> date | None:
        """Return the day of a work's last change, or None if no commit has changed it."""
        positions = self._by_path.get(work.path)
        return self._tell(positions[0]).day if positions else None

    def identify(self, path: str) -> tuple[str, ...]:
        """Return texts that are the same as long as :meth:`of` says the same."""
        return tuple(map(self._identities.__getitem__, self._by_path.get(path, ())))

    @cached_property
    def _identities(self) -> list[str]:
        return [f"{each.id} {self._is_seen(each)}" for each in self._log.changes]

    @cached_property
    def _by_path(self) -> Mapping[str, list[int]]:
        """The positions of the commits of each path, the latest first.

        A commit that moved a document belongs to both names, and from there on back its history
        goes on under the older one.
        """
        found: dict[str, list[int]] = {}
        now: dict[str, str] = {}
        for position, change in enumerate(self._log.changes):
            for path in change.paths:
                found.setdefault(now.get(path, path), []).append(position)
            now |= {old: now.get(new, new) for old, new in change.moved}
        return found

    @cached_property
    def _by_row(self) -> Sequence[Sequence[int]]:
        """The same of each work."""
        paths = self._snapshot.works.columns["path"]
        return [self._by_path.get(path, ()) for path in paths]

    @cached_property
    def _latest(self) -> Mapping[str, int]:
        """The first of these positions; of a path without any, one behind all commits."""
        never = partial(len, self._log.changes)
        return defaultdict(never, {path: first for path, (first, *_) in self._by_path.items()})

    def _tell(self, position: int) -> Change:
        found = self._told.get(position)
        if found is None:
            change = self._log.changes[position]
            found = self._told[position] = Change(
                datetime.fromtimestamp(change.time, self._zone).date(),
                change.id,
                self._people.get(change.email.lower()) or change.author,
                change.subject if self._is_seen(change) else NEUTRAL,
            )
        return found

    def _tell_with_works(self, position: int) -> RecentChange:
        change = self._log.changes[position]
        named = _find_words(change.subject)
        found = (self._ids[path] for path in change.paths if path in self._ids)
        ids = [id_ for id_ in found if id_.lower() not in named]
        return RecentChange(self._tell(position), tuple(ids[:_MOST_WORKS]), len(ids[_MOST_WORKS:]))

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        columns = self._snapshot.works.columns
        return dict(zip(columns["path"], columns["id"], strict=True))

    def _is_seen(self, change: LoggedChange) -> bool:
        """Tell whether all that a commit speaks of may be seen."""
        if not self._hidden.anything:
            return True
        words = _find_words(change.subject)
        if words & self._hidden.works or words & self._hidden.workflows:
            return False
        return all(path in self._documents for path in change.paths)

    def _touches_seen(self, change: LoggedChange) -> bool:
        return not self._hidden.anything or any(path in self._documents for path in change.paths)

    @cached_property
    def _people(self) -> Mapping[str, str]:
        return {
            email.lower(): party.name
            for party in self._snapshot.parties.values()
            if isinstance(party, Person)
            for email in party.emails
        }
