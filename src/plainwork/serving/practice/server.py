"""The practice forge over HTTP, on the loopback only: REST beside Git."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, unquote, urlsplit

from plainwork.serving.practice.git_server import GitRequest, run_git_server
from plainwork.serving.practice.requests import Request
from plainwork.serving.practice.routes import answer_request

if TYPE_CHECKING:
    from plainwork.serving.practice_forge import PracticeForge

_API = "/api/"
_PATIENCE = 20
"""Seconds that a silent client is waited for, so that no thread stays behind."""


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
        parts = urlsplit(self.path)
        body = self._read_body()
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        request = GitRequest(
            method=self.command,
            path=parts.path,
            query=parts.query,
            kind=self.headers.get("Content-Type", ""),
            protocol=self.headers.get("Git-Protocol", ""),
            login=_read_login(self.headers.get("Authorization", "")),
            body=body,
        )
        with self._forge.lock:
            answer = run_git_server(self._forge, request)
        self._send(answer.status, answer.headers, answer.body)


def _read_login(authorization: str) -> str:
    """Return whom Git names; nobody has a password here."""
    kind, _, secret = authorization.partition(" ")
    if kind.lower() != "basic":
        return ""
    return base64.b64decode(secret).decode().partition(":")[0]


def _parse(body: bytes) -> dict[str, object]:
    found = json.loads(body) if body else {}
    return found if isinstance(found, dict) else {}
