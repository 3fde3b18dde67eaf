"""The forge of a workspace: found by settings, clone and environment; nothing is sent yet."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from plainwork.cli.context import Invocation
from plainwork.errors import UsageError
from plainwork.forge.client import Forge
from plainwork.forge.detect import Job
from plainwork.storage.fetched_objects import Remote

_EVENT = "GITHUB_EVENT_PATH"
_CI = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "GITEA_ACTIONS", "FORGEJO_ACTIONS")


class ForgeAccess(msgspec.Struct, frozen=True):
    """A forge, and where the commits of its pull requests are fetched from."""

    forge: Forge
    remote: Remote


def find_ci_job() -> Job | None:
    """Return what this CI job is about, or None if this is none of a known forge.

    Raises:
        UsageError: If the runner's variables or its event cannot be read.
    """
    from plainwork.forge.detect import find_job

    return find_job(os.environ, _read_event())


def runs_in_ci() -> bool:
    """Tell whether this is a CI job, of whatever forge."""
    return any(os.environ.get(name, "") not in ("", "false", "0") for name in _CI)


def open_access(call: Invocation, job: Job | None) -> ForgeAccess:
    """Return the forge that a workspace's pull requests are on.

    Args:
        call: How the command was called.
        job: What this CI job is about, if it is one: then it says which forge.

    Raises:
        UsageError: If nothing says which forge it is.
    """
    from plainwork.forge.clone import clone_address, token_user
    from plainwork.forge.connect import find_token, open_forge
    from plainwork.forge.place import find_place
    from plainwork.storage.git_questions import load_remote

    if job is not None:
        place = job.place
    else:
        settings = call.load().settings
        place = find_place(
            kind=settings.forge_kind,
            repository=settings.forge_repository,
            url=settings.forge_url,
            remote=load_remote(call.root),
            environment=os.environ,
        )
    variable, token = find_token(place.kind, os.environ)
    remote = Remote(clone_address(place), token_user(place, variable), token)
    return ForgeAccess(open_forge(place, os.environ), remote)


def _read_event() -> bytes | None:
    path = os.environ.get(_EVENT, "")
    if not path:
        return None
    from plainwork.forge.detect import LARGEST_EVENT

    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_EVENT + 1)
    except OSError as problem:
        message = f"{_EVENT}: {path}: {problem.strerror}"
        raise UsageError(message) from problem
