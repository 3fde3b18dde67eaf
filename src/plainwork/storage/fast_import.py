"""A history as `git fast-import` reads it: many commits in one go (git-fast-import(1))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.plans.demo import DemoCommit
from plainwork.plans.demo_definitions import Identity


def render_fast_import(commits: Iterable[DemoCommit], branch: str) -> Iterator[bytes]:
    """Yield a stream that makes commits, the last of which is the tip of a branch."""
    for number, commit in enumerate(commits, start=1):
        yield f"commit refs/heads/{branch}\nmark :{number}\n".encode()
        yield _signature("author", commit.author, commit)
        yield _signature("committer", commit.committer, commit)
        yield _data(commit.message.encode())
        for command, parent in zip(("from", "merge"), commit.parents, strict=False):
            yield f"{command} :{parent + 1}\n".encode()
        for path, data in commit.changes.items():
            if data is None:
                yield f"D {path}\n".encode()
            else:
                yield f"M 100644 inline {path}\n".encode()
                yield _data(data)


def _signature(role: str, identity: Identity, commit: DemoCommit) -> bytes:
    hours, minutes = divmod(abs(commit.utc_offset), 60)
    sign = "-" if commit.utc_offset < 0 else "+"
    return f"{role} {identity} {commit.time} {sign}{hours:02}{minutes:02}\n".encode()


def _data(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)
