"""Which forge a repository is on, and whether a token may be sent there.

Settings come from the workspace, and a copy of a pull request may have written them: they choose
the kind and the repository's name, but the token goes only where the environment or the remote
of the clone leads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from plainwork.errors import UsageError
from plainwork.forge.address import LOOPBACK, read_origin

API_VARIABLES = {
    "github": "GITHUB_API_URL",
    "gitlab": "CI_API_V4_URL",
    "gitea": "GITHUB_API_URL",
    "forgejo": "GITHUB_API_URL",
}
"""Where a CI job says which API is its own; Gitea's and Forgejo's runners use GitHub's names."""

_PUBLIC = {
    "github.com": ("github", "https://api.github.com"),
    "gitlab.com": ("gitlab", "https://gitlab.com/api/v4"),
    "gitea.com": ("gitea", "https://gitea.com/api/v1"),
    "codeberg.org": ("forgejo", "https://codeberg.org/api/v1"),
}
_API_PATHS = {
    "github": "/api/v3",
    "gitlab": "/api/v4",
    "gitea": "/api/v1",
    "forgejo": "/api/v1",
}
_SCP = re.compile(r"(?:[^@/:]+@)?(?P<host>[^/:@]+):(?P<path>[^/].*)\Z")
_GIT_SCHEMES = frozenset({"https", "http", "ssh", "git"})


class Place(msgspec.Struct, frozen=True):
    """A repository on a forge.

    Attributes:
        kind: ``github``, ``gitlab``, ``gitea`` or ``forgejo``.
        api: The root of its REST API.
        repository: Its name there: ``acme/operations``.
    """

    kind: str
    api: str
    repository: str


def find_place(
    *,
    kind: str = "",
    repository: str = "",
    url: str = "",
    remote: str = "",
    environment: Mapping[str, str],
) -> Place:
    """Return where a clone's pull requests are.

    Args:
        kind: ``[forge] kind`` of the base, if it says so.
        repository: ``[forge] repository``, likewise.
        url: ``[forge] url``, likewise.
        remote: The address of the clone's remote, or ``""``.
        environment: The variables of the process.

    Raises:
        UsageError: If nothing says which forge it is, or it is one that gets no token.
    """
    host, name = read_remote(remote)
    address = url or (f"https://{host}" if host else "")
    kind = kind or _PUBLIC.get(_read_host(address), ("", ""))[0]
    if not kind:
        message = "which forge is it? `[forge] kind` in plainwork.toml tells"
        raise UsageError(message)
    if kind not in _API_PATHS:
        message = f'`[forge] kind = "{kind}"` has no pull requests to ask for'
        raise UsageError(message)
    said = environment.get(API_VARIABLES[kind], "")
    api = said or _find_api(kind, address, trusted=host)
    if not (repository or name):
        message = "which repository is it? `[forge] repository` in plainwork.toml tells"
        raise UsageError(message)
    return Place(kind, api, repository or name)


def read_remote(remote: str) -> tuple[str, str]:
    """Return host and name of the repository that a remote of Git leads to, or two ``""``."""
    from urllib.parse import urlsplit

    match = _SCP.match(remote)
    if match is not None:
        host, path = match["host"], match["path"]
    else:
        try:
            parts = urlsplit(remote)
            host, path = parts.hostname or "", parts.path
        except ValueError:
            return "", ""
        if parts.scheme not in _GIT_SCHEMES or not host:
            return "", ""
    return host.lower(), path.strip("/").removesuffix(".git")


def _find_api(kind: str, address: str, *, trusted: str) -> str:
    """Return the root of the API at an address that the clone itself leads to."""
    public = dict(_PUBLIC.values())
    host = _read_host(address)
    if not address:
        return public[kind]
    if host in _PUBLIC and _PUBLIC[host][0] == kind:
        return public[kind]
    if host != trusted and host not in LOOPBACK:
        message = (
            f"`[forge] url` leads to {host}, the clone's remote to {trusted or 'nowhere'}:"
            f" no token is sent there unless {API_VARIABLES[kind]} names it"
        )
        raise UsageError(message)
    return address.rstrip("/") + _API_PATHS[kind]


def _read_host(address: str) -> str:
    from urllib.parse import urlsplit

    return (urlsplit(read_origin(address)).hostname or "").lower() if address else ""
