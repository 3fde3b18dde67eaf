"""Offers that wait for an answer, as history tells them, kept between runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from plainwork.flow.open_offers import RecordedOffer
from plainwork.storage.cache_file import cache_folder, write_cache
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.index import FORMAT_VERSION
from plainwork.storage.sealed import DamagedIndexError, seal, unseal

if TYPE_CHECKING:
    from plainwork.storage.document_groups import Tell

_VERSION = f"{FORMAT_VERSION}/1"


class _Kept(msgspec.Struct, array_like=True):
    """What the last run found, and up to which commit."""

    version: str
    head: str
    offers: tuple[RecordedOffer, ...]


def load_open_offers(
    root: Path, until: str = "", *, tell: Tell = lambda _done, _total: None
) -> tuple[RecordedOffer, ...]:
    """Return the offers that nobody has answered.

    Outside of Git there are none, nor where history is cut off: nobody knows what was offered.

    Args:
        root: The workspace's root.
        until: The full hash of the last commit that counts, or ``""`` for the one checked out.
        tell: Is told how far it is, if commits have to be read.
    """
    git = find_git_folder(root)
    if git is None or git.is_shallow():
        return ()
    file = cache_folder(git, root) / "offers"
    kept = _load(file)
    if kept and kept.version == _VERSION and kept.head == (until or git.head_commit()):
        return kept.offers
    from plainwork.flow.offers import find_offers
    from plainwork.flow.open_offers import record_open_offers
    from plainwork.storage.event_history import load_event_history
    from plainwork.storage.merged_authors import load_merged_authors

    history = load_event_history(root, until, tell=tell)
    merged = load_merged_authors(root, history)
    offers = record_open_offers(find_offers(history, merged=merged), history)
    if not until:
        write_cache(file, [seal(msgspec.msgpack.encode(_Kept(_VERSION, history.head, offers)))])
    return offers


def _load(file: Path) -> _Kept | None:
    try:
        return msgspec.msgpack.decode(unseal(file.read_bytes()), type=_Kept)
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return None
