"""What happens on a forge, whichever it is: pull requests, pushes and reviews, each at its time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count

import msgspec

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
REPOSITORY = "acme/operations"
BASE = hashlib.sha1(b"base", usedforsecurity=False).hexdigest()


class Account(msgspec.Struct):
    id: int
    login: str
    bot: bool = False
    deleted: bool = False
    writes: bool = True


class Move(msgspec.Struct):
    """A push; ``commits`` are new with it, the last of them is the head."""

    before: str
    commits: list[str]
    at: datetime
    by: Account
    forced: bool = False

    @property
    def head(self) -> str:
        return self.commits[-1]


class Statement(msgspec.Struct):
    """A review in no forge's words: ``approve``, ``reject``, ``comment`` or ``withdraw``."""

    id: int
    kind: str
    by: Account
    at: datetime
    body: str
    commit: str
    dismissed_at: datetime | None = None
    dismissed_by: Account | None = None
    edited_at: datetime | None = None


class Pull(msgspec.Struct):
    number: int
    author: Account
    at: datetime
    draft: bool
    moves: list[Move]
    statements: list[Statement] = []
    turns: list[tuple[datetime, bool, Account]] = []
    merged_at: datetime | None = None

    @property
    def head(self) -> str:
        return self.moves[-1].head


class World:
    """The state of a small forge, and what people do to it."""

    def __init__(self) -> None:
        self.now = START
        self.pulls: dict[int, Pull] = {}
        self.accounts: dict[str, Account] = {}
        self.statuses: list[tuple[str, dict[str, str]]] = []
        self._ids = count(1001)
        for number, login in enumerate(("ada", "bob", "cleo", "dee"), 11):
            self.add_account(number, login)
        self.add_account(20, "eve", writes=False)
        self.add_account(30, "robot", bot=True)

    def add_account(
        self, number: int, login: str, *, bot: bool = False, writes: bool = True
    ) -> None:
        self.accounts[login] = Account(number, login, bot, writes=writes)

    def wait(self, hours: int = 1) -> datetime:
        """Let time pass; return the time."""
        self.now += timedelta(hours=hours)
        return self.now

    def open_pull(self, by: str = "ada", *, draft: bool = False, head: str = "") -> str:
        number = len(self.pulls) + 1
        account = self.accounts[by]
        first = Move(BASE, [head or self._commit()], self.now, account)
        self.pulls[number] = Pull(number, account, self.now, draft, [first])
        return str(number)

    def push(self, pull: str, by: str = "ada", *, forced: bool = False) -> str:
        """Push a new commit; return the head."""
        found = self.pulls[int(pull)]
        move = Move(found.head, [self._commit()], self.now, self.accounts[by], forced)
        found.moves.append(move)
        return move.head

    def review(self, pull: str, by: str, kind: str, body: str = "") -> int:
        found, number = self.pulls[int(pull)], next(self._ids)
        found.statements.append(
            Statement(number, kind, self.accounts[by], self.now, body, found.head)
        )
        return number

    def dismiss(self, pull: str, review: int, by: str) -> None:
        for each in self.pulls[int(pull)].statements:
            if each.id == review:
                each.dismissed_at, each.dismissed_by = self.now, self.accounts[by]

    def edit(self, pull: str, review: int, body: str) -> None:
        for each in self.pulls[int(pull)].statements:
            if each.id == review:
                each.body, each.edited_at = body, self.now

    def set_draft(self, pull: str, *, draft: bool) -> None:
        found = self.pulls[int(pull)]
        found.draft = draft
        found.turns.append((self.now, draft, found.author))

    def merge(self, pull: str) -> None:
        self.pulls[int(pull)].merged_at = self.now

    def delete_account(self, login: str) -> None:
        self.accounts[login].deleted = True

    def head(self, pull: str) -> str:
        return self.pulls[int(pull)].head

    def published(self) -> list[str]:
        """Return the states that were reported, oldest first."""
        return [said["state"] for _, said in self.statuses]

    def _commit(self) -> str:
        return hashlib.sha1(str(next(self._ids)).encode(), usedforsecurity=False).hexdigest()
