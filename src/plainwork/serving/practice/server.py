"""The practice forge over HTTP, on the loopback only: the REST interface and Git's own server."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, unquote, urlsplit

from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice.requests import Request
from plainwork.serving.practice.routes import answer_request

if TYPE_CHECKING:
    from plainwork.serving.practice_forge import PracticeForge

_API = "/api/"
_PATIENCE = 20
"""Seconds that a silent client is waited for, so that no thread stays behind."""

_GIT_SETTINGS = {
    "gc.auto": "0",
    "http.receivepack": "true",
    "receive.autogc": "false",
    "safe.directory": "*",
    "uploadpack.allowAnySHA1InWant": "true",
    "uploadpack.allowFilter": "true",
}


@contextmanager
def serve(forge: PracticeForge) -> Iterator[str]:
    """Serve a forge on a free port while the context is open; yields its URL."""
    server = _Server(forge)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for the last answers

    def __init__(self, forge: PracticeForge) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.forge = forge


class _Exchange(BaseHTTPRequestHandler):
    """One request and its answer."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    @property
    def _forge(self) -> PracticeForge:
        return cast("_Server", self.server).forge

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: the terminal belongs to the command."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the time of the practice clock, which is the server's time."""
        return format_datetime(self._forge.state.now, usegmt=True)

    def _answer(self) -> None:
        if self.path.startswith(_API):
            self._answer_rest()
        else:
            self._answer_git()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - http.server's names

    def _read_body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            return b"".join(self._read_chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _read_chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")  # so that no thread waits for more
        self.end_headers()
        self.wfile.write(body)

    # REST

    def _answer_rest(self) -> None:
        parts = urlsplit(self.path.removeprefix(_API[:-1]))
        body = self._read_body()
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        token = self.headers.get("Authorization", "").partition(" ")[2]
        with self._forge.lock:
            request = Request(self.command, unquote(parts.path), query, _parse(body), token)
            answer = answer_request(self._forge, request)
        # The message of a fault is JSON, too; 204 has nothing to say.
        text = b"" if answer.status == 204 else json.dumps(answer.value).encode()  # noqa: PLR2004
        headers = {"Content-Type": "application/json; charset=utf-8", **answer.headers}
        self._send(answer.status, headers, text)

    # Git

    def _answer_git(self) -> None:
        forge, parts = self._forge, urlsplit(self.path)
        name = "/".join(parts.path.split("/")[1:3]).removesuffix(".git")
        if name not in (forge.state.name, *forge.state.forks):
            self._read_body()
            self._send(404, {}, b"no such repository\n")
            return
        pusher = self._pusher()
        if "git-receive-pack" in self.path and (pusher is None or not self._may_push(name, pusher)):
            self._read_body()
            self._send(401, {"WWW-Authenticate": 'Basic realm="practice"'}, b"")
            return
        repository = forge.repository(name)
        with forge.lock:
            before = repository.refs()
            status, headers, body = self._run_git(name, pusher, self._read_body())
            forge.receive(name, before, repository.refs(), pusher)
        self._send(status, headers, body)

    def _pusher(self) -> Account | None:
        """Return the account that Git names; nobody has a password here."""
        kind, _, secret = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        login = base64.b64decode(secret).decode().partition(":")[0]
        try:
            return self._forge.state.account(login)
        except KeyError:
            return None

    def _may_push(self, name: str, account: Account) -> bool:
        owner = name.partition("/")[0]
        return self._forge.state.may_write(account) or account.login == owner

    def _run_git(
        self, name: str, pusher: Account | None, body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Run Git's own server as CGI (git-http-backend(1))."""
        parts = urlsplit(self.path)
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_PROJECT_ROOT": str(self._forge.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "REMOTE_USER": pusher.login if pusher else "",
            **_settings(self._hidden(name, pusher)),
        }
        done = subprocess.run(  # a list of arguments, no shell
            ["git", "http-backend"],  # noqa: S607 - Git is found where the user has it
            input=body, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        head, _, rest = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        status = int(headers.pop("Status", "200").split(" ")[0])
        return status, headers, rest

    def _hidden(self, name: str, pusher: Account | None) -> list[str]:
        """Return the branches that somebody may not push to: their protection has no way round."""
        state = self._forge.state
        if name != state.name or pusher is None:
            return []
        return [
            f"refs/heads/{branch}"
            for branch, protection in state.protections.items()
            if pusher not in protection.bypass
            and (protection.for_admins or state.permission(pusher) != "admin")
        ]


def _settings(closed: list[str]) -> dict[str, str]:
    """Return Git's settings as its environment takes them; closed branches cannot be pushed to."""
    pairs = [*_GIT_SETTINGS.items(), *(("receive.hideRefs", ref) for ref in closed)]
    said = {"GIT_CONFIG_COUNT": str(len(pairs))}
    for number, (key, value) in enumerate(pairs):
        said |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return said


def _parse(body: bytes) -> dict[str, object]:
    found = json.loads(body) if body else {}
    return found if isinstance(found, dict) else {}
