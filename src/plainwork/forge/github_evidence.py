"""One pull request on GitHub, read into evidence.

What its lists cannot show is known: a pull request lists 250 commits, no more; the pull requests
of a commit leave out those from forks; a review's commit is bound anew to heads that the reviewer
never saw. So commits are counted, all open pull requests are read, and when a head was seen comes
from the moves of its branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import msgspec

from plainwork.errors import ForgeUnavailableError
from plainwork.forge.address import join_path
from plainwork.forge.github_answers import (
    Activity,
    Branch,
    GitRef,
    ListedCommit,
    ListedPull,
    Permission,
    Pull,
    Review,
    TimelineEvent,
    to_account,
)
from plainwork.forge.github_edits import find_edited
from plainwork.forge.github_heads import compute_heads, find_doubt, is_older
from plainwork.forge.github_reviews import (
    compute_requesters,
    compute_reviews,
    count_force_pushes,
    find_retargeting,
)
from plainwork.forge.http import ForgeRefusedError, JsonApi, Listing, Value
from plainwork.forge.numbers import read_number
from plainwork.model.evidence import (
    EVIDENCE_SCHEMA,
    AccountKind,
    Evidence,
    ForgeAccount,
    ReviewState,
    SeenHead,
)
from plainwork.model.evidence import Review as GivenReview

HEADS = "refs/heads/"
READ_PULLS = "Pull requests: read"
READ_CONTENTS = "Contents: read"
READ_METADATA = "Metadata: read"
FULL_PAGE = MappingProxyType({"per_page": "100"})

_MAY_WRITE = frozenset({"admin", "write"})
_DECISIVE = frozenset({ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.DISMISSED})
_LISTED_COMMITS = 250
_MOST_REVIEWERS = 200
_NOT_FOUND = 404


class GitHubRepository(msgspec.Struct, frozen=True):
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

    def list_open(self) -> Listing[ListedPull]:
        """Fetch all open pull requests; those of a commit would leave out those from forks."""
        query = {"state": "open", **FULL_PAGE}
        return self.api.list(self.path("pulls"), ListedPull, needs=READ_PULLS, query=query)

    def fetch_tip(self, branch: str) -> str:
        """Fetch the commit that a branch points to now."""
        at = self.path("git", "ref", f"heads/{branch}")
        return self.api.get(at, GitRef, needs=READ_CONTENTS).object.sha


class PullReader:
    """Reads one pull request, and keeps what could not be read."""

    def __init__(self, repository: GitHubRepository, number: str) -> None:
        self._repository = repository
        self._api = repository.api
        self._gaps: list[str] = []
        at = repository.path("pulls", read_number(number))
        self._pull = self._api.get(at, Pull, needs=READ_PULLS)
        _check_repository(self._pull, repository.name)

    def fetch(self) -> Evidence:
        """Fetch everything that is known about it."""
        pull = self._pull
        events = self._list(TimelineEvent, "issues", pull.number, "timeline")
        answered = self._list(Review, "pulls", pull.number, "reviews")
        edited = find_edited(self._api, self._repository.name, pull.number, answered)
        reviews, faults = compute_reviews(answered, events, draft=pull.draft, edited=edited)
        heads, doubt = self._fetch_heads(count_force_pushes(events))
        writers = self._fetch_writers(reviews)
        siblings = self._fetch_siblings()
        base = self._repository.fetch_tip(pull.base.ref)
        self._gaps += faults
        return Evidence(
            schema=EVIDENCE_SCHEMA,
            forge="github",
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
            commits=pull.commits,
            files=pull.changed_files,
            reviews=reviews,
            writers=writers,
            siblings=siblings,
            # Heads that are not all known block nobody who approves by digest.
            gaps=(*self._gaps, *([f"not all heads are known: {doubt}"] if doubt else [])),
        )

    def _list(self, kind: type[Value], *parts: str | int) -> tuple[Value, ...]:
        path = self._repository.path(*parts)
        found = self._api.list(path, kind, needs=READ_PULLS, query=FULL_PAGE)
        if found.gap:
            self._gaps.append(found.gap)
        return found.items

    def _fetch_heads(self, force_pushes: int) -> tuple[tuple[SeenHead, ...], str]:
        """Fetch the moves of the head's branch, which may be a fork's."""
        pull = self._pull
        if pull.head.repo is None:
            return (), "the fork that it came from is gone"
        commits = self._fetch_commits()

        def enough(page: Sequence[Activity]) -> bool:
            return any(is_older(move, commits, pull.created_at) for move in page)

        where = GitHubRepository(self._api, pull.head.repo.full_name)
        try:
            moves = self._api.list(
                where.path("activity"),
                Activity,
                needs=READ_CONTENTS,
                enough=enough,
                query={"ref": HEADS + pull.head.ref, **FULL_PAGE},
            )
        except ForgeRefusedError as refusal:
            return (), f"the pushes to its branch cannot be read ({refusal})"
        doubt = find_doubt(moves.items, pull.head.sha, pull.created_at, force_pushes)
        return compute_heads(moves.items, commits, pull.created_at), doubt

    def _fetch_commits(self) -> frozenset[str]:
        listed = self._list(ListedCommit, "pulls", self._pull.number, "commits")
        if len(listed) < min(self._pull.commits, _LISTED_COMMITS):
            self._gaps.append(f"{len(listed)} of {self._pull.commits} commits are listed")
        return frozenset(commit.sha for commit in listed)

    def _fetch_writers(self, reviews: Sequence[GivenReview]) -> dict[str, bool]:
        """Fetch whether those whose reviews may count may write."""
        accounts = {
            review.account.id: review.account
            for review in reviews
            if review.account is not None
            and review.account.kind is AccountKind.USER
            and review.state in _DECISIVE
        }
        if len(accounts) > _MOST_REVIEWERS:
            self._gaps.append(f"more than {_MOST_REVIEWERS} reviewers")
            return {}
        return {number: self._may_write(account) for number, account in accounts.items()}

    def _may_write(self, account: ForgeAccount) -> bool:
        at = self._repository.path("collaborators", account.login, "permission")
        try:
            said = self._api.get(at, Permission, needs=READ_METADATA)
        except ForgeRefusedError as refusal:
            # GitHub gives no reason: nobody of this name, or nothing that this token may see.
            # Anyone could block a change by leaving, so it is a no rather than a gap.
            if refusal.status != _NOT_FOUND:
                self._gaps.append(str(refusal))
            return False
        same = said.user is not None and str(said.user.id) == account.id
        return same and said.permission in _MAY_WRITE

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
        protected = {name: self._is_protected(name) for name in {p.base.ref for p in same}}
        return tuple(str(other.number) for other in same if protected[other.base.ref])

    def _is_protected(self, branch: str) -> bool:
        """Return whether a branch is protected; where that cannot be read, it counts as such."""
        if branch == self._pull.base.ref:
            return True
        try:
            at = self._repository.path("branches", branch)
            return self._api.get(at, Branch, needs=READ_CONTENTS).protected
        except ForgeRefusedError:
            return True


def _check_repository(pull: Pull, repository: str) -> None:
    """Stop where a redirect led to another repository than was asked for."""
    found = pull.base.repo.full_name if pull.base.repo else ""
    if found.lower() != repository.lower():
        message = f"`{repository}` is called `{found}` on GitHub; correct `[forge] repository`"
        raise ForgeUnavailableError(message)
