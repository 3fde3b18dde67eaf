"""A workspace on the practice forge, whose gate is asked as its users ask it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plainwork.cli.app import run
from plainwork.forge import http
from plainwork.forge.limits import Limits
from plainwork.serving.practice.accounts import ACTIONS, ACTIONS_BOT, Account
from plainwork.serving.practice_forge import PracticeForge
from support.archive import unpack
from support.git import run_git

START = datetime(2026, 6, 1, 8, tzinfo=UTC)
STEP = timedelta(minutes=10)
PEOPLE = {"ada": 11, "bob": 12, "cleo": 13, "dee": 14, "nils": 15}

FILES = """\
-- plainwork.toml --
[workspace]
name = "Acme"
timezone = "Europe/Berlin"

[forge]
kind = "github"
repository = "acme/work"
-- workflows/purchase.md --
---
title: Purchase
kind: item
owner: ada
fields:
  amount: {type: money, approvals: [{by: cleo}]}
states:
  review: {category: waiting}
  ordered: {category: active}
  received: {category: done}
transitions:
  approve:
    from: review
    to: ordered
    approvals: [{by: board, count: 2}]
  receive: {from: ordered, to: received}
---
-- policies/everyday.md --
---
title: Everyday changes need nobody
owner: ada
applies_to: {kinds: [item, record], fields: [created, title, body, labels, amount]}
approvals: []
---
-- policies/default.md --
---
title: Whoever is accountable agrees
owner: ada
default: true
approvals: [{by: owner, author: true}]
---
-- policies/governance.md --
---
title: The rules change with consent
owner: ada
applies_to: {paths: [plainwork.toml, "workflows/**", "policies/**", "people/**", "teams/**"]}
approvals: [{by: ada}]
---
-- teams/board.md --
---
name: Board
lead: ada
members: [cleo, dee, nils]
---
-- work/w-lathe.md --
---
title: A lathe
workflow: purchase
status: review
owner: bob
amount: 8000
---
Because the old one is worn out.
-- work/w-glue.md --
---
title: Glue
workflow: purchase
status: review
owner: bob
amount: 10
---
"""


def workspace_files() -> dict[str, str]:
    """Return the files of the workspace, people included."""
    people = {
        f"people/{id_}.md": (
            f"---\nname: {id_.capitalize()}\nemails: [{id_}@acme.example]\n"
            f"accounts:\n  github: {{login: {id_}, id: {number}}}\n"
            f"{'until: 2026-03-31' + chr(10) if id_ == 'nils' else ''}---\n"
        )
        for id_, number in PEOPLE.items()
    }
    return {**unpack(FILES), **people}


class Gated:
    """A workspace, its forge and a clone of it.

    Attributes:
        forge: Where pull requests are.
        clone: A clone of its default branch, as a CI job has it.
        work: The text of ``work/w-lathe.md``.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.forge = PracticeForge(folder / "forge", "acme/work", START)
        for id_, number in PEOPLE.items():
            account = Account(number, id_, name=id_.capitalize(), email=f"{id_}@acme.example")
            self.forge.add_account(account, "admin" if id_ == "ada" else "write")
        self.files = workspace_files()
        self.forge.commit("ada", "main", _encoded(self.files), "Begin")
        self.clone = folder / "clone"
        self._patch = patch

    def open(self, address: str) -> None:
        """Clone the default branch, and let this process be what a CI job of it is."""
        run_git(
            "clone", "--quiet", self.forge.clone_url("ada"), str(self.clone), cwd=self.forge.folder
        )
        self._patch.setenv("GITHUB_API_URL", address)
        self._patch.setenv("PLAINWORK_TOKEN", self.forge.issue_token(ACTIONS_BOT.login, ACTIONS))
        self._patch.chdir(self.clone)

    def text(self, path: str = "work/w-lathe.md", **changed: str) -> str:
        """Return a file of the workspace, with other values of some fields."""
        lines = self.files[path].splitlines(keepends=True)
        return "".join(
            f"{name}: {changed[name]}\n" if (name := line.partition(":")[0]) in changed else line
            for line in lines
        )

    def propose(self, files: Mapping[str, str], *, by: str = "bob", branch: str = "topic") -> int:
        """Open a pull request."""
        self.wait()
        self.forge.commit(by, branch, _encoded(files), "Change it")
        number = self.forge.open_pull(by, branch, "Change it")
        self.wait()
        return number

    def order(self) -> int:
        """Open the pull request that orders the lathe; two of the board must agree."""
        return self.propose({"work/w-lathe.md": self.text(status="ordered")})

    def approve(self, number: int, *people: str, text: str = "") -> None:
        """Approve a pull request, one after the other."""
        for person in people:
            self.forge.approve(number, person, text)
            self.wait()

    def wait(self) -> None:
        """Let ten minutes pass on the forge."""
        self.forge.set_time(self.forge.state.now + STEP)

    def checks(self, number: int) -> list[dict[str, Any]]:
        """Return what was said in each check of a pull request's head."""
        head = self.forge.pull(number).head
        return [each.said for each in self.forge.state.runs if each.commit == head]


def gate(*arguments: str) -> int:
    """Run ``plainwork gate``."""
    return run(["gate", *arguments])


def _encoded(files: Mapping[str, str]) -> dict[str, bytes | None]:
    return {path: text.encode() for path, text in files.items()}


def lose_forge(patch: pytest.MonkeyPatch) -> None:
    """Let nobody be there where GitHub is, and let it be tried again without a pause."""
    patch.setenv("GITHUB_API_URL", "http://127.0.0.1:9/")
    patch.setattr(http, "Limits", partial(Limits, pause=0))
