"""The commits that changed each document, from the first-parent history, kept between runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from plainwork.model.change_log import ChangeLog, LoggedChange
from plainwork.parsing.commit_message import parse_headline
from plainwork.storage.cache_file import common_cache_folder, write_cache
from plainwork.storage.git_command import GitCommand, literal, parse_time
from plainwork.storage.git_folder import GitFolder, find_git_folder
from plainwork.storage.index import FORMAT_VERSION
from plainwork.storage.sealed import DamagedIndexError, seal, unseal

if TYPE_CHECKING:
    from plainwork.storage.commit_history import WrittenCommit
    from plainwork.storage.repository import Repository

    _Merged = Mapping[str, Sequence[WrittenCommit]]

_VERSION = f"{FORMAT_VERSION}/2"
_FIELDS = ("%H", "%P", "%ct", "%an", "%ae", "%s", "%b")
_OPTIONS = (
    *("--first-parent", "-m", "--raw", "-z", "--find-renames", "--abbrev=64"),
    f"--format={'%x00'.join(_FIELDS)}",
)

_MOST_SAID = 3
"""Commits of which a merge that has no title of its own tells."""


class _Kept(msgspec.Struct, array_like=True):
    """What the last run found, and up to which commit."""

    version: str
    head: str
    time: int
    changes: tuple[LoggedChange, ...]


def load_change_log(root: Path, until: str = "") -> ChangeLog:
    """Read which commits changed which documents.

    Outside of Git, and before the first commit, there are none; nor is a commit one at which the
    history has been cut off.

    Args:
        root: The workspace's root.
        until: The full hash of the last commit that counts, or ``""`` for the one checked out.
    """
    git = find_git_folder(root)
    if git is None:
        return ChangeLog()
    shallow = git.is_shallow()
    file = common_cache_folder(git, root) / "changes"
    kept = ChangeLog() if shallow else _load(file)
    if kept.head and kept.head == (until or git.head_commit()):
        return kept
    from plainwork.storage.repository import Repository  # runs Git

    with Repository.open(root) as repository:
        head = until or repository.head()
        if head is None:
            return ChangeLog(shallow=shallow)
        time = repository.commit_time(head)
        continues = bool(kept.head) and repository.continues(kept.head, head)
        earlier = kept if continues else ChangeLog()
        cut = git.cut_commits()
        found = _read(git, root, head, earlier.head)
        new = [(change, is_merge) for change, is_merge in found if change.id not in cut]
        merged = _load_merged(repository, head, earlier.head) if any(m for _, m in new) else {}
    changes = (*(_tell(change, merged) for change, _ in new), *earlier.changes)
    if not shallow and not until:
        write_cache(file, [seal(msgspec.msgpack.encode(_Kept(_VERSION, head, time, changes)))])
    return ChangeLog(head, time, changes, shallow)


def _read(
    git: GitFolder, root: Path, until: str, since: str
) -> Iterator[tuple[LoggedChange, bool]]:
    """Yield the changes, the latest first, and whether each is a merge."""
    place = os.path.relpath(os.path.realpath(root), git.worktree)
    prefix = "" if place == "." else f"{Path(place).as_posix()}/"
    range_ = f"{since}..{until}" if since else until
    only = ("--", literal(prefix)) if prefix else ("--",)
    output = GitCommand(git.worktree).run("log", *_OPTIONS, range_, *only)
    records = iter(output.split(b"\0")[:-1])
    header = next(records, None)
    while header is not None:
        id_, parents, *words = (
            field.decode("utf-8", "replace") for field in (header, *_take(records))
        )
        time, author, email, subject, body = words
        paths: list[str] = []
        moved: list[tuple[str, str]] = []
        header = next(records, None)
        while header is not None and header.startswith((b":", b"\n:")):
            path = _inside(next(records), prefix)
            paths.append(path)
            if header.rpartition(b" ")[2].startswith(b"R"):
                paths.append(_inside(next(records), prefix))
                moved.append((path, paths[-1]))
            header = next(records, None)
        told = parse_headline(subject, body) or subject
        when = parse_time(time)
        change = LoggedChange(id_, when, author, email, told, tuple(paths), tuple(moved))
        yield change, " " in parents


def _load_merged(repository: Repository, until: str, since: str) -> _Merged:
    from plainwork.storage.merged_authors import find_merged_commits  # loads what runs Git

    return find_merged_commits(repository.written(until, since))


def _tell(change: LoggedChange, merged: _Merged) -> LoggedChange:
    """Say of a merge what it merged, as far as it does not, and who made that."""
    own = [commit for commit in merged.get(change.id, ()) if len(commit.parents) < 2]  # noqa: PLR2004
    if not own:
        return change
    subject = change.subject if parse_headline(change.subject) else _join(own) or change.subject
    author, email = own[0].author, own[0].author_email
    return msgspec.structs.replace(change, author=author, email=email, subject=subject)


def _join(commits: Sequence[WrittenCommit]) -> str:
    """Return what some commits did, the first of them first."""
    headlines = (parse_headline(commit.subject) for commit in reversed(commits))
    said = list(dict.fromkeys(filter(None, headlines)))
    more = f" and {len(said) - _MOST_SAID} more" if len(said) > _MOST_SAID else ""
    return f"{'; '.join(said[:_MOST_SAID])}{more}"


def _take(records: Iterator[bytes]) -> Iterator[bytes]:
    return (next(records) for _ in _FIELDS[1:])


def _inside(path: bytes, prefix: str) -> str:
    # What is no UTF-8 is no document; it still tells that the commit changed more than those.
    return path.decode("utf-8", "backslashreplace").removeprefix(prefix)


def _load(file: Path) -> ChangeLog:
    try:
        kept = msgspec.msgpack.decode(unseal(file.read_bytes()), type=_Kept)
    except (OSError, DamagedIndexError, msgspec.MsgspecError):
        return ChangeLog()
    if kept.version != _VERSION:
        return ChangeLog()
    return ChangeLog(kept.head, kept.time, kept.changes)
