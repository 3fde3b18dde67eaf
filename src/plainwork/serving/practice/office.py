"""An office on the practice forge: everybody of a workspace, and a clone to work in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from plainwork.model.party import Agent, Person
from plainwork.model.snapshot import Snapshot
from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice.git import BareRepository, signed
from plainwork.serving.practice_forge import PracticeForge
from plainwork.storage.git_command import GitCommand

_DIRECTLY = ("-c", "http.proxy=", "-c", "credential.helper=")
"""The forge is on this computer, and asks for no secret."""


def make_office(
    folder: Path, snapshot: Snapshot, now: datetime, *, administrators: Collection[str]
) -> PracticeForge:
    """Make a forge for a workspace, with the account of everybody whom it names.

    All of them may write, those who have left, too: nobody took that away.

    Args:
        folder: Where it keeps its repositories.
        snapshot: The workspace; its settings name the repository.
        now: The server's time.
        administrators: Ids of people who may do everything there.
    """
    settings = snapshot.settings
    forge = PracticeForge(folder, settings.forge_repository, now)
    for party in snapshot.parties.values():
        account = party.accounts.get(settings.forge_kind)
        if account is None or account.id is None or not isinstance(party, Person | Agent):
            continue
        kind = "Bot" if isinstance(party, Agent) else "User"
        email = party.emails[0] if isinstance(party, Person) and party.emails else ""
        permission = "admin" if party.id in administrators else "write"
        found = Account(account.id, account.login, kind, party.name, email)
        forge.add_account(found, permission)
    return forge


class Desk:
    """A clone in which people commit at given instants, and push with Git over HTTP.

    Commits are made beside the working tree, which only changes when it is brought up to date.
    """

    def __init__(self, forge: PracticeForge, clone: Path) -> None:
        self._forge = forge
        self._git = GitCommand(clone)
        self._objects = BareRepository(clone)

    @property
    def tip(self) -> str:
        """The commit that is checked out."""
        return self._objects.find("HEAD")

    def push_files(
        self, login: str, branch: str, files: Mapping[str, bytes | None], message: str
    ) -> str:
        """Commit files, now, on what is checked out, and push that to a branch of the forge."""
        state = self._forge.state
        who = signed(state.account(login).signature, state.now)
        commit = self._objects.add_files(self.tip, files, who, f"{message}\n")
        self.push(login, branch, commit)
        return commit

    def push(self, login: str, branch: str, commit: str) -> None:
        """Push a commit to a branch of the forge."""
        url = self._forge.clone_url(login)
        self._git.run(*_DIRECTLY, "push", "--quiet", url, f"{commit}:refs/heads/{branch}")

    def update(self, login: str) -> None:
        """Bring the working tree up to what the forge's default branch has."""
        url, branch = self._forge.clone_url(login), self._forge.state.branch
        self._git.run(*_DIRECTLY, "pull", "--quiet", "--ff-only", "--no-tags", url, branch)
