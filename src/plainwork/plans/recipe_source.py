"""Which plainwork the recipes of a forge run: the one that writes them, wherever that came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

RELEASE = "plainwork/plainwork@ccf497c384fe6798c9b188c2487180d0fe031d91 # v0.1.0"
"""The action of the latest release when this was written. A recipe that is brought up to date takes
the next one from here, and from nowhere else."""

_COMMIT = re.compile(r"[0-9a-f]{40}")
_URL = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]+)?((?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+)")
"""Of a repository that a runner can fetch without a password; nothing in it ends a quotation."""

_GITHUB = "https://github.com/"
_GIT = "git+"


class Source(msgspec.Struct, frozen=True):
    """What recipes install.

    Attributes:
        requirement: What pip is given.
        action: What jobs of GitHub use: a repository there, and its commit.
        released: Whether this plainwork is a release.
    """

    requirement: str
    action: str = RELEASE
    released: bool = True

    def is_same(self, forge: str) -> bool:
        """Whether jobs of a forge run this very plainwork, and no release that may not be out."""
        named = self.action != RELEASE if forge == "github" else self.requirement.startswith(_GIT)
        return self.released or named


def find_source(version: str, origin: Mapping[str, Any] | None) -> Source:
    """Return what recipes install.

    Args:
        version: Of this plainwork.
        origin: What pip wrote down of where it came from (PEP 610, ``direct_url.json``); None: from
            an index of packages, which has its releases.
    """
    if origin is None:
        return Source(f"plainwork=={version}")
    url, commit = origin.get("url"), _find_commit(origin)
    found = _URL.fullmatch(url) if isinstance(url, str) and commit else None
    if found is None or ".." in found[1]:
        return Source(f"plainwork=={version}", released=False)
    name = found[1].removeprefix("/").removesuffix(".git")
    action = f"{name}@{commit}" if found[0].startswith(_GITHUB) else RELEASE
    return Source(f"{_GIT}{found[0]}@{commit}", action, released=False)


def _find_commit(origin: Mapping[str, Any]) -> str:
    details = origin.get("vcs_info")
    if not isinstance(details, dict) or details.get("vcs") != "git":
        return ""
    commit = details.get("commit_id")
    return commit if isinstance(commit, str) and _COMMIT.fullmatch(commit) else ""
