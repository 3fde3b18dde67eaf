"""What everyday commands ask Git: one question each.

They go without GitPython, whose import would take longer than the rest of the command.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from plainwork.storage.git_command import ENVIRONMENT, FOREIGN, OPTIONS, literal, parse_time
from plainwork.storage.git_folder import find_git_folder

if TYPE_CHECKING:
    import subprocess


class Identity(msgspec.Struct, frozen=True):
    """Who Git says is working here."""

    name: str
    email: str


class Revision(msgspec.Struct, frozen=True):
    """A commit that changed a document.

    Attributes:
        time: When it was committed, in seconds.
    """

    commit: str
    time: int
    author: str
    subject: str


def load_identity(directory: Path) -> Identity | None:
    """Return whom Git would name as author in a folder, or None if nobody has told it."""
    output = _ask(directory, "config", "--null", "--get-regexp", r"^(author|user)\.(name|email)$")
    said = dict(
        entry.partition("\n")[::2] for entry in output.decode("utf-8", "replace").split("\0")
    )

    def find(what: str) -> str:
        own = os.environ.get(f"GIT_AUTHOR_{what.upper()}") or said.get(f"author.{what}")
        return own or said.get(f"user.{what}", "")

    email = find("email") or os.environ.get("EMAIL", "")
    return Identity(find("name"), email) if email else None


def load_default_branch(directory: Path) -> str:
    """Return the branch that changes are merged into, as far as the repository tells.

    That is the one that ``origin`` had as its default when it was cloned, else ``main`` or
    ``master`` if there is one, else the one that is checked out.
    """
    default = _follow(directory, "refs/remotes/origin/HEAD").removeprefix("refs/remotes/origin/")
    if default:
        return default
    for branch in ("main", "master"):
        if _ask(directory, "show-ref", "--verify", f"refs/heads/{branch}"):
            return branch
    return _follow(directory, "HEAD").removeprefix("refs/heads/") or "main"


def load_branch_name(directory: Path, name: str) -> str:
    """Return the branch that ``main``, ``origin/main`` or a full name means, or ``""``."""
    for place in ("refs/heads/", "refs/remotes/origin/"):
        branch = name.removeprefix(place).removeprefix("origin/")
        # `origin/HEAD` leads to the default branch, which has a name of its own.
        named = branch not in {"", "HEAD"}
        if named and _ask(directory, "show-ref", "--verify", f"{place}{branch}"):
            return branch
    return ""


def load_tip_name(directory: Path, branch: str) -> str:
    """Return the full name of a branch as it was last fetched, else of the local one."""
    fetched = f"refs/remotes/origin/{branch}"
    known = _ask(directory, "show-ref", "--verify", fetched)
    return fetched if known else f"refs/heads/{branch}"


def is_all_committed(directory: Path) -> bool:
    """Tell whether a folder holds nothing but what its last commit does, ignored files aside."""
    return not _ask(directory, "status", "--porcelain", "-z", "--", ".")


def _follow(directory: Path, name: str) -> str:
    """Return what a symbolic reference leads to, or ``""``."""
    found = _ask(directory, "symbolic-ref", "--quiet", name)
    return found.decode("utf-8", "replace").strip()


def load_version(directory: Path) -> tuple[int, ...] | None:
    """Return the version of Git, such as ``(2, 39, 5)``, or None if there is none."""
    words = _ask(directory, "version").decode("utf-8", "replace").split()
    number = words[2] if len(words) > 2 else ""  # noqa: PLR2004 - git version 2.39.5 (…)
    version = tuple(int(part) for part in takewhile(str.isdecimal, number.split(".")))
    return version or None


def load_remote(directory: Path) -> str:
    """Return the address of the remote ``origin``, or ``""``."""
    found = _ask(directory, "config", "--get", "remote.origin.url")
    return found.decode("utf-8", "replace").strip()


def load_document_history(root: Path, path: str, until: str = "HEAD") -> Iterator[Revision]:
    """Return the commits that changed a document, newest first, through renames.

    Git begins to look at once, and goes on while something else is done before they are read.
    Outside of Git, and before the first commit, there are none; nor is a commit one at which the
    history has been cut off.

    Args:
        root: The workspace's root.
        path: The document, from there.
        until: The last commit that counts: ``HEAD``, or a full hash.
    """
    form = "--format=%H%x00%ct%x00%an%x00%s"
    options = ("--follow", "--no-patch", "-z", form, until)
    found = _revisions(_start(root, *OPTIONS, "log", *options, "--", literal(path)))
    git = find_git_folder(root)
    cut = git.cut_commits() if git else frozenset()
    return (revision for revision in found if revision.commit not in cut)


def _revisions(process: subprocess.Popen[bytes] | None) -> Iterator[Revision]:
    parts = iter(_read(process).decode("utf-8", "replace").split("\0"))
    for commit, seconds, author, subject in zip(*[parts] * 4, strict=False):
        yield Revision(commit, parse_time(seconds), author, subject)


def _ask(directory: Path, *arguments: str) -> bytes:
    """Return what Git answers in a folder, or nothing if it refuses."""
    return _read(_start(directory, *arguments))


def _start(directory: Path, *arguments: str) -> subprocess.Popen[bytes] | None:
    import subprocess

    environment = {**os.environ, **ENVIRONMENT}
    for name in FOREIGN:
        environment.pop(name, None)
    try:
        return subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
            ["git", *arguments],  # noqa: S607 - Git is found where the user has it
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, ValueError):
        return None


def _read(process: subprocess.Popen[bytes] | None) -> bytes:
    return process.communicate()[0] if process is not None else b""
