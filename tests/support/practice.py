"""A practice forge with a few accounts and one file, and asking it over HTTP."""

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice_forge import PracticeForge

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
HERE = "/repos/acme/operations"
LINES = [f"line {number}\n" for number in range(1, 21)]


def lines(**changed: str) -> bytes:
    """Return the text of twenty lines, some changed: ``lines(_3="third")``."""
    found = list(LINES)
    for name, text in changed.items():
        found[int(name.removeprefix("_")) - 1] = f"{text}\n"
    return "".join(found).encode()


def make_forge(folder: Path) -> PracticeForge:
    """Make a forge: Ada administers, Bob and Cleo write, Eve is a stranger."""
    forge = PracticeForge(folder / "forge", "acme/operations", START)
    forge.add_account(Account(11, "ada", name="Ada", email="ada@example.org"), "admin")
    forge.add_account(Account(12, "bob", name="Bob", email="bob@example.org"), "write")
    forge.add_account(Account(13, "cleo", name="Cleo", email="cleo@example.org"), "write")
    forge.add_account(Account(14, "eve"))
    forge.add_account(Account(15, "helper[bot]", "Bot"))
    forge.commit("ada", "main", {"a.txt": lines()}, "Start")
    return forge


def open_topic(forge: PracticeForge) -> int:
    """Let Bob ask for a change of the last line."""
    forge.commit("bob", "topic", {"a.txt": lines(_20="last")}, "Call it last")
    return forge.open_pull("bob", "topic", "Call it last")


class Reply:
    """Status, headers and value of an answer."""

    def __init__(self, status: int, headers: dict[str, str], value: Any) -> None:
        self.status, self.headers, self.value = status, headers, value


def ask(api: str, path: str, token: str = "", method: str = "GET", said: object = None) -> Reply:
    """Ask the REST interface."""
    data = None if said is None else json.dumps(said).encode()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(api + path, data, headers, method=method)  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return Reply(answer.status, dict(answer.headers), json.loads(answer.read() or b"null"))
    except urllib.error.HTTPError as refused:
        with refused:
            return Reply(refused.code, dict(refused.headers), json.loads(refused.read()))
