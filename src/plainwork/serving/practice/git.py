"""The Git side of the practice forge: bare repositories, and commits that a forge makes.

Every instant is given and nobody's configuration counts, so the same deeds make the same commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from plainwork.storage.git_command import GitCommand

ZERO = "0" * 40
"""Stands for no commit where Git and GitHub want one."""

_UNKNOWN = (1, 128)


class Signed(msgspec.Struct, frozen=True):
    """Who made a commit, and when (as Git writes it: seconds and zone)."""

    name: str
    email: str
    when: str

    @property
    def at(self) -> datetime:
        """Return when, in UTC."""
        from datetime import UTC

        return datetime.fromtimestamp(int(self.when.split(" ")[0]), UTC)

    def __str__(self) -> str:
        return f"{self.name} <{self.email}> {self.when}"


class Commit(msgspec.Struct, frozen=True):
    """A commit, as it stands in the object."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: Signed
    committer: Signed
    message: str


class FileChange(msgspec.Struct, frozen=True):
    """A file that differs between two commits; ``sha`` is its object afterwards."""

    status: str
    path: str
    sha: str
    additions: int
    deletions: int


def signed(signature: tuple[str, str], at: datetime) -> Signed:
    """Return what a commit says of a name and address at an instant."""
    return Signed(*signature, f"{int(at.timestamp())} +0000")


class BareRepository:
    """One repository on the forge.

    Raises:
        RepositoryError: Its methods, if Git refuses.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git = GitCommand(folder)

    @classmethod
    def create(cls, folder: Path, branch: str) -> BareRepository:
        """Make an empty one."""
        folder.mkdir(parents=True)
        repository = cls(folder)
        repository._git.run(
            "init", "--quiet", "--bare", "--template=", f"--initial-branch={branch}"
        )
        return repository

    # Refs

    def refs(self, prefix: str = "refs/heads/") -> dict[str, str]:
        """Return the commits of the refs below a prefix."""
        lines = self._git.ask("for-each-ref", "--format=%(refname) %(objectname)", prefix)
        return dict(line.split(" ") for line in lines.splitlines())

    def find(self, name: str) -> str:
        """Return the commit of a ref or hash, or ``""``."""
        options = ("--verify", "--quiet", "--end-of-options")
        return self._git.ask("rev-parse", *options, f"{name}^{{commit}}", allow=_UNKNOWN)

    def set_ref(self, ref: str, commit: str) -> None:
        """Let a ref point to a commit; ``""`` removes it."""
        if commit:
            self._git.run("update-ref", ref, commit)
        else:
            self._git.run("update-ref", "-d", ref)

    def fetch(self, source: BareRepository, commit: str) -> None:
        """Take a commit of another repository, with all before it."""
        self._git.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                      str(source.folder), commit)  # fmt: skip

    # What commits say

    def commit(self, sha: str) -> Commit:
        """Read a commit."""
        text = self._git.run("cat-file", "commit", sha).decode("utf-8", "replace")
        head, _, message = text.partition("\n\n")
        lines = [line.partition(" ")[::2] for line in head.splitlines()]
        said = dict(lines)
        parents = tuple(value for key, value in lines if key == "parent")
        author, committer = _parse_signed(said["author"]), _parse_signed(said["committer"])
        return Commit(sha, said["tree"], parents, author, committer, message)

    def commits(self, base: str, head: str) -> list[str]:
        """Return the commits that head has and base has not, oldest first."""
        lines = self._git.ask("rev-list", "--reverse", "--topo-order", head, f"^{base}")
        return lines.splitlines()

    def merge_base(self, one: str, other: str) -> str:
        """Return a common ancestor, or ``""``."""
        return self._git.ask("merge-base", one, other, allow=_UNKNOWN)

    def contains(self, commit: str, ancestor: str) -> bool:
        """Whether a commit is, or follows, another."""
        return self.merge_base(commit, ancestor) == ancestor

    def files(self, base: str, head: str) -> list[FileChange]:
        """Return what differs from the merge base of two commits to the second, by path."""
        start = self.merge_base(base, head) or base
        options = ("diff-tree", "-r", "-z", "--no-renames", "--abbrev=40")
        raw = self._git.ask(*options, "--raw", start, head).split("\0")[:-1]
        counted = self._git.ask(*options, "--numstat", start, head).split("\0")[:-1]
        found = []
        for meta, path, numbers in zip(raw[::2], raw[1::2], counted, strict=True):
            *_, before, after, letter = meta.split(" ")
            added, removed = (int(n) if n.isdecimal() else 0 for n in numbers.split("\t")[:2])
            sha = after if after != ZERO else before
            found.append(FileChange(_STATUS[letter], path, sha, added, removed))
        return found

    def patch_id(self, base: str, head: str) -> str:
        """Return `git patch-id` of what head changes since the merge base; ``""``: nothing."""
        start = self.merge_base(base, head)
        patch = self._git.run("diff-tree", "-p", "--no-ext-diff", start or base, head)
        return self._git.run("patch-id", "--stable", data=patch).decode().partition(" ")[0]

    # Commits that a forge makes

    def add_commit(
        self, tree: str, parents: tuple[str, ...], author: Signed, committer: Signed, message: str
    ) -> str:
        """Write a commit and return its hash; no ref points to it yet."""
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [f"author {author}", f"committer {committer}", "", message]
        text = "\n".join(lines).encode()
        return self._git.run("hash-object", "-t", "commit", "-w", "--stdin", data=text).decode()[
            :40
        ]

    def add_files(
        self, parent: str, files: Mapping[str, bytes | None], who: Signed, message: str
    ) -> str:
        """Write a commit that changes files of another; None removes one."""
        ref = "refs/practice/new"
        head = f"commit {ref}\nauthor {who}\ncommitter {who}\n".encode() + _data(message.encode())
        parts = [head, f"from {parent}\n".encode() if parent else b""]
        for path, data in files.items():
            parts.append(
                f"D {path}\n".encode()
                if data is None
                else f"M 100644 inline {path}\n".encode() + _data(data)
            )
        self._git.run("fast-import", "--quiet", "--force", data=b"".join(parts))
        commit = self.find(ref)
        self.set_ref(ref, "")
        return commit

    def merge_tree(self, ours: str, theirs: str) -> str:
        """Return the tree of a merge, or ``""`` if there is a conflict."""
        lines = self._git.ask("merge-tree", "--write-tree", ours, theirs, allow=(1,)).splitlines()
        return lines[0] if len(lines) == 1 else ""

    def pick(self, onto: str, commit: Commit, committer: Signed) -> str:
        """Make the change of a commit again on another; ``""``: there is a conflict."""
        # The merge base of a commit and its likes on the same parent is that parent.
        stand_in = self.add_commit(
            self.commit(onto).tree, commit.parents[:1], committer, committer, "Stand-in\n"
        )
        tree = self.merge_tree(stand_in, commit.sha)
        return tree and self.add_commit(tree, (onto,), commit.author, committer, commit.message)


_STATUS = {"A": "added", "D": "removed", "M": "modified", "T": "changed"}


def _parse_signed(text: str) -> Signed:
    name, _, rest = text.partition(" <")
    email, _, when = rest.rpartition("> ")
    return Signed(name, email, when)


def _data(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)
