"""The practice forge, with the verbs of the other fakes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from forge.fakes.world import REPOSITORY, START
from plainwork.serving.practice.accounts import ACTIONS, ACTIONS_BOT, Account
from plainwork.serving.practice_forge import PracticeForge
from support.relay import Relay

_STATES = {"approve": "APPROVED", "reject": "CHANGES_REQUESTED", "comment": "COMMENTED"}


class GitHubWorld:
    """The state of the practice forge, and what people do to it."""

    def __init__(self, folder: Path) -> None:
        self.practice = PracticeForge(folder, REPOSITORY, START)
        for number, login in enumerate(("ada", "bob", "cleo", "dee"), 11):
            self.add_account(number, login)
        self.add_account(20, "eve", writes=False)
        self.add_account(30, "robot", bot=True)
        self.practice.commit("ada", "main", {"a.txt": b"0\n"}, "Start")
        self.token = self.practice.issue_token(ACTIONS_BOT.login, ACTIONS)
        self._pushes = 0

    @contextmanager
    def serve(self) -> Iterator[Relay]:
        with self.practice.serve() as address, Relay(address).serve() as relay:
            yield relay

    def add_account(
        self, number: int, login: str, *, bot: bool = False, writes: bool = True
    ) -> None:
        account = Account(number, login, "Bot" if bot else "User")
        self.practice.add_account(account, "write" if writes else "")

    def wait(self, hours: int = 1) -> datetime:
        now = self.practice.state.now + timedelta(hours=hours)
        self.practice.set_time(now)
        return now

    def open_pull(self, by: str = "ada", *, draft: bool = False, head: str = "") -> str:
        branch = f"topic-{len(self.practice.state.pulls)}"
        if head:
            self.practice.push(by, branch, head)
        else:
            self._commit(by, branch)
        return str(self.practice.open_pull(by, branch, "Change it", draft=draft))

    def push(self, pull: str, by: str = "ada", *, forced: bool = False) -> str:
        branch = self.practice.pull(int(pull)).branch
        return self._commit(by, branch, start="refs/heads/main" if forced else "")

    def review(self, pull: str, by: str, kind: str, body: str = "") -> int:
        return self.practice.review(int(pull), by, _STATES[kind], body)

    def dismiss(self, pull: str, review: int, by: str) -> None:
        self.practice.dismiss(int(pull), review, by)

    def edit(self, pull: str, review: int, body: str) -> None:
        self.practice.edit_review(int(pull), review, body)

    def set_draft(self, pull: str, *, draft: bool) -> None:
        self.practice.set_draft(int(pull), "ada", draft=draft)

    def merge(self, pull: str) -> None:
        self.practice.merge(int(pull), "ada", "merge")

    def delete_account(self, login: str) -> None:
        self.practice.delete_account(login)

    def head(self, pull: str) -> str:
        return self.practice.pull(int(pull)).head

    def published(self) -> list[str]:
        said = [run.said for run in self.practice.state.runs]
        return [str(each.get("conclusion") or each["status"]) for each in said]

    def _commit(self, by: str, branch: str, start: str = "") -> str:
        self._pushes += 1
        files = {"a.txt": f"{self._pushes}\n".encode()}
        return self.practice.commit(by, branch, files, f"Push {self._pushes}", start=start)
