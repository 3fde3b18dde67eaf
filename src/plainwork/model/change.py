"""A change: what differs, document by document, between the base tip and the merge result."""

from __future__ import annotations

import re

import msgspec

from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work

_UPWARDS = re.compile(r"^(\.\./)+")


class FileState(msgspec.Struct, frozen=True):
    """One file at one commit, as the digest sees it.

    Attributes:
        path: From the workspace's root, with ``/``.
        mode: Git's: ``100644``.
        sha256: Of the file's bytes, 64 hexadecimal digits.
    """

    path: str
    mode: str
    sha256: str


class ChangedDocument(msgspec.Struct, frozen=True):
    """One document, or governed file, that differs.

    Attributes:
        kind: Of a document; ``settings`` for ``plainwork.toml``, ``file`` for any other file
            that rules speak of.
        id: Of a document; of a file its path.
        before: The file as it is; None: it is new.
        after: The file as it would be; None: it is deleted.
        old: What the document says; None: it is new, or no document.
        new: What it would say; None: it is deleted, or no document.
        fields: As of :class:`plainwork.analysis.document_change.DocumentChange`.
        lines: Field to the line where it stands in the result, for annotations.
    """

    kind: str
    id: str
    before: FileState | None
    after: FileState | None
    old: Work | Document | None = None
    new: Work | Document | None = None
    fields: frozenset[str] = frozenset()
    lines: dict[str, int] = {}

    @property
    def key(self) -> tuple[str, str]:
        """What it is matched by: kind and id, without case."""
        return self.kind, self.id.lower()

    @property
    def paths(self) -> tuple[str, ...]:
        """The path before and after, where there is one, each once.

        A file outside the workspace, ``../.gitattributes``, has its path there, too: what policies
        say of such files, they say as if the workspace were the whole repository.
        """
        paths = [side.path for side in (self.before, self.after) if side]
        outside = [_UPWARDS.sub("", path) for path in paths if path.startswith("../")]
        return tuple(dict.fromkeys([*paths, *outside]))


class Fault(msgspec.Struct, frozen=True, order=True):
    """Why a change is invalid, whoever approves it.

    Attributes:
        code: A fixed word: ``conflict``, ``several-merge-bases``, ``duplicate-id``, …, or the
            name of the rule of ``plainwork check`` that found it.
        message: What is wrong, in one line.
        hint: What to do about it.
    """

    code: str
    message: str
    hint: str = ""
    path: str = ""
    line: int = 0


class Contributor(msgspec.Struct, frozen=True):
    """Somebody whom a commit of the change names.

    Attributes:
        role: ``author``, ``committer``, ``co-author`` or ``assistant``: the last two by trailer.
            ``approver``: the author of a commit that adds approval records and does nothing else.
        commit: The first commit, in the order of Git's log, that names them so.
    """

    role: str
    name: str
    email: str
    commit: str


class Change(msgspec.Struct, frozen=True):
    """Everything that a decision needs to know of what differs.

    Attributes:
        repository: ``KIND:REPOSITORY`` of the base's ``plainwork.toml``.
        ref: The branch that it would be merged into: ``refs/heads/main``.
        base: The base tip; its rules decide.
        head: The commit that would be merged.
        tree: The merge result; ``""`` if there is none.
        workspace: The folder of the workspace in the repository, or ``""`` for its top.
        before: The workspace at the base tip: all definitions; of the works those that the
            change touches or its rules ask about.
        after: The same at the merge result.
        documents: What differs, by path.
        faults: Why it is invalid; none: it is not.
        contributors: Everyone whom its commits name, merged parents included.
        commits: How many commits it has.
        files: How many files differ between merge base and head.
        first: Whether no first-parent commit of the base ever held this workspace.
        governed: Whether the base tip holds this workspace.
        names: Ids and aliases, in lower case, of all works and records of the base.
    """

    repository: str
    ref: str
    base: str
    head: str
    tree: str
    workspace: str
    before: Snapshot
    after: Snapshot
    documents: tuple[ChangedDocument, ...]
    faults: tuple[Fault, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    commits: int = 0
    files: int = 0
    first: bool = False
    governed: bool = True
    names: frozenset[str] = frozenset()


RuleKey = tuple[str, str]
"""Kind (``workflow`` or ``policy``) and id, in lower case."""


class SeenDocument(msgspec.Struct, frozen=True):
    """One document as a reviewer saw it, or as it is asked about.

    Attributes:
        before: At the base: of a review, at the merge base of its commit and the base tip.
        after: Of a review, at its own commit; asked, in the merge result.
        rules: Workflow or policy to the SHA-256 of its front matter, at the same base.
    """

    before: FileState | None
    after: FileState | None
    rules: dict[RuleKey, str]
