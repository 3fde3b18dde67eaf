"""Where Git keeps what it knows, and which commit is checked out, by reading plain files.

Importing GitPython alone costs more than most commands may take, and what stands here is needed
by all of them. Formats: gitrepository-layout(5), and git-worktree(1) for linked worktrees.
``GIT_DIR`` and its like in the environment are ignored on purpose: a command that runs in a Git
hook of some other repository means the workspace that it was pointed at.
"""

import os
import re
from pathlib import Path

import msgspec

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SYMBOLIC = re.compile(r"ref:[ \t]*(refs/[^\x00-\x20\x7f]+)\s*")
# A worktree has these references for itself; it shares all others.
_OWN_REFERENCES = ("refs/bisect/", "refs/worktree/", "refs/rewritten/")
_LONGEST_CHAIN = 5  # as Git follows


class GitFolder(msgspec.Struct, frozen=True):
    """The Git folder of a worktree.

    Attributes:
        worktree: The folder that is under version control.
        path: What belongs to this worktree alone: ``.git``, or for a linked worktree
            ``.git/worktrees/<name>`` of the main one.
        common: What all worktrees share: objects and references.
    """

    worktree: Path
    path: Path
    common: Path

    def head_commit(self) -> str | None:
        """Return the hash of the commit that is checked out.

        Returns:
            None if there is none yet, or if plain files do not tell: with references in the
            reftable format, or a repository that is damaged. Then Git has to be asked.
        """
        value = _read_text(self.path / "HEAD").strip()
        for _ in range(_LONGEST_CHAIN):
            if _COMMIT.fullmatch(value):
                return value
            symbolic = _SYMBOLIC.fullmatch(value)
            if symbolic is None or ".." in symbolic[1]:
                return None
            value = self._read_reference(symbolic[1])
        return None

    def may_have_branches(self) -> bool:
        """Whether there may be more than one local branch; if not, Git need not be asked."""
        if (self.common / "reftable").exists():
            return True
        packed = re.findall(r" refs/heads/(.+)$", _read_text(self.common / "packed-refs"), re.M)
        heads = self.common / "refs/heads"
        loose = (file.relative_to(heads).as_posix() for file in heads.rglob("*") if file.is_file())
        return len({*packed, *loose}) > 1

    def is_shallow(self) -> bool:
        """Whether the history here has been cut off, as by `git clone --depth`."""
        return (self.common / "shallow").exists()

    def cut_commits(self) -> frozenset[str]:
        """Return the commits at which the history here has been cut off.

        Git takes them for first ones, which add every file; who changed what is not known.
        """
        return frozenset(_read_text(self.common / "shallow").split())

    def reference(self, name: str) -> str:
        """Return the hash that a reference such as ``refs/notes/x`` names, or ``""``.

        Of references in the reftable format, which only Git reads, it returns the state of all.
        """
        if (self.common / "reftable").exists():
            return _read_text(self.common / "reftable" / "tables.list")
        return self._read_reference(name)

    def _read_reference(self, name: str) -> str:
        folder = self.path if name.startswith(_OWN_REFERENCES) else self.common
        # The loose file first: Git writes packed-refs before it removes the files packed there.
        return _read_text(folder / name).strip() or _find_packed(
            _read_text(self.common / "packed-refs"), name
        )


def find_git_folder(directory: Path) -> GitFolder | None:
    """Find the Git folder that a folder belongs to, looking upwards.

    Returns:
        None outside of Git, in a bare repository, and where ``.git`` leads nowhere.
    """
    physical = Path(os.path.realpath(directory))
    for worktree in (physical, *physical.parents):
        entry = worktree / ".git"
        if entry.is_file():
            return _open_git_folder(worktree, _follow(entry))
        found = _open_git_folder(worktree, entry)
        if found is not None:
            return found
    return None


def _follow(file: Path) -> Path:
    """Return the folder that a ``.git`` file of a worktree or submodule names."""
    _, _, target = _read_text(file).partition("gitdir: ")
    return Path(os.path.normpath(file.parent / target.rstrip("\r\n")))


def _open_git_folder(worktree: Path, path: Path) -> GitFolder | None:
    shared = _read_text(path / "commondir").strip()
    common = Path(os.path.normpath(path / shared)) if shared else path
    # The test that Git itself makes, so that an empty `.git` above does not count.
    if not os.path.lexists(path / "HEAD") or not (common / "objects").is_dir():
        return None
    return GitFolder(worktree, path, common)


def _find_packed(packed: str, name: str) -> str:
    found = re.search(rf"^(\S+) {re.escape(name)}$", packed, re.MULTILINE)
    return found[1] if found else ""


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # what cannot be read tells nothing
        return ""
