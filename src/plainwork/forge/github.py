"""GitHub, translated."""

from __future__ import annotations

from plainwork.errors import ForgeUnavailableError
from plainwork.forge.client import OpenPull, Protection, Publication, Report, confirm
from plainwork.forge.github_answers import ListedPull, to_account
from plainwork.forge.github_evidence import (
    FULL_PAGE,
    HEADS,
    READ_PULLS,
    GitHubRepository,
    PullReader,
)
from plainwork.forge.http import JsonApi
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence

PUBLIC_API = "https://api.github.com"


def headers(token: str) -> dict[str, str]:
    """Return what every request to GitHub carries."""
    sent = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return {**sent, "Authorization": f"Bearer {token}"} if token else sent


class GitHub:
    """The pull requests of one repository.

    Attributes:
        kind: ``github``.
    """

    kind = "github"

    def __init__(self, api: JsonApi, repository: str) -> None:
        """Keep where to ask.

        Args:
            api: Its REST API, with :func:`headers`.
            repository: ``acme/operations``.
        """
        self._api = api
        self._repository = GitHubRepository(api, repository)
        self._pending: dict[str, int] = {}

    def fetch_evidence(self, pull: str) -> Evidence:
        """Fetch everything that is known about one pull request."""
        self._api.start()
        return PullReader(self._repository, pull).fetch()

    def fetch_group(self, ref: str, head: str) -> Evidence:
        """Fetch what is known about a group of the merge queue, its members included."""
        from plainwork.forge.github_queue import fetch_queue

        self._api.start()
        branch = ref.removeprefix(HEADS)
        base = self._repository.fetch_tip(branch)
        numbers, gap = fetch_queue(self._repository, branch, head, base)
        members = tuple(PullReader(self._repository, number).fetch() for number in numbers)
        return Evidence(
            schema=EVIDENCE_SCHEMA,
            forge=self.kind,
            repository=self._repository.name,
            ref=ref,
            base=base,
            head=head,
            read_at=self._api.server_time,
            complete=not gap and all(member.complete for member in members),
            members=members,
            gaps=(gap,) if gap else (),
        )

    def fetch_open(self) -> tuple[OpenPull, ...]:
        """Fetch all open pull requests."""
        self._api.start()
        pulls = self._repository.list_open()
        if pulls.gap:
            raise ForgeUnavailableError(pulls.gap)
        return tuple(_to_open_pull(pull) for pull in pulls.items)

    def fetch_merged(self, commit: str) -> tuple[str, ...]:
        """Fetch the numbers of the pull requests that a commit of a branch merged."""
        self._api.start()
        path = self._repository.path("commits", commit, "pulls")
        pulls = self._api.list(path, ListedPull, needs=READ_PULLS, query=FULL_PAGE)
        if pulls.gap:
            raise ForgeUnavailableError(pulls.gap)
        return tuple(
            str(pull.number)
            for pull in pulls.items
            if pull.merged_at is not None and pull.merge_commit_sha == commit
        )

    def fetch_protection(self, ref: str) -> Protection:
        """Fetch how a branch is protected, by its own settings and by rulesets."""
        from plainwork.forge.github_protection import fetch_protection

        self._api.start()
        return fetch_protection(self._repository, ref.removeprefix(HEADS))

    def publish(self, report: Report) -> Publication:
        """Tell GitHub about a change, as a check run or a commit status."""
        from plainwork.forge.github_publish import publish

        holds, moved = confirm(self, report)
        self._api.start()
        url = publish(self._repository, holds, self._pending)
        return Publication(holds.state, moved, url)


def _to_open_pull(pull: ListedPull) -> OpenPull:
    return OpenPull(
        number=str(pull.number),
        title=pull.title,
        author=to_account(pull.user),
        head=pull.head.sha,
        ref=HEADS + pull.base.ref,
        draft=pull.draft,
        url=pull.html_url,
    )
