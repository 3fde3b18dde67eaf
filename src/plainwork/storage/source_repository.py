"""The repository that a decision is about: where its objects are, and what its names mean.

It is asked as little as possible: nothing that is configured or checked out there may have a say.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from plainwork.errors import RepositoryError, UsageError
from plainwork.storage.git_command import ENVIRONMENT, FOREIGN, explain_refusal

HASH = re.compile(r"[0-9a-f]{40}")
"""A commit, tree or blob by all its digits; nothing shorter names one."""

_SECONDS = 10.0
_NO_NAME = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|^[-/.]|/$|//|\.lock$|^$")
"""What no reference is called, as git-check-ref-format(1) says: expressions and patterns."""

_PARTIAL = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
_UPDATE = "fetch all of it: `git fetch --unshallow`, or `fetch-depth: 0` and no filter in CI"


def find_objects(source: Path) -> Path:
    """Return the folder of objects of a repository that holds its whole history.

    Args:
        source: A folder of it: of its working tree, or a bare one.

    Raises:
        RepositoryError: If there is none, Git is missing or refuses, or history may be missing.
    """
    questions = ("--is-shallow-repository", "--show-object-format", "--git-path", "objects")
    answer = _ask(source, "rev-parse", "--path-format=absolute", *questions)
    shallow, form, folder = answer.split("\n", 2)
    objects = Path(folder.removesuffix("\n"))
    partial = any((objects / "pack").glob("*.promisor")) or _ask(
        source, "config", "--get-regexp", _PARTIAL, allow=(1,)
    )
    if shallow != "false" or partial:
        kind = "a partial" if shallow == "false" else "a shallow"
        message = f"{source}: {kind} clone may hide commits; {_UPDATE}"
        raise RepositoryError(message)
    if form != "sha1" or "\n" in str(objects):
        message = f"{source}: a repository that cannot be judged: object format {form}"
        raise RepositoryError(message)
    return objects


def resolve_revision(source: Path, revision: str) -> str:
    """Return the commit that somebody means, if only one can be meant.

    Args:
        source: A folder of the repository.
        revision: All 40 digits, a full name (``refs/heads/main``), a branch, tag or remote
            branch by its usual name (``main``, ``origin/main``), or ``HEAD``.

    Raises:
        UsageError: If there is none, or several bear the name.
        RepositoryError: If Git is missing or refuses.
    """
    if HASH.fullmatch(revision):
        return revision
    names = _full_names(revision)
    known = _ask(source, "for-each-ref", "--format=%(refname)", *names).splitlines()
    found = [name for name in names if name in known or name == "HEAD"]
    if len(found) > 1:
        message = f"{revision}: several are called so: {', '.join(found)}; give the full name"
        raise UsageError(message)
    commits = [find_tip(source, name) for name in found]
    if not commits or not HASH.fullmatch(commits[0]):
        message = f"{revision}: no such branch or tag; give its full name, or all 40 digits"
        raise UsageError(message)
    return commits[0]


def find_tip(source: Path, reference: str) -> str:
    """Return the commit that a reference, by its full name, points at; ``""``: there is none.

    Raises:
        RepositoryError: If Git is missing or refuses.
    """
    options = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    return _ask(source, *options, f"{reference}^{{commit}}", allow=(1, 128)).strip()


def _full_names(revision: str) -> tuple[str, ...]:
    """Return every reference that a name could mean."""
    if revision == "HEAD":
        return ("HEAD",)
    if _NO_NAME.search(revision):
        message = f"{revision}: not the name of a branch or tag, and not all 40 digits"
        raise UsageError(message)
    if revision.startswith("refs/"):
        return (revision,)
    return tuple(f"refs/{place}/{revision}" for place in ("heads", "tags", "remotes"))


def _ask(source: Path, *arguments: str, allow: tuple[int, ...] = ()) -> str:
    environment = {**os.environ, **ENVIRONMENT}
    for name in FOREIGN:
        environment.pop(name, None)
    try:
        answer = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            ["git", *arguments],  # noqa: S607 - Git is found where the user has it
            cwd=source,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        message = f"git {arguments[0]}: {problem}"
        raise RepositoryError(message) from problem
    if answer.returncode and answer.returncode not in allow:
        raise RepositoryError(explain_refusal(arguments[0], answer.stderr))
    return answer.stdout.decode("utf-8", "surrogateescape")
