"""A live site over HTTP, on the loopback only.

Other sites that are open in the same browser can reach the loopback, too. A name of theirs that
leads here is refused by its ``Host`` (DNS rebinding), a request that one of their pages makes by
its ``Origin``, and what they would embed, a browser keeps from them
(``Cross-Origin-Resource-Policy``).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from socketserver import TCPServer
from threading import BoundedSemaphore, Thread
from typing import Any, cast
from urllib.parse import parse_qs, unquote

import msgspec

from plainwork.errors import UsageError
from plainwork.serving.preview.live_page import EVENTS, SCRIPT, STYLE, make_live, render_missing
from plainwork.serving.preview.live_site import LiveSite, Notice
from plainwork.site.address import HOME

_LOOPBACK = "127.0.0.1"
_HOST = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
_MOST_CONNECTIONS = 64
_PATIENCE = 20
"""Seconds that a silent client is waited for, so that no thread stays behind."""

_HEARTBEAT = 10.0
"""Seconds after which a page that listens is sent something, to see whether it is still there."""

_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
}
_ALWAYS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"


class SiteServer(ThreadingHTTPServer):
    """Serves a live site; the port is taken from the beginning, so that nobody waits in vain.

    Args:
        live: The site.
        own: The folder with the script and the style that pages are given.
        port: 0: any that is free.

    Raises:
        UsageError: If the port cannot be had.
    """

    daemon_threads = True
    request_queue_size = _MOST_CONNECTIONS

    def __init__(self, live: LiveSite, own: Path, port: int) -> None:
        self.live = live
        self.own = {address: own / address.rpartition("/")[2] for address in (SCRIPT, STYLE)}
        self._free = BoundedSemaphore(_MOST_CONNECTIONS)
        try:
            super().__init__((_LOOPBACK, port), _Exchange)
        except OSError as error:
            message = (
                f"port {port}: {error.strerror}; choose another with --port, or --port 0 for any"
                " that is free"
            )
            raise UsageError(message) from error

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://{_LOOPBACK}:{self.server_port}/"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer for as long as the context lasts."""
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.live.close()
            self.shutdown()
            thread.join()

    def server_bind(self) -> None:
        """Take the port, without asking anybody what this machine is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _LOOPBACK, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, as long as there are not too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self._refuse(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer everything that comes over one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless it is only that a browser has gone."""
        error = sys.exception()
        if not isinstance(error, OSError):
            sys.stderr.write(f"plainwork: internal error ({type(error).__name__}: {error})\n")

    def _refuse(self, request: socket) -> None:
        with suppress(OSError):  # whoever it was may have gone
            request.sendall(_BUSY)
        self.shutdown_request(request)


class _Exchange(BaseHTTPRequestHandler):
    """What comes over one connection, and the answers."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(code)d %(message)s\n"

    @property
    def _server(self) -> SiteServer:
        return cast("SiteServer", self.server)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: the terminal belongs to the command."""

    def version_string(self) -> str:
        """Return what the server is called."""
        return "plainwork"

    def do_GET(self) -> None:
        """Answer with a file of the site, or with what happens to a page."""
        if not self._is_asked_from_here():
            message = "this server answers pages of its own only, as localhost or 127.0.0.1\n"
            self._send(403, "txt", message.encode())
            return
        path, _, query = self.path.partition("?")
        address = unquote(path).removeprefix("/")
        if address == EVENTS:
            self._send_events(query)
        elif address in self._server.own:
            self._send(200, address.rpartition(".")[2], self._server.own[address].read_bytes())
        else:
            self._send_file(address or HOME)

    do_HEAD = do_GET  # noqa: N815 - the base's name

    def _is_asked_from_here(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            return False
        origins = self.headers.get_all("Origin", [])
        return all(origin.lower() == f"http://{hosts[0].lower()}" for origin in origins)

    def _send_file(self, address: str) -> None:
        data = self._server.live.read(address)
        kind = address.rpartition(".")[2]
        if data is None or kind not in _TYPES:
            self._send(404, "html", render_missing(address))
        else:
            self._send(200, kind, make_live(data, address) if kind == "html" else data)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self._send_headers({"Content-Type": _TYPES[kind], "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_headers(self, headers: dict[str, str]) -> None:
        for name, value in {**_ALWAYS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_events(self, query: str) -> None:
        """Tell a page what happens to it, until it has to be loaded again (server-sent events)."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        address = asked.get("page", "")
        self.close_connection = True
        self.send_response(200)
        self._send_headers({"Content-Type": "text/event-stream", "Connection": "close"})
        if self.command == "HEAD":
            return
        live = self._server.live
        with live.opened(address):
            said: Notice | None = None
            seen = live.wait(-1, 0)
            while seen is not None:
                if live.identify(address) != asked.get("version", ""):
                    self.wfile.write(_format_event("reload", b"{}"))
                    return
                notice = live.notice
                event = b"" if notice == said else msgspec.json.encode(said := notice)
                self.wfile.write(_format_event("notice", event) if event else b":\n\n")
                seen = live.wait(seen, _HEARTBEAT)


def _format_event(name: str, data: bytes) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)
