"""One merge request on GitLab, read into evidence."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import msgspec

from plainwork.errors import ForgeUnavailableError
from plainwork.forge.address import join_path
from plainwork.forge.gitlab_answers import (
    Approvals,
    Branch,
    Member,
    MergeRequest,
    Note,
    Project,
    User,
    Version,
    to_account,
)
from plainwork.forge.gitlab_reviews import (
    compute_heads,
    compute_requesters,
    compute_reviews,
    find_retargeting,
)
from plainwork.forge.http import ForgeRefusedError, JsonApi, Listing, Value
from plainwork.forge.numbers import read_number
from plainwork.model.evidence import (
    EVIDENCE_SCHEMA,
    AccountKind,
    Evidence,
    ForgeAccount,
    Review,
)

HEADS = "refs/heads/"
READ_API = "read_api"
FULL_PAGE = MappingProxyType({"per_page": "100"})

_MAY_WRITE = 30
"""Developer; the branch's protection may ask for more."""
_MOST_ACCOUNTS = 200
_NOT_FOUND = 404


class GitLabProject(msgspec.Struct, frozen=True):
    """Where to ask about a project.

    Attributes:
        name: ``acme/operations``, in any number of groups.
    """

    api: JsonApi
    name: str

    def path(self, *parts: str | int) -> str:
        """Return a path of its API."""
        return join_path("projects", self.name, *parts)

    def fetch(self) -> Project:
        """Fetch the project itself.

        Raises:
            ForgeUnavailableError: If a redirect led to another one than was asked for.
        """
        project = self.api.get(self.path(), Project, needs=READ_API)
        if project.path_with_namespace.lower() != self.name.lower():
            message = (
                f"`{self.name}` is called `{project.path_with_namespace}` on GitLab;"
                " correct `[forge] repository`"
            )
            raise ForgeUnavailableError(message)
        return project

    def fetch_branch(self, branch: str) -> Branch:
        """Fetch a branch as it is now."""
        return self.api.get(self.path("repository", "branches", branch), Branch, needs=READ_API)

    def list_open(self) -> Listing[MergeRequest]:
        """Fetch all open merge requests."""
        query = {"state": "opened", **FULL_PAGE}
        return self.api.list(self.path("merge_requests"), MergeRequest, needs=READ_API, query=query)


class MergeRequestReader:
    """Reads one merge request, and keeps what could not be read."""

    def __init__(self, project: GitLabProject, number: str) -> None:
        self._project = project
        self._api = project.api
        self._gaps: list[str] = []
        self._number = read_number(number)
        self._request = self._api.get(self._path(), MergeRequest, needs=READ_API)
        if self._request.target_project_id != project.fetch().id:
            message = f"merge request {number} leads to another project"
            raise ForgeUnavailableError(message)

    def fetch(self) -> Evidence:
        """Fetch everything that is known about it."""
        request = self._request
        notes = sorted(self._list(Note, "notes"), key=lambda note: (note.created_at, note.id))
        versions = self._list(Version, "versions")
        approvals = self._api.get(self._path("approvals"), Approvals, needs=READ_API)
        reviews, faults = compute_reviews(notes, approvals.approved_by, draft=request.draft)
        heads = compute_heads(versions, notes)
        known = bool(heads) and heads[-1].commit == request.sha
        author = to_account(self._fetch_user(request.author))
        reviews = self._mark_bots(reviews)
        writers = self._fetch_writers(reviews)
        siblings = self._fetch_siblings()
        base = self._project.fetch_branch(request.target_branch).commit.id
        self._gaps += faults
        doubt = () if known else ("not all heads are known: the latest version is not the head",)
        return Evidence(
            schema=EVIDENCE_SCHEMA,
            forge="gitlab",
            repository=self._project.name,
            ref=HEADS + request.target_branch,
            base=base,
            head=request.sha,
            read_at=self._api.server_time,
            complete=not self._gaps,
            pull=str(request.iid),
            title=request.title,
            url=request.web_url,
            author=author,
            requesters=compute_requesters(author, request.assignees, notes),
            draft=request.draft,
            retargeted_at=find_retargeting(notes),
            merged_at=request.merged_at,
            heads=heads,
            heads_known=known,
            files=_read_count(request.changes_count),
            reviews=reviews,
            writers=writers,
            siblings=siblings,
            gaps=(*self._gaps, *doubt),
        )

    def _path(self, *parts: str) -> str:
        return self._project.path("merge_requests", self._number, *parts)

    def _list(self, kind: type[Value], what: str) -> tuple[Value, ...]:
        found = self._api.list(self._path(what), kind, needs=READ_API, query=FULL_PAGE)
        if found.gap:
            self._gaps.append(found.gap)
        return found.items

    def _fetch_user(self, user: User | None) -> User | None:
        """Fetch an account's own page: it alone says whether it is a bot."""
        if user is None:
            return None
        try:
            return self._api.get(join_path("users", user.id), User, needs=READ_API)
        except ForgeRefusedError as refusal:
            if refusal.status != _NOT_FOUND:
                self._gaps.append(str(refusal))
            return None

    def _mark_bots(self, reviews: Sequence[Review]) -> tuple[Review, ...]:
        """Return the reviews with what stands behind each account."""
        numbers = {review.account.id for review in reviews if review.account}
        if len(numbers) > _MOST_ACCOUNTS:
            self._gaps.append(f"more than {_MOST_ACCOUNTS} reviewers")
            return tuple(reviews)
        kinds: dict[str, AccountKind] = {}
        for number in sorted(numbers):
            found = to_account(self._fetch_user(User(int(number), number)))
            kinds[number] = found.kind if found else AccountKind.OTHER
        return tuple(
            msgspec.structs.replace(
                review,
                account=msgspec.structs.replace(review.account, kind=kinds[review.account.id]),
            )
            if review.account
            else review
            for review in reviews
        )

    def _fetch_writers(self, reviews: Sequence[Review]) -> dict[str, bool]:
        """Fetch whether those whose reviews may count may write."""
        accounts = {
            review.account.id: review.account
            for review in reviews
            if review.account is not None and review.account.kind is AccountKind.USER
        }
        return {number: self._may_write(account) for number, account in accounts.items()}

    def _may_write(self, account: ForgeAccount) -> bool:
        at = self._project.path("members", "all", account.id)
        try:
            return self._api.get(at, Member, needs=READ_API).access_level >= _MAY_WRITE
        except ForgeRefusedError as refusal:
            if refusal.status != _NOT_FOUND:
                self._gaps.append(str(refusal))
            return False

    def _fetch_siblings(self) -> tuple[str, ...]:
        """Fetch the other open merge requests with this head that lead to protected branches."""
        request = self._request
        listed = self._project.list_open()
        if listed.gap:
            self._gaps.append(listed.gap)
        same = [
            other for other in listed.items if other.sha == request.sha and other.iid != request.iid
        ]
        return tuple(str(other.iid) for other in same if self._is_protected(other.target_branch))

    def _is_protected(self, branch: str) -> bool:
        """Return whether a branch is protected; where that cannot be read, it counts as such."""
        if branch == self._request.target_branch:
            return True
        try:
            return self._project.fetch_branch(branch).protected
        except ForgeRefusedError:
            return True


def _read_count(said: str | None) -> int | None:
    """Return how many files changed; GitLab stops counting at ``1000+``."""
    return int(said) if said and said.isascii() and said.isdigit() else None
