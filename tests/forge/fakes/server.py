"""Serving a world over HTTP, with the faults of a relay and without anything behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from forge.fakes.world import World
from support.relay import Exchange, Relay


class Asked(msgspec.Struct):
    named: dict[str, str]
    query: dict[str, str]
    said: Any = None


class Reply(msgspec.Struct):
    value: Any
    status: int = 200
    headers: Mapping[str, str] = {}


Route = tuple[str, str, Callable[[Asked], Reply]]
MISSING = Reply({"message": "404 Not found"}, 404)


class WorldServer(Relay):
    """A forge of its own.

    Attributes:
        world: Its state.
        root: The path of its API.
        kind: As plainwork calls it.
    """

    root = ""
    kind = ""

    def __init__(self, world: World) -> None:
        super().__init__(f"http://nowhere{self.root}")
        self.world = world

    def routes(self) -> Sequence[Route]:
        """Return method, path with ``{names}``, and what answers."""
        raise NotImplementedError

    def _pass_on(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Exchange:
        parts = urlsplit(target)
        reply = MISSING
        for its_method, path, answer in self.routes():
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", f"{self.root}{path}")
            found = re.fullmatch(pattern, parts.path)
            if found and method == its_method:
                named = {name: unquote(value) for name, value in found.groupdict().items()}
                said = json.loads(body) if body else None
                try:
                    reply = answer(Asked(named, dict(parse_qsl(parts.query)), said))
                except KeyError:
                    reply = MISSING
                break
        data = json.dumps(reply.value).encode()
        sent = {"Date": format_datetime(self.world.now, usegmt=True), **reply.headers}
        return Exchange(method, target, headers, body, reply.status, data, sent)
