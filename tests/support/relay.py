"""A server in between, which passes on what is asked, remembers it, and fails on demand."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec


class Exchange(msgspec.Struct):
    """A request, and what was answered.

    Attributes:
        target: Path and query, as they were sent.
    """

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer: bytes
    answer_headers: dict[str, str] = {}

    @property
    def value(self) -> Any:
        return json.loads(self.answer)


class Fault(msgspec.Struct):
    """What goes wrong.

    Attributes:
        path: Where: a regular expression of the path.
        times: How often; -1: always.
        status: What is answered; 0: the connection is closed.
        keep: Whether the answer is the true one, with some headers taken out or put in.
    """

    path: str
    status: int = 500
    times: int = -1
    headers: Mapping[str, str] = {}
    body: bytes = b'{"message": "no"}'
    keep: bool = False


class Relay:
    """Stands in front of a server.

    Attributes:
        url: Its address, while it runs.
        faults: What goes wrong; the first that fits counts.
        exchanges: What was asked and answered, oldest first.
    """

    def __init__(self, upstream: str = "") -> None:
        self.upstream = upstream
        self.url = ""
        self.faults: list[Fault] = []
        self.exchanges: list[Exchange] = []

    @contextmanager
    def serve(self) -> Iterator["Relay"]:
        server = _Server(("127.0.0.1", 0), _Handler)
        server.relay = self
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        path = urlsplit(self.upstream).path
        self.url = f"http://127.0.0.1:{server.server_address[1]}{path}"
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    @property
    def origin(self) -> str:
        return self.url.removesuffix(urlsplit(self.upstream).path)

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Exchange:
        fault = self._find_fault(target)
        if fault is not None and not fault.keep:
            exchange = Exchange(method, target, headers, body, fault.status, fault.body)
            exchange.answer_headers = dict(fault.headers)
        else:
            exchange = self._pass_on(method, target, headers, body)
            if fault is not None:
                exchange.answer_headers |= fault.headers
        self.exchanges.append(exchange)
        return exchange

    def _find_fault(self, target: str) -> Fault | None:
        for fault in self.faults:
            if fault.times and re.search(fault.path, target):
                fault.times -= 1
                return fault
        return None

    def _pass_on(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Exchange:
        parts = urlsplit(self.upstream)
        address = f"{parts.scheme}://{parts.netloc}{target}"
        passed = {name: value for name, value in headers.items() if name.lower() != "host"}
        request = urllib.request.Request(address, body or None, passed, method=method)  # noqa: S310 - ours
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310
                status, found, data = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                status, found, data = refused.code, refused.headers, refused.read()
        kept = {
            name: value.replace(f"{parts.scheme}://{parts.netloc}", self.origin)
            for name, value in found.items()
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "server")
        }
        return Exchange(method, target, headers, body, status, data, kept)


class _Server(ThreadingHTTPServer):
    relay: Relay


class _Handler(BaseHTTPRequestHandler):
    timeout = 20

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        relay = cast("_Server", self.server).relay
        done = relay.answer(self.command, self.path, dict(self.headers.items()), body)
        if done.status == 0:
            self.close_connection = True
            return
        self.send_response_only(done.status)
        headers = {"Date": "Mon, 04 May 2026 09:00:00 GMT", **done.answer_headers}
        for name, value in {**headers, "Content-Length": str(len(done.answer))}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(done.answer)

    do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815 - http.server's names
