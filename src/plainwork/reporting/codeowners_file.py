"""CODEOWNERS as each forge reads it.

GitHub and GitLab match paths as ``.gitignore`` does, without its ranges; Gitea and Forgejo match
the whole path with a regular expression of Go, below one level of backslashes of their own.
"""

from __future__ import annotations

import re
from itertools import groupby

from plainwork.views.codeowners import CodeOwners, OwnedPath

HEAD = "# Made by `plainwork codeowners` from the rules of the workspace; edits by hand are lost.\n"
"""The first line, by which such a file is known."""

_EXPLANATION = """\
# It invites people to review, and enforces nothing: what a change needs depends on the work, its
# fields and who has made it. `plainwork gate` says it.
"""
PLACES = {"github": ".github/CODEOWNERS"}
"""Where a forge looks first, so that no other such file goes before it; else at the top."""

_RANGE = re.compile(r"\[[^\]]*\]?")
_STEPS = re.compile(r"\*\*/|/\*\*$|\*+|\?|\[[^\]]*\]|.", re.DOTALL)


def find_place(kind: str) -> str:
    """Return where a forge wants the file, from the top of the repository."""
    return PLACES.get(kind, "CODEOWNERS")


def render_codeowners(owners: CodeOwners, kind: str, folder: str = ".") -> bytes:
    """Return the file: the same bytes for the same rules.

    Args:
        owners: Who is invited to review what.
        kind: The forge: ``github``, ``gitlab`` or ``gitea``.
        folder: The workspace's, from the top of the repository; ``.``: its top.
    """
    prefix = "" if folder == "." else f"{folder}/"
    lines = [HEAD, _EXPLANATION]
    for policies, paths in groupby(owners.paths, lambda path: path.policies):
        lines.append(f"\n# {', '.join(policies)}\n")
        lines += (f"{_pattern(prefix + path.glob, kind)} {_logins(path)}\n" for path in paths)
    return "".join(lines).encode()


def _logins(path: OwnedPath) -> str:
    return " ".join(f"@{login}" for login in path.logins)


def _pattern(glob: str, kind: str) -> str:
    if kind in ("github", "gitlab"):
        return _gitignore_pattern(glob)
    return _escape("".join(_regular_expression(step) for step in _STEPS.findall(glob)))


def _gitignore_pattern(glob: str) -> str:
    # There is no way to write a bracket: any character takes its place.
    pattern = _RANGE.sub("?", glob).replace("]", "?")
    # A folder with all that is in it: GitLab takes `**` at the end for one level.
    pattern = re.sub(r"/\*\*$", "/", pattern)
    # From the top; it can so begin with neither a comment nor an exception.
    return _escape(pattern if pattern.startswith("**/") else f"/{pattern}")


def _regular_expression(step: str) -> str:
    known = {"**/": "(.*/)?", "/**": "/.*", "?": "[^/]"}
    if step in known:
        return known[step]
    if step.startswith("*"):
        return "[^/]*"
    return "[^/]" if step.startswith("[") and len(step) > 1 else re.escape(step)


def _escape(pattern: str) -> str:
    return re.sub(r"([\\ #\t])", r"\\\1", pattern)
