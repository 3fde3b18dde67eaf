"""One pull request on Gitea or Forgejo, read into evidence."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import msgspec

from plainwork.errors import ForgeUnavailableError
from plainwork.forge.address import join_path
from plainwork.forge.gitea_answers import (
    Branch,
    Permission,
    Pull,
    Review,
    TimelineEvent,
    to_account,
)
from plainwork.forge.gitea_reviews import (
    compute_heads,
    compute_requesters,
    compute_reviews,
    find_doubt,
    find_retargeting,
)
from plainwork.forge.http import ForgeRefusedError, JsonApi, Listing, Value
from plainwork.forge.numbers import read_number
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence, SeenHead

HEADS = "refs/heads/"
READ_REPOSITORY = "read:repository"
FULL_PAGE = MappingProxyType({"limit": "50"})
"""As many as a forge gives, unless it is told otherwise."""

_MAY_WRITE = frozenset({"owner", "admin", "write"})
_NOT_FOUND = 404
_FORBIDDEN = 403
_MOST_REVIEWERS = 200


class GiteaRepository(msgspec.Struct, frozen=True):
    """Where to ask about a repository.

    Attributes:
        name: ``acme/operations``.
    """

    api: JsonApi
    name: str

    def path(self, *parts: str | int) -> str:
        """Return a path of its API."""
        owner, _, name = self.name.partition("/")
        return join_path("repos", owner, name, *parts)

    def fetch_branch(self, branch: str) -> Branch:
        """Fetch a branch as it is now."""
        return self.api.get(self.path("branches", branch), Branch, needs=READ_REPOSITORY)

    def list_open(self) -> Listing[Pull]:
        """Fetch all open pull requests."""
        query = {"state": "open", **FULL_PAGE}
        return self.api.list_numbered(self.path("pulls"), Pull, needs=READ_REPOSITORY, query=query)


class PullReader:
    """Reads one pull request, and keeps what could not be read."""

    def __init__(self, repository: GiteaRepository, number: str, *, kind: str) -> None:
        self._repository = repository
        self._api = repository.api
        self._kind = kind
        self._gaps: list[str] = []
        self._number = read_number(number)
        at = repository.path("pulls", self._number)
        self._pull = self._api.get(at, Pull, needs=READ_REPOSITORY)
        _check_repository(self._pull, repository.name)

    def fetch(self) -> Evidence:
        """Fetch everything that is known about it."""
        pull = self._pull
        answered = self._list(Review, "pulls", self._number, "reviews")
        events = self._list(TimelineEvent, "issues", self._number, "timeline")
        reviews = compute_reviews(answered, events, draft=pull.draft)
        heads, doubt = self._find_heads(events)
        writers, unknown = self._fetch_writers(answered)
        siblings = self._fetch_siblings()
        base = self._repository.fetch_branch(pull.base.ref).commit.id
        remarks = [f"not all heads are known: {doubt}"] if doubt else []
        return Evidence(
            schema=EVIDENCE_SCHEMA,
            forge=self._kind,
            repository=self._repository.name,
            ref=HEADS + pull.base.ref,
            base=base,
            head=pull.head.sha,
            read_at=self._api.server_time,
            complete=not self._gaps,
            pull=str(pull.number),
            title=pull.title,
            url=pull.html_url,
            author=to_account(pull.user),
            requesters=compute_requesters(pull, events),
            draft=pull.draft,
            retargeted_at=find_retargeting(events),
            merged_at=pull.merged_at,
            heads=heads,
            heads_known=not doubt,
            files=pull.changed_files,
            reviews=reviews,
            writers=writers,
            siblings=siblings,
            gaps=(*self._gaps, *remarks, *unknown),
        )

    def _list(self, kind: type[Value], *parts: str | int) -> tuple[Value, ...]:
        path = self._repository.path(*parts)
        found = self._api.list_numbered(path, kind, needs=READ_REPOSITORY, query=FULL_PAGE)
        if found.gap:
            self._gaps.append(found.gap)
        return found.items

    def _find_heads(self, events: Sequence[TimelineEvent]) -> tuple[tuple[SeenHead, ...], str]:
        try:
            heads = compute_heads(self._pull, events)
        except (msgspec.MsgspecError, RecursionError, ValueError):
            return (), "a push in the timeline cannot be read"
        return heads, find_doubt(self._pull, heads)

    def _fetch_writers(self, reviews: Sequence[Review]) -> tuple[dict[str, bool], list[str]]:
        """Fetch whether reviewers may write, and what the token may not ask for.

        Only administrators of a repository may ask for the permission of others.
        """
        logins = {
            account.id: account.login
            for account in (to_account(review.user) for review in reviews)
            if account is not None and account.id
        }
        if len(logins) > _MOST_REVIEWERS:
            self._gaps.append(f"more than {_MOST_REVIEWERS} reviewers")
            return {}, []
        writers: dict[str, bool] = {}
        unknown: list[str] = []
        for number, login in logins.items():
            at = self._repository.path("collaborators", login, "permission")
            try:
                said = self._api.get(at, Permission, needs=READ_REPOSITORY)
            except ForgeRefusedError as refusal:
                if refusal.status == _FORBIDDEN:
                    unknown.append(f"whether {login} may write: {refusal}")
                    continue
                if refusal.status != _NOT_FOUND:
                    self._gaps.append(str(refusal))
                writers[number] = False
            else:
                writers[number] = said.permission in _MAY_WRITE
        return writers, unknown

    def _fetch_siblings(self) -> tuple[str, ...]:
        """Fetch the other open pull requests with this head that lead to protected branches."""
        pull = self._pull
        listed = self._repository.list_open()
        if listed.gap:
            self._gaps.append(listed.gap)
        same = [
            other
            for other in listed.items
            if other.head.sha == pull.head.sha and other.number != pull.number
        ]
        return tuple(str(other.number) for other in same if self._is_protected(other.base.ref))

    def _is_protected(self, branch: str) -> bool:
        """Return whether a branch is protected; where that cannot be read, it counts as such."""
        if branch == self._pull.base.ref:
            return True
        try:
            return self._repository.fetch_branch(branch).protected
        except ForgeRefusedError:
            return True


def _check_repository(pull: Pull, repository: str) -> None:
    """Stop where a redirect led to another repository than was asked for."""
    found = pull.base.repo.full_name if pull.base.repo else ""
    if found.lower() != repository.lower():
        message = f"`{repository}` is called `{found}` there; correct `[forge] repository`"
        raise ForgeUnavailableError(message)
