"""A purchase on the practice forge: who does what, from the question to the merge and past it.

Only deeds are here. What the gate says to them is asked of the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from plainwork.model.snapshot import Snapshot
from plainwork.serving.practice.accounts import ACTIONS, ACTIONS_BOT
from plainwork.serving.practice.merging import ForgeRefusalError
from plainwork.serving.practice.office import Desk, make_office
from plainwork.serving.practice.state import Protection, RequiredCheck

FORK_LIFT = "nl-8r5tw"
ADMINISTRATORS = ("greta", "finn")
CHECK = "plainwork"

_BRANCH = "main"
_TOPIC = "order-the-fork-lift"
_STEP = timedelta(minutes=20)

Files = Mapping[str, bytes | None]


class PurchaseStory:
    """The deeds, in the order in which they are told.

    Attributes:
        forge: Where they happen.
        pull: The number of the pull request, once it is open.
    """

    def __init__(self, folder: Path, clone: Path, snapshot: Snapshot, now: datetime) -> None:
        self.forge = make_office(folder, snapshot, now, administrators=ADMINISTRATORS)
        self._logins = {
            party.id: party.accounts[snapshot.settings.forge_kind].login
            for party in snapshot.parties.values()
            if snapshot.settings.forge_kind in party.accounts
        }
        self._desk = Desk(self.forge, clone)
        self.pull = 0

    @property
    def tip(self) -> str:
        """The commit that the clone has checked out."""
        return self._desk.tip

    def begin(self) -> str:
        """Push the workspace, protect it, and return a token for the gate; the forge is served."""
        self._desk.push(self._login("greta"), _BRANCH, self.tip)
        required = RequiredCheck(CHECK, ACTIONS.id)
        self.forge.protect(_BRANCH, Protection(checks=(required,)))
        return self.forge.issue_token(ACTIONS_BOT.login, ACTIONS)

    def ask(self, files: Files) -> None:
        """Piet asks to order it: he pushes a branch and opens a pull request."""
        piet, title = self._login("piet"), "Order the fork-lift"
        self._desk.push_files(piet, _TOPIC, files, title)
        self.pull = self.forge.open_pull(piet, _TOPIC, title)
        self._wait()

    def approve(self, *people: str, text: str = "") -> None:
        """Approve the pull request, one after the other."""
        for person in people:
            self.forge.approve(self.pull, self._login(person), text)
        self._wait()

    def push_directly(self, files: Files) -> str:
        """Finn changes the amount on the default branch, past all rules; return the commit."""
        finn = self._login("finn")
        commit = self._desk.push_files(finn, _BRANCH, files, "The dealer wants more")
        self._wait()
        return commit

    def rebase(self) -> bool:
        """Piet rebases his branch; return whether the patch and all reviews seem the same."""
        pull = self.forge.pull(self.pull)
        git, old, base = self.forge.git, pull.head, pull.base_commit
        self.forge.update_branch(self.pull, self._login("piet"), "rebase")
        self._wait()
        same = git.patch_id(base, old) == git.patch_id(pull.base_commit, pull.head)
        return same and all(review.commit == pull.head for review in pull.reviews)

    def merge(self, person: str) -> tuple[str, str]:
        """Merge with the head as guard; return the commit, or ``""`` and why the forge refuses."""
        head = self.forge.pull(self.pull).head
        try:
            commit = self.forge.merge(self.pull, self._login(person), sha=head)
        except ForgeRefusalError as refusal:
            return "", str(refusal)
        self._wait()
        return commit, ""

    def update_clone(self) -> None:
        """Bring the clone up to what was merged."""
        self._desk.update(self._login("greta"))

    def _login(self, person: str) -> str:
        return self._logins[person]

    def _wait(self) -> None:
        self.forge.set_time(self.forge.state.now + _STEP)
