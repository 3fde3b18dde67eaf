"""What browsers are shown: the site in its folder, and pages that are newer than it.

A change reaches the pages that somebody looks at first, and the folder a moment later. Each page
is told to load itself again only if its own bytes differ from those that it was loaded with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import Condition

import msgspec

from plainwork.errors import RefusedError
from plainwork.storage.rooted_files import RootedFiles

_SIZE = 16


class Notice(msgspec.Struct, frozen=True):
    """What a page says of the workspace: why it is older than that, if it is.

    Attributes:
        title: What is the matter; ``""``: nothing is.
        lines: Each error, as ``plainwork check`` prints it.
    """

    title: str = ""
    lines: tuple[str, ...] = ()


class LiveSite:
    """A site while it is served. One thread changes it, others read it.

    Args:
        folder: Where builds write it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._addresses: frozenset[str] = frozenset()
        self._newer: Mapping[str, bytes | None] = {}
        self._notice = Notice()
        self._open: Counter[str] = Counter()
        self._changes = Condition()
        self._changed = 0
        self._closed = False

    # What changes it

    def offer(self, pages: Mapping[str, bytes | None]) -> None:
        """Show pages that the folder does not have yet; None: there is no such page any more."""
        with self._changing():
            self._newer = pages

    def settle(self, addresses: frozenset[str]) -> None:
        """Show the folder, which has been built and has these files."""
        with self._changing():
            self._addresses = addresses
            self._newer = {}

    def tell(self, notice: Notice) -> None:
        """Say something on every page."""
        with self._changing():
            self._notice = notice

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changing():
            self._closed = True

    @property
    def open_pages(self) -> frozenset[str]:
        """The addresses of the pages that somebody looks at."""
        with self._changes:
            return frozenset(self._open)

    # What reads it

    @property
    def notice(self) -> Notice:
        """What every page says."""
        return self._notice

    def read(self, address: str) -> bytes | None:
        """Return the file at an address, or None.

        Only what a build has written is read, by its address and through no link, so that nothing
        else can be had, whatever is asked for.
        """
        with self._changes:
            known, newer = self._addresses, self._newer
        if address in newer:
            return newer[address]
        if address not in known:
            return None
        try:
            with RootedFiles(self._folder) as files:
                stored = files.read(address)
        except (OSError, RefusedError):
            return None
        return stored.data if stored else None

    def identify(self, address: str) -> str:
        """Return a text that is another one as soon as the file at an address is; ``""``: none."""
        data = self.read(address)
        return "" if data is None else identify(data)

    @contextmanager
    def opened(self, address: str) -> Iterator[None]:
        """Know that somebody looks at a page, for as long as the context lasts."""
        with self._changes:
            self._open[address] += 1
        try:
            yield
        finally:
            with self._changes:
                self._open[address] -= 1
                self._open += Counter()  # forgets what nobody looks at

    def wait(self, seen: int, seconds: float) -> int | None:
        """Wait until it is another one than was seen, or some time has passed.

        Returns:
            What stands for it now, to be given here again; None: it is closed.
        """
        with self._changes:
            self._changes.wait_for(lambda: self._closed or self._changed != seen, seconds)
            return None if self._closed else self._changed

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._changes:
            yield
            self._changed += 1
            self._changes.notify_all()


def identify(data: bytes) -> str:
    """Return the digest of a file."""
    return blake2b(data, digest_size=_SIZE).hexdigest()
