"""Noticing that a workspace has changed: its documents, its settings, and what Git has checked out.

Only what is read is watched: the folders of documents, the root itself without what lies below,
and of Git's folder what names commits. Everything else, the site's own folder among it, may change
as fast as it likes.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import msgspec
from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from plainwork.errors import StorageError
from plainwork.storage.git_folder import find_git_folder

_QUIET = 0.05
"""Seconds without a change after which a save is complete: editors write in several steps."""

_MOST = 0.5
"""Seconds after which what changes without end is looked at nevertheless."""

_KINDS: list[type[events.FileSystemEvent]] = [
    *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileClosedEvent),
    *(events.FileMovedEvent, events.FileDeletedEvent),
    *(events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
]
"""What changes something. Whoever reads a file opens and closes it, which is told of, too."""

Concerns = Callable[[str], bool]
"""Tells of a path whether a change there matters."""


class _Place(msgspec.Struct, frozen=True):
    """A folder to be watched, perhaps with all below it."""

    path: str
    deep: bool
    concerns: Concerns


class Watcher:
    """Notices changes of a workspace, from when it is made on.

    Args:
        observer: Watches folders, and has been started.
        root: The workspace's root.
        output: A folder in which nothing that changes matters.

    Raises:
        StorageError: If the system does not let all folders be watched.
    """

    def __init__(self, observer: BaseObserver, root: Path, output: Path) -> None:
        self._observer = observer
        self._root = os.path.realpath(root)
        self._output = os.path.realpath(output)
        self._folders: frozenset[str] = frozenset()
        self._git = tuple(_find_git_places(root))
        self._watched: dict[_Place, tuple[_Ear, ObservedWatch]] = {}
        self._changed = Event()
        self._watch_places()

    def follow(self, folders: Iterable[str]) -> None:
        """Watch these folders of documents from now on; that they are others is a change.

        Raises:
            StorageError: If the system does not let all folders be watched.
        """
        found = frozenset(folder.partition("/")[0] for folder in folders)
        if found != self._folders:
            self._folders = found
            self._watch_places()
            self._changed.set()

    def wait(self, seconds: float) -> bool:
        """Wait until something has changed and is quiet again; tell whether it has.

        Raises:
            StorageError: If the system does not let all folders be watched.
        """
        if not self._changed.wait(seconds):
            return False
        end = monotonic() + _MOST
        self._changed.clear()
        while self._changed.wait(_QUIET) and monotonic() < end:
            self._changed.clear()
        self._changed.clear()
        self._watch_places()
        return True

    def _places(self) -> Iterator[_Place]:
        yield from self._git
        yield _Place(self._root, deep=False, concerns=self._concerns)
        for folder in self._folders:
            yield _Place(f"{self._root}/{folder}", deep=True, concerns=self._concerns)

    def _concerns(self, path: str) -> bool:
        return path != self._output and not path.startswith(f"{self._output}/")

    def _watch_places(self) -> None:
        """Watch what is there; a folder that was made anew is not the one that was watched."""
        there = {place: found for place in self._places() if (found := _identify(place.path))}
        for place, (ear, watch) in list(self._watched.items()):
            if ear.is_gone or there.get(place) != ear.identity:
                del self._watched[place]
                self._observer.unschedule(watch)
        for place, identity in there.items():
            if place not in self._watched:
                ear = _Ear(place, identity, self._changed)
                self._watched[place] = ear, self._watch(place, ear)

    def _watch(self, place: _Place, ear: _Ear) -> ObservedWatch:
        try:
            return self._observer.schedule(
                ear, place.path, recursive=place.deep, event_filter=_KINDS
            )
        except OSError as error:
            message = (
                f"{place.path} cannot be watched: {error.strerror}; on Linux,"
                " `sysctl fs.inotify` shows how many folders may be, and sets it"
            )
            raise StorageError(message) from error


class _Ear(events.FileSystemEventHandler):
    """Hears what happens in one place."""

    def __init__(self, place: _Place, identity: tuple[int, int], changed: Event) -> None:
        self.identity = identity
        self.is_gone = False
        self._place = place
        self._changed = changed

    def dispatch(self, event: events.FileSystemEvent) -> None:
        """Take note of an event if it matters."""
        paths = (os.fsdecode(event.src_path), os.fsdecode(event.dest_path))
        if event.event_type == events.EVENT_TYPE_DELETED and paths[0] == self._place.path:
            self.is_gone = True
        if any(path and self._place.concerns(path) for path in paths):
            self._changed.set()


@contextmanager
def watching(root: Path, output: Path) -> Iterator[Watcher]:
    """Watch a workspace for as long as the context lasts.

    Raises:
        StorageError: If the system does not let all folders be watched.
    """
    # What it says of folders that it met twice, or of more events than it could take, is no news to
    # anybody: something has changed, and everything is looked at again.
    warnings.filterwarnings("ignore", module="watchdog")
    logging.getLogger("watchdog").addHandler(logging.NullHandler())
    with Observer() as observer:
        yield Watcher(observer, root, output)


def _identify(path: str) -> tuple[int, int] | None:
    """Return what tells a folder from another of its name; None: it is not there."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _find_git_places(root: Path) -> Iterator[_Place]:
    """Yield where Git keeps which commit is checked out, and which branches there are."""
    git = find_git_folder(root)
    if git is not None:
        yield _Place(str(git.path), deep=False, concerns=_names_commits)
        yield _Place(str(git.common), deep=False, concerns=_names_commits)
        for folder in ("refs", "reftable"):
            yield _Place(str(git.common / folder), deep=True, concerns=_is_no_lock)


def _names_commits(path: str) -> bool:
    return path.endswith(("/HEAD", "/packed-refs"))


def _is_no_lock(path: str) -> bool:
    return not path.endswith(".lock")
