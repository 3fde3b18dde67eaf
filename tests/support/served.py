"""A small workspace on a practice forge, and what is decided about its pull requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plainwork.forge.clone import clone_address
from plainwork.forge.connect import open_forge
from plainwork.forge.place import Place
from plainwork.model.decision import Decision
from plainwork.serving.deciding import fetch_and_decide
from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice_forge import PracticeForge
from plainwork.storage.fetched_objects import Remote
from support.archive import unpack
from support.git import run_git
from support.practice import START

WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Served"
timezone = "UTC"
currency = "EUR"
default_workflow = "purchase"

[ids]
prefix = "ws"

[forge]
kind = "github"
repository = "acme/operations"
-- people/ada.md --
---
name: Ada
emails: [ada@example.org]
accounts:
  github: {login: ada, id: 11}
---
-- people/bob.md --
---
name: Bob
emails: [bob@example.org]
accounts:
  github: {login: bob, id: 12}
---
-- people/cleo.md --
---
name: Cleo
emails: [cleo@example.org]
accounts:
  github: {login: cleo, id: 13}
---
-- teams/board.md --
---
name: Board
lead: ada
members: [cleo]
---
-- workflows/purchase.md --
---
title: Purchase
owner: ada
fields:
  amount: {type: money, approvals: [{by: board}]}
  vendor: {type: text}
states:
  review: {category: waiting}
  ordering: {category: active}
  received: {category: done}
transitions:
  approve: {from: review, to: ordering, approvals: [{by: board}]}
  receive: {from: ordering, to: received}
---
-- policies/default.md --
---
title: Whoever is accountable agrees
owner: board
default: true
approvals: [{by: owner, author: true}]
---
-- work/lathe.md --
---
title: A lathe
workflow: purchase
status: review
owner: bob
requester: bob
assignees: [bob]
labels: [machine]
vendor: Hubwerk
amount: 8000
---
It turns.
-- work/drill.md --
---
title: A drill
workflow: purchase
status: review
owner: bob
vendor: Hubwerk
amount: 900
---
It drills.
"""
FILES = unpack(WORKSPACE)
LATHE, DRILL = "work/lathe.md", "work/drill.md"
_PEOPLE = ((11, "ada", "admin"), (12, "bob", "write"), (13, "cleo", "write"))


def change(path: str, *edits: tuple[str, str]) -> dict[str, bytes | None]:
    """Return a file of the workspace with passages replaced, each of which must be there."""
    text = FILES[path]
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return {path: text.encode()}


class Served:
    """A forge, a clone of its repository, and decisions."""

    def __init__(self, forge: PracticeForge, clone: Path, api: str) -> None:
        self.forge, self.clone = forge, clone
        place = Place("github", api, forge.state.name)
        token = forge.issue_token("github-actions[bot]")
        self.adapter = open_forge(place, {"PLAINWORK_TOKEN": token})
        self.remote = Remote(clone_address(place))

    def decide(self, number: int) -> Decision:
        """Decide a pull request as `plainwork gate --pull` does."""
        evidence = self.adapter.fetch_evidence(str(number))
        (decision,) = fetch_and_decide(self.clone, self.remote, evidence).decisions
        return decision

    def push(self, login: str, branch: str, commit: str) -> None:
        """Push a commit of the clone with Git over HTTP."""
        url = self.forge.clone_url(login)
        run_git("push", "--quiet", "--force", url, f"{commit}:refs/heads/{branch}", cwd=self.clone)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve the workspace: Ada (who administers) and Cleo are the board, Bob buys."""
    forge = PracticeForge(folder / "forge", "acme/operations", START)
    for number, login, permission in _PEOPLE:
        email = f"{login}@example.org"
        forge.add_account(Account(number, login, name=login.title(), email=email), permission)
    forge.commit("ada", "main", {path: text.encode() for path, text in FILES.items()}, "Start")
    with forge.serve() as api:
        clone = folder / "clone"
        run_git("clone", "--quiet", forge.clone_url("bob"), str(clone), cwd=folder)
        yield Served(forge, clone, api)


def not_counted(decision: Decision) -> set[tuple[str, str, str]]:
    """Return document, person and reason of every approval that does not count."""
    return {
        (document.id, each.who, each.reason.value)
        for document in decision.documents
        for need in document.requirements
        for each in need.not_counted
    }


def given(decision: Decision) -> set[tuple[str, str]]:
    """Return document and person of every approval that counts."""
    return {
        (document.id, each.person)
        for document in decision.documents
        for need in document.requirements
        for each in need.given
    }
