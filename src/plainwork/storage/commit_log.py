"""What ``git log --raw -z`` prints, as values.

Every field of a commit ends with a NUL, the one byte that none of them can hold; so whatever a
message or a name says, it stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from plainwork.model.history import Commit
from plainwork.storage.git_command import parse_time

_TRAILER = "%(trailers:key={},valueonly,unfold,separator=%x0A)"
_FIELDS = (
    *("%H", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%s"),
    *(_TRAILER.format("Effective"), _TRAILER.format("Co-authored-by")),
)
COMMIT_OPTIONS = ("-z", f"--format={'%x00'.join(_FIELDS)}")
LOG_OPTIONS = ("--raw", "--no-abbrev", "--no-renames", *COMMIT_OPTIONS)
"""What :func:`parse_log` understands the output of, without and with the files."""

_CHUNK = 1 << 16

RawFile = tuple[str, str, bytes]
"""A file that a commit changed, as it is afterwards: mode, object and path."""

ABSENT = "000000"
"""The mode of a file that is not there."""


def parse_log(records: Iterator[bytes]) -> Iterator[tuple[Commit, list[RawFile]]]:
    """Yield the commits of a log and what each changed, from what stands in front of each NUL."""
    header = next(records, None)
    while header is not None:
        commit = _make_commit([header, *(next(records) for _ in _FIELDS[1:])])
        files: list[RawFile] = []
        header = next(records, None)
        while header is not None and header.startswith((b":", b"\n:")):
            _, mode, _, oid, _ = header.decode().split(" ")
            files.append((mode, oid, next(records)))
            header = next(records, None)
        yield commit, files


def _make_commit(fields: list[bytes]) -> Commit:
    id_, parents, author, email, recorded, committer, sender, time, subject, *trailers = (
        field.decode("utf-8", "replace") for field in fields
    )
    effective, co_authors = trailers
    return Commit(
        id=id_,
        parents=tuple(parents.split()),
        time=parse_time(time),
        author=author,
        author_email=email,
        recorded_at=parse_time(recorded),
        committer=committer,
        committer_email=sender,
        subject=subject,
        effective=effective.partition("\n")[0].strip(),
        co_authors=tuple(line.strip() for line in co_authors.split("\n") if line.strip()),
    )


def split_records(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands in front of each NUL."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest
