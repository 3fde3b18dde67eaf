"""What commits did to the files of another tool, read as work through a mapping.

Nothing is rewritten and nothing imported: each version of a file is what `import` would make of it.
Which files are work follows from their paths alone, so a history can be continued anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

import msgspec

from plainwork.flow.events import CommitFiles, WrittenWork
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.history import Commit
from plainwork.model.workflow import Workflow
from plainwork.plans.import_document import import_document
from plainwork.plans.import_mapping import Mapping, WorkRule
from plainwork.plans.import_parties import PartyFinder
from plainwork.plans.import_source import parse_source
from plainwork.plans.import_value import ValueReader
from plainwork.storage.commit_log import ABSENT
from plainwork.storage.document_groups import Tell
from plainwork.storage.event_history import Reading
from plainwork.storage.parallel import map_to_bytes
from plainwork.storage.reading import digest_of
from plainwork.storage.repository import Repository, TreeEntry
from plainwork.storage.time_zone import find_zone

_BATCH = 4_000
"""As many files are read at once: enough for all cores, and little memory."""

_REGULAR = frozenset({"100644", "100755"})
_VERSION = 1
"""Grows when the same mapping makes something else of the same file."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(WrittenWork).decode


def make_reading(mapping: Mapping, source: bytes) -> Reading:
    """Return how commits are read through a mapping.

    Args:
        mapping: What becomes of the files.
        source: Its bytes: what another mapping reads is kept apart.
    """
    name = f"events-{digest_of(b'%d %b' % (_VERSION, source)).hex()}"
    return Reading(name, partial(read_mapped_commits, mapping))


def find_workflows(mapping: Mapping) -> dict[str, Workflow]:
    """Return the workflows that a mapping gives to work, by id in lower case."""
    workflows = (rule.work.workflow for rule in mapping.files if rule.work)
    return {workflow.id.lower(): workflow for workflow in workflows}


def read_mapped_commits(
    mapping: Mapping, repository: Repository, until: str, since: str, tell: Tell
) -> Iterator[CommitFiles]:
    """Yield what commits of the first-parent history did to work, oldest first.

    Args:
        mapping: What becomes of the files.
        repository: The repository around the folder that the mapping is for.
        until: The newest commit.
        since: A commit to leave out, with all before it; ``""``: go back to the first.
        tell: Is told how far it is.
    """
    if since == until:
        return
    reader = _Reader(mapping, repository)
    batch: list[_Selected] = []
    size = 0
    # Git is done before files are read: who reads them may start processes.
    commits = [
        reader.select(logged.commit, logged.files) for logged in repository.log(until, since)
    ]
    for number, selected in enumerate(commits):
        if size > _BATCH:
            yield from reader.read(batch)
            tell(number, len(commits))
            batch, size = [], 0
        batch.append(selected)
        size += len(selected.written)
    yield from reader.read(batch)
    tell(len(commits), len(commits))


class _Selected(msgspec.Struct):
    """What a commit did to files that are work, which are not read yet."""

    commit: Commit
    written: Sequence[TreeEntry]
    removed: tuple[str, ...]
    unreadable: tuple[str, ...]


class _Reader:
    def __init__(self, mapping: Mapping, repository: Repository) -> None:
        self._repository = repository
        self._workflows = find_workflows(mapping)
        self._zone = find_zone(mapping.timezone)
        self._values = ValueReader(PartyFinder(mapping.parties), {})

        @cache  # of every path once, though many commits change it
        def find_rule(path: str) -> WorkRule | None:
            rule = mapping.find_rule(path)
            return rule.work if rule else None

        self._find_rule = find_rule

    def select(self, commit: Commit, files: Iterable[TreeEntry]) -> _Selected:
        """Return what a commit did to files that are work."""
        works = [entry for entry in files if self._find_rule(entry.path)]
        present = [entry for entry in works if entry.mode != ABSENT]
        readable = [entry for entry in present if _is_readable(entry)]
        return _Selected(
            commit,
            readable,
            tuple(entry.path for entry in works if entry.mode == ABSENT),
            tuple(_describe(entry.path) for entry in present if not _is_readable(entry)),
        )

    def read(self, batch: Sequence[_Selected]) -> Iterator[CommitFiles]:
        """Read what some commits wrote."""
        versions = dict.fromkeys(
            (entry.path, entry.oid) for selected in batch for entry in selected.written
        )
        contents = self._repository.read_blobs(oid for _, oid in versions)
        files = [(path, data) for (path, _), data in zip(versions, contents, strict=True)]
        answers = map_to_bytes(lambda file: self._parse(*file), files)
        known = dict(zip(versions, answers, strict=True))
        for selected in batch:
            read = [(entry.path, known[entry.path, entry.oid]) for entry in selected.written]
            yield CommitFiles(
                selected.commit,
                written=tuple(_decode(data) for _, data in read if data),
                removed=selected.removed,
                unreadable=(*selected.unreadable, *(path for path, data in read if not data)),
                workflows=self._workflows,
                zone=self._zone,
            )

    def _parse(self, path: str, data: bytes) -> bytes:
        """Return work as bytes; none, if its file cannot be read."""
        source = parse_source(path, data)
        rule = self._find_rule(path)
        if isinstance(source, Diagnostic) or rule is None:
            return b""
        document = import_document(source, rule, self._values)
        body = digest_of(document.body.encode("utf-8", "surrogateescape")).hex()
        return _encode(WrittenWork(path, document.id, document.fields, body))


def _is_readable(entry: TreeEntry) -> bool:
    """Whether a file is one that `import` reads: no link, and a name that can be shown."""
    return entry.mode in _REGULAR and entry.path.isprintable()


def _describe(path: str) -> str:
    """Return a path as text that can be kept: bytes that are no UTF-8 are written out."""
    return path.encode("utf-8", "backslashreplace").decode()
