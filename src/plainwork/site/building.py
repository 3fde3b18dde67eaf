"""Building a site: what has changed is made, put into place, and remembered.

The result is that of a build into an empty folder, byte by byte; only the work differs. Until all
files are made, nothing of the old site is touched. While they are put into their places, what is
remembered of them is nothing, so that a build that is killed there is made good by the next one.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec

from plainwork.errors import UsageError
from plainwork.site.digest import digest, encode
from plainwork.site.folder import SiteFolder
from plainwork.site.manifest import Made, Manifest, decode_manifest, encode_manifest
from plainwork.site.page import Output, Page, Steps, finish
from plainwork.site.rendering import Renderer
from plainwork.site.report import Built

Tell = Callable[[int, int], None]
"""Is told how much is done, of how much."""


_MANY = 200
"""So many files need most templates."""


class InParallel(Protocol):
    """Maps a function to runs of items on every core, as :mod:`plainwork.storage.parallel` does."""

    def __call__(
        self,
        function: Callable[[Sequence[Output]], list[bytes]],
        items: Sequence[Output],
        tell: Tell,
    ) -> list[bytes]:
        """Return what the function makes of each item, in order."""


class Memory(Protocol):
    """Where it is kept what the last build made; losing it costs time."""

    def load(self) -> bytes:
        """Return what was saved last, or ``b""``."""

    def save(self, data: bytes) -> None:
        """Keep something for the next build."""


def write_site(
    outputs: Iterable[Output],
    path: Path,
    *,
    renderer: Renderer,
    memory: Memory,
    in_parallel: InParallel,
    find_work: Callable[[str], str],
    tell: Tell,
) -> Built:
    """Write a site.

    Args:
        outputs: Every file that it consists of.
        path: The folder, made if there is none; foreign files in it are left alone.
        renderer: Makes bytes of pages.
        memory: What the last build made.
        in_parallel: Runs what makes files.
        find_work: Returns the address of the work with an id in lower case, or ``""``.
        tell: Is told how far it is.

    Raises:
        UsageError: If the folder is no place for a site, or has foreign files where it must be.
        StorageError: If the system refuses.
    """
    wanted = {output.address: output for output in outputs}
    with SiteFolder.open(path) as folder:
        return _Build(wanted, folder, renderer, memory, find_work).run(in_parallel, tell)


class _Build:
    def __init__(
        self,
        wanted: Mapping[str, Output],
        folder: SiteFolder,
        renderer: Renderer,
        memory: Memory,
        find_work: Callable[[str], str],
    ) -> None:
        self._find_work = find_work
        self._wanted = wanted
        self._folder = folder
        self._renderer = renderer
        self._memory = memory
        self._known = decode_manifest(memory.load())
        templates = renderer.identify()
        self._keys = {address: output.key + templates for address, output in wanted.items()}
        self._own = folder.own_files()
        self._stamps = folder.stamps(
            {address.rpartition("/")[0] for address in (*wanted, *self._own)}
        )

    def run(self, in_parallel: InParallel, tell: Tell) -> Built:
        self._refuse_foreign()
        current = self._find_current()
        stale = self._own - self._wanted.keys()
        todo = [output for address, output in self._wanted.items() if address not in current]
        if not todo and not stale:
            return Built(len(self._wanted), 0, 0)
        folder, memory = self._folder, self._memory
        folder.begin(output.address for output in todo)
        if len(todo) > _MANY:
            self._renderer.prepare()
        answers = map(_decode_answer, in_parallel(self._make, todo, tell))
        made = {output.address: answer for output, answer in zip(todo, answers, strict=True)}
        changed = [address for address, answer in made.items() if answer.differs]
        new = {address: answer.made for address, answer in made.items()}
        with _uninterrupted():
            memory.save(encode_manifest(current))
            folder.write_own_files(self._own | self._wanted.keys())
            folder.place(changed)
            folder.remove(stale)
            folder.write_own_files(self._wanted)
            memory.save(encode_manifest({**current, **new}))
        return Built(len(self._wanted), len(changed), len(stale))

    def _refuse_foreign(self) -> None:
        for address in self._wanted:
            if address in self._stamps and address not in self._own:
                message = (
                    f"{self._folder.path}: {address} is there already, and not of a site that"
                    " plainwork built; move it away, or choose another --output"
                )
                raise UsageError(message)

    def _find_current(self) -> Manifest:
        """Return what need not be made anew of what was made last."""
        leads_to = cache(self._find_work)
        return {
            address: made
            for address, key in self._keys.items()
            if (made := self._known.get(address)) is not None
            and made.key == key
            and self._is_untouched(address, made)
            and all(leads_to(word) == there for word, there in made.mentions.items())
        }

    def _is_untouched(self, address: str, made: Made) -> bool:
        """Tell whether a file is as the last build has left it."""
        return (made.size, made.changed) == self._stamps.get(address)

    def _make(self, run: Sequence[Output]) -> list[bytes]:
        """Make files aside that are not in their places already; each step for all pages."""
        answers: dict[str, bytes] = {}
        begun: list[tuple[Output, Page | Steps]] = []
        for output in run:
            made = output.make()
            if isinstance(made, bytes):  # the largest files: one of them is held at a time
                answers[output.address] = self._write(output.address, made)
            else:
                begun.append((output, made))
        changed: list[tuple[Page, bytes]] = []
        pages = finish(made for _, made in begun)
        for (output, _), page in zip(begun, pages, strict=True):
            model = b"" if output.precise else self._digest_page(page)
            same = self._find_same(page, model)
            if same is None:
                changed.append((page, model))
            else:
                answers[page.address] = _encode(_Answer(differs=False, made=same))
        texts = [self._renderer.render(page) for page, _ in changed]
        for (page, model), text in zip(changed, texts, strict=True):
            answers[page.address] = self._write(page.address, text, page.mentions, model)
        return [answers[output.address] for output in run]

    def _find_same(self, page: Page, model: bytes) -> Made | None:
        """Return what is to be remembered of a page that would become what it is, or None."""
        last = self._known.get(page.address)
        if last and model and last.model == model and self._is_untouched(page.address, last):
            key = self._keys[page.address]
            return Made(key, last.size, last.changed, page.mentions, model)
        return None

    def _digest_page(self, page: Page) -> bytes:
        try:
            return digest(encode(page), self._renderer.looked_up)
        except TypeError:  # bytes would not say all of it
            return b""

    def _write(
        self, address: str, data: bytes, mentions: dict[str, str] | None = None, model: bytes = b""
    ) -> bytes:
        stamp = self._stamps.get(address)
        differs = stamp is None or stamp[0] != len(data) or self._folder.read(address) != data
        if differs or stamp is None:
            stamp = self._folder.make(address, data)
        made = Made(self._keys[address], *stamp, mentions or {}, model)
        return _encode(_Answer(differs, made))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for what takes a moment, and would leave a site half old and half new."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """What became of one file: whether it differs from what is in its place, and what it is."""

    differs: bool
    made: Made


_encode = msgspec.msgpack.Encoder().encode
_decode_answer = msgspec.msgpack.Decoder(_Answer).decode
