"""Which commits changed which files: the first-parent history by paths."""

from __future__ import annotations

import msgspec


class LoggedChange(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One commit, and the files of the workspace that it changed.

    Attributes:
        id: Its full hash.
        time: When it was committed, in seconds.
        author: The author's name; of a merge that of whoever made what it merged.
        email: The author's address, likewise.
        subject: What it did, in a line: of a merge what the pull request is called, or else what
            it merged.
        paths: What it changed, added or removed, from the workspace's root.
        moved: (from, to) of what it moved; both are in `paths`.
    """

    id: str
    time: int
    author: str
    email: str
    subject: str
    paths: tuple[str, ...]
    moved: tuple[tuple[str, str], ...] = ()


class ChangeLog(msgspec.Struct, frozen=True):
    """The commits that changed a workspace, the latest first.

    Attributes:
        head: The last commit that was read, whether or not it changed anything; ``""``: none.
        time: When that was made, in seconds.
        shallow: Whether earlier ones have been cut off.
    """

    head: str = ""
    time: int = 0
    changes: tuple[LoggedChange, ...] = ()
    shallow: bool = False
