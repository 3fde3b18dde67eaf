"""Who uses the practice forge: accounts and apps, with GitHub's words for them."""

from __future__ import annotations

import msgspec

_REPLY_ADDRESS = "users.noreply.github.com"
GITHUB_ACTIONS = 15368
"""The number of the app that runs GitHub's own workflows."""


class Account(msgspec.Struct, frozen=True):
    """An account.

    Attributes:
        id: GitHub's number: the identity.
        login: The name, which may change and be taken by another account.
        type: ``User``, ``Bot``, ``Organization`` or ``Mannequin``.
        name: What commits made on the forge's pages say; the login, if empty.
        email: The same; the forge's own reply address, if empty.
    """

    id: int
    login: str
    type: str = "User"
    name: str = ""
    email: str = ""

    @property
    def signature(self) -> tuple[str, str]:
        """Return name and e-mail address, as commits made on the forge's pages bear them."""
        address = self.email or f"{self.id}+{self.login}@{_REPLY_ADDRESS}"
        return self.name or self.login, address


class App(msgspec.Struct, frozen=True):
    """An app that reports checks."""

    id: int
    slug: str
    name: str


WEB_FLOW = Account(19864447, "web-flow", name="GitHub", email="noreply@github.com")
"""The committer of what is merged, and of what is edited, on the forge's pages."""

GHOST = Account(10137, "ghost")
"""Stands where an account must be named that was deleted."""

QUEUE = Account(118344674, "github-merge-queue[bot]", "Bot")
ACTIONS = App(GITHUB_ACTIONS, "github-actions", "GitHub Actions")
ACTIONS_BOT = Account(41898282, "github-actions[bot]", "Bot")
BUILT_IN = (WEB_FLOW, QUEUE, ACTIONS_BOT)
