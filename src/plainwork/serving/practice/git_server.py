"""Git's own server behind the practice forge (git-http-backend(1)): who may push where."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import msgspec

from plainwork.serving.practice.accounts import Account

if TYPE_CHECKING:
    from plainwork.serving.practice_forge import PracticeForge

_SETTINGS = {
    "gc.auto": "0",
    "http.receivepack": "true",
    "receive.autogc": "false",
    "safe.directory": "*",
    "uploadpack.allowAnySHA1InWant": "true",
    "uploadpack.allowFilter": "true",
}


class GitRequest(msgspec.Struct, frozen=True):
    """What Git asks for over HTTP.

    Attributes:
        kind: The type of the body.
        protocol: The version of Git's protocol that is spoken.
        login: Whom it names, or ``""``.
    """

    method: str
    path: str
    query: str
    kind: str
    protocol: str
    login: str
    body: bytes

    @property
    def name(self) -> str:
        """The repository: ``acme/operations``."""
        return "/".join(self.path.split("/")[1:3]).removesuffix(".git")

    @property
    def pushes(self) -> bool:
        """Whether it is part of a push."""
        return "git-receive-pack" in f"{self.path} {self.query}"


class GitAnswer(msgspec.Struct, frozen=True):
    """What Git's server answers."""

    status: int
    headers: dict[str, str]
    body: bytes


def run_git_server(forge: PracticeForge, request: GitRequest) -> GitAnswer:
    """Let Git answer, and let the forge take note of what was pushed."""
    if request.name not in (forge.state.name, *forge.state.forks):
        return GitAnswer(404, {}, b"no such repository\n")
    account = _find_account(forge, request.login)
    if request.pushes and not (account and _may_push(forge, request.name, account)):
        return GitAnswer(401, {"WWW-Authenticate": 'Basic realm="practice"'}, b"")
    repository = forge.repository(request.name)
    before = repository.refs()
    answer = _run(forge, request, account)
    forge.receive(request.name, before, repository.refs(), account)
    return answer


def _find_account(forge: PracticeForge, login: str) -> Account | None:
    try:
        return forge.state.account(login)
    except KeyError:
        return None


def _may_push(forge: PracticeForge, name: str, account: Account) -> bool:
    return forge.state.may_write(account) or account.login == name.partition("/")[0]


def _run(forge: PracticeForge, request: GitRequest, account: Account | None) -> GitAnswer:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PROJECT_ROOT": str(forge.folder),
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_PROTOCOL": request.protocol,
        "PATH_INFO": request.path,
        "QUERY_STRING": request.query,
        "REQUEST_METHOD": request.method,
        "CONTENT_TYPE": request.kind,
        "CONTENT_LENGTH": str(len(request.body)),
        "REMOTE_ADDR": "127.0.0.1",
        "REMOTE_USER": account.login if account else "",
        **_settings(_find_closed(forge, request.name, account)),
    }
    done = subprocess.run(  # a list of arguments, no shell
        ["git", "http-backend"],  # noqa: S607 - Git is found where the user has it
        input=request.body,
        env=environment,
        capture_output=True,
        check=False,
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
    status = int(headers.pop("Status", "200").split(" ")[0])
    return GitAnswer(status, headers, body)


def _find_closed(forge: PracticeForge, name: str, account: Account | None) -> list[str]:
    """Return the branches whose protection lets somebody not push to them."""
    state = forge.state
    if name != state.name or account is None:
        return []
    return [
        f"refs/heads/{branch}"
        for branch, protection in state.protections.items()
        if account not in protection.bypass
        and (protection.for_admins or state.permission(account) != "admin")
    ]


def _settings(closed: list[str]) -> dict[str, str]:
    """Return Git's settings as its environment takes them; closed branches cannot be pushed to."""
    pairs = [*_SETTINGS.items(), *(("receive.hideRefs", ref) for ref in closed)]
    said = {"GIT_CONFIG_COUNT": str(len(pairs))}
    for number, (key, value) in enumerate(pairs):
        said |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return said
