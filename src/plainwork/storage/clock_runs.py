"""Runs of clocks as history tells them, kept between runs.

All that happened fills a file that is too big for views which are looked at often. They need the
few runs that go on, so these are kept apart from those that have ended.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from plainwork.model.clock_run import RecordedRun
from plainwork.model.settings import Settings
from plainwork.storage.cache_file import cache_folder, write_cache
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.index import FORMAT_VERSION
from plainwork.storage.sealed import DamagedIndexError, seal, unseal
from plainwork.storage.time_zone import find_zone

if TYPE_CHECKING:
    from plainwork.storage.document_groups import Tell

_VERSION = f"{FORMAT_VERSION}/2"

_Runs = tuple[RecordedRun, ...]
_encode = msgspec.msgpack.Encoder().encode
_DECODE_RUNS = msgspec.msgpack.Decoder(_Runs).decode


class KeptRuns(msgspec.Struct, array_like=True):
    """Every run of every clock.

    Attributes:
        key: What they depend on beside history: conditions of targets know days and money.
        head: The last commit that counts.
        open: Those that have not ended.
        encoded: The others.
    """

    key: str
    head: str
    open: _Runs
    encoded: msgspec.Raw

    @property
    def ended(self) -> _Runs:
        """Those that have ended, decoded anew each time."""
        return _DECODE_RUNS(self.encoded)


def load_clock_runs(
    root: Path,
    settings: Settings,
    until: str = "",
    *,
    tell: Tell = lambda _done, _total: None,
) -> KeptRuns | None:
    """Read how works passed clocks.

    Args:
        root: The workspace's root.
        settings: The workspace's, for its time zone and currency.
        until: The full hash of the last commit that counts, or ``""`` for the one checked out.
        tell: Is told how far it is, if commits have to be read.

    Returns:
        None if history does not tell: outside of Git, and where it is cut off, so that nobody
        knows when clocks started.
    """
    git = find_git_folder(root)
    if git is None or git.is_shallow():
        return None
    key = f"{_VERSION}/{settings.timezone}/{settings.currency}"
    file = cache_folder(git, root) / "clocks"
    kept = _load(file)
    if kept and kept.key == key and kept.head == (until or git.head_commit()):
        return kept
    from plainwork.flow.clocks import record_runs
    from plainwork.storage.event_history import load_event_history

    history = load_event_history(root, until, tell=tell)
    runs = record_runs(history, find_zone(settings.timezone), settings.currency)
    found = KeptRuns(
        key,
        history.head,
        tuple(run for run in runs if run.ended is None),
        msgspec.Raw(_encode([run for run in runs if run.ended is not None])),
    )
    if not until:
        write_cache(file, [seal(_encode(found))])
    return found


def _load(file: Path) -> KeptRuns | None:
    try:
        return msgspec.msgpack.decode(unseal(file.read_bytes()), type=KeptRuns)
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return None
