"""A request on its way: to whom it is put, by whom, and what its path names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from plainwork.serving.practice import merging
from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice.answers.links import Links
from plainwork.serving.practice.requests import Answer, Request, page
from plainwork.serving.practice.state import Pull, State, Token

if TYPE_CHECKING:
    from plainwork.serving.practice.git import BareRepository
    from plainwork.serving.practice_forge import PracticeForge


class Call(msgspec.Struct, frozen=True):
    """One request.

    Attributes:
        forge: Whom it is put to.
        repository: The repository that its path names: the forge's, or a fork.
        named: What else its path names.
        token: Who asks, if anybody says so.
    """

    forge: PracticeForge
    request: Request
    repository: str
    named: dict[str, str]
    token: Token | None

    @property
    def state(self) -> State:
        """What the forge remembers."""
        return self.forge.state

    @property
    def links(self) -> Links:
        """Where things are."""
        return self.forge.links

    @property
    def git(self) -> BareRepository:
        """The repository that the path names."""
        return self.forge.repository(self.repository)

    @property
    def pull(self) -> Pull:
        """The pull request that the path names."""
        return self.state.pulls[int(self.named["number"])]

    @property
    def commit(self) -> str:
        """The commit that the path names.

        Raises:
            KeyError: There is none.
        """
        name = self.named["commit"]
        found = self.git.find(f"refs/heads/{name}") or self.git.find(name)
        if not found:
            raise KeyError(name)
        return found

    def page(self, entries: Sequence[object], key: str = "") -> Answer:
        """Return a page of a list."""
        most = self.forge.faults.most(self.request.path)
        return page(self.request, self.links.api, entries, most, key)

    @property
    def bearer(self) -> Account:
        """Who asks.

        Raises:
            ForgeRefusalError: Nobody says so.
        """
        if self.token is None:
            raise merging.ForgeRefusalError(401, "Requires authentication")
        return self.token.account
