"""Opening addresses of one host: it is followed nowhere else, and can be cut off.

Part of :mod:`plainwork.forge.http`, and imported when something is sent.
"""

from __future__ import annotations

import http.client
import socket
import urllib.request
from contextlib import suppress
from typing import Any

from plainwork.errors import ForgeUnavailableError, UsageError
from plainwork.forge.address import read_origin


class HostOpener:
    """Opens addresses of one host.

    Args:
        origin: Scheme, host and port.
    """

    def __init__(self, origin: str) -> None:
        self._sockets: list[socket.socket] = []
        handlers: list[Any] = [_SameHost(origin), _Plain(self._sockets), _Secure(self._sockets)]
        if origin.startswith("http:"):
            handlers.append(urllib.request.ProxyHandler({}))  # this machine needs none
        self._opener = urllib.request.build_opener(*handlers)

    def open(self, request: urllib.request.Request, timeout: float) -> Any:
        """Send a request; return the response, of which the body is not read yet.

        Raises:
            ForgeUnavailableError: If it leads to another host.
            OSError, http.client.HTTPException: If there is no response.
        """
        self._sockets.clear()
        return self._opener.open(request, timeout=timeout)

    def cut(self) -> None:
        """End the connections: whoever reads from one reads no more."""
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class _SameHost(urllib.request.HTTPRedirectHandler):
    def __init__(self, origin: str) -> None:
        self._origin = origin

    def redirect_request(  # noqa: PLR0917 - as the base class has it
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        try:
            elsewhere = read_origin(newurl)
        except UsageError:
            elsewhere = "an address that is none"
        if elsewhere != self._origin:
            message = f"{self._origin} leads to {elsewhere}, which gets no token: refused"
            raise ForgeUnavailableError(message)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._sockets = sockets

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_keeping(http.client.HTTPConnection, self._sockets), req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._sockets = sockets

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_keeping(http.client.HTTPSConnection, self._sockets), req)


def _keeping(kind: type[http.client.HTTPConnection], sockets: list[socket.socket]) -> Any:
    """Return a kind of connection whose sockets are kept, so that they can be shut."""

    class Kept(kind):  # type: ignore[valid-type,misc]
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    return Kept
