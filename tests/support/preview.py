"""A site that is served by a real process, and what a browser would ask it."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from html import unescape
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any, NamedTuple, Self

import plainwork
from support.interrupts import STARTING

PATIENCE = 60
"""Seconds after which a test fails that waits for something; it never waits that long."""

SOURCE = Path(plainwork.__file__).parents[1]
ENVIRONMENT = {"PYTHONPATH": str(SOURCE)}
"""For commands: they are those of the code that is tested."""

_EVENTS = re.compile(r'data-events="([^"]*)"')


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Listener:
    """A page that is open in a browser: it is told what happens to it."""

    def __init__(self, port: int, events: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", events)
        self._response = self._connection.getresponse()
        assert self._response.status == 200
        assert self._response.headers["Content-Type"] == "text/event-stream"

    def next(self) -> tuple[str, Any]:
        """Return the next event and its data; ``("", None)``: the server has ended."""
        name = ""
        while line := self._response.fp.readline().decode():
            if line.startswith("event: "):
                name = line[7:].strip()
            elif line.startswith("data: "):
                return name, json.loads(line[6:])
        return "", None

    def wait_for(self, name: str) -> Any:
        """Return the data of the next event of a name."""
        while True:
            found, data = self.next()
            assert found, f"the server ended before it told of {name}"
            if found == name:
                return data

    def close(self) -> None:
        self._response.close()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ServedSite:
    """The site of a workspace, served by ``plainwork site serve``.

    Attributes:
        root: The workspace.
        port: Where it is served, on the loopback.
    """

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root = root
        self._process = process
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @cached_property
    def port(self) -> int:
        first = self.wait_for_line("shows the site")
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
        assert found, first
        return int(found[1])

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._lines.put(line)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def wait_for_line(self, words: str) -> str:
        """Return the next line on the terminal that has some words in it."""
        seen: list[str] = []
        try:
            while words not in (line := self._lines.get(timeout=PATIENCE)):
                seen.append(line)
        except Empty:
            message = f"no line with `{words}`, but {seen}"
            raise AssertionError(message) from None
        return line

    def lines_so_far(self) -> list[str]:
        """Return what the terminal shows that was not asked for yet."""
        return [self._lines.get() for _ in range(self._lines.qsize())]

    def ask(
        self, path: str = "/", headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Answer:
        """Send a request as it is: nothing in the path is made simpler."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, dict(response.headers), response.read())
        finally:
            connection.close()

    def open(self, path: str) -> Listener:
        """Open a page as a browser does: load it, and then listen."""
        found = _EVENTS.search(self.ask(path).text)
        assert found, path
        return Listener(self.port, unescape(found[1]))

    def save(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(timeout=PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def kill(self) -> None:
        """End it at once; what it said is read to the end before anybody closes the pipe."""
        self._process.kill()
        self._reader.join(PATIENCE)


@contextmanager
def serve_site(root: Path, *options: str) -> Iterator[ServedSite]:
    """Serve the site of a workspace on a free port, until the context ends."""
    command = [sys.executable, "-c", STARTING, "-C", str(root), "site", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, **ENVIRONMENT},
    ) as process:
        served = ServedSite(root, process)
        try:
            assert served.port
            yield served
        finally:
            served.kill()
