"""GitLab, translated."""

from __future__ import annotations

import msgspec

from plainwork.errors import ForgeUnavailableError
from plainwork.forge.client import (
    CHECK_NAME,
    CheckState,
    OpenPull,
    Protection,
    Publication,
    Report,
    confirm,
)
from plainwork.forge.gitlab_answers import Commit, MergeRequest, to_account
from plainwork.forge.gitlab_evidence import (
    FULL_PAGE,
    HEADS,
    READ_API,
    GitLabProject,
    MergeRequestReader,
)
from plainwork.forge.http import ForgeRefusedError, JsonApi
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence

_NEEDS_API = "api"
_BAD_REQUEST = 400
_DESCRIPTION = 255
_STATES = {
    CheckState.PENDING: "pending",
    CheckState.SUCCESS: "success",
    CheckState.FAILURE: "failed",
    CheckState.ERROR: "failed",
}


class _Numbered(msgspec.Struct):
    iid: int


class _Pipeline(msgspec.Struct):
    sha: Commit


class _Car(msgspec.Struct):
    merge_request: _Numbered
    pipeline: _Pipeline | None = None


class _Nothing(msgspec.Struct):
    """An answer of which nothing is used."""


def headers(token: str, *, job: bool = False) -> dict[str, str]:
    """Return what every request to GitLab carries; a CI job's own token has another name."""
    return {"JOB-TOKEN" if job else "PRIVATE-TOKEN": token} if token else {}


class GitLab:
    """The merge requests of one project.

    Attributes:
        kind: ``gitlab``.
    """

    kind = "gitlab"

    def __init__(self, api: JsonApi, repository: str) -> None:
        """Keep where to ask.

        Args:
            api: Its REST API, with :func:`headers`.
            repository: ``acme/operations``.
        """
        self._api = api
        self._project = GitLabProject(api, repository)

    def fetch_evidence(self, pull: str) -> Evidence:
        """Fetch everything that is known about one merge request."""
        self._api.start()
        return MergeRequestReader(self._project, pull).fetch()

    def fetch_group(self, ref: str, head: str) -> Evidence:
        """Fetch what is known about a merge train, up to the merge request at its head."""
        self._api.start()
        branch = ref.removeprefix(HEADS)
        path = self._project.path("merge_trains", branch)
        query = {"scope": "active", "sort": "asc", **FULL_PAGE}
        train = self._api.list(path, _Car, needs=READ_API, query=query)
        cars = [car.pipeline.sha if car.pipeline else "" for car in train.items]
        numbers = [str(car.merge_request.iid) for car in train.items]
        gap = train.gap or ("" if head in cars else f"no merge request of the train is at {head}")
        ahead = numbers[: cars.index(head) + 1] if head in cars else []
        members = tuple(MergeRequestReader(self._project, number).fetch() for number in ahead)
        base = self._project.fetch_branch(branch).commit.id
        return Evidence(
            schema=EVIDENCE_SCHEMA,
            forge=self.kind,
            repository=self._project.name,
            ref=ref,
            base=base,
            head=head,
            read_at=self._api.server_time,
            complete=not gap and all(member.complete for member in members),
            members=members,
            gaps=(gap,) if gap else (),
        )

    def fetch_open(self) -> tuple[OpenPull, ...]:
        """Fetch all open merge requests."""
        self._api.start()
        requests = self._project.list_open()
        if requests.gap:
            raise ForgeUnavailableError(requests.gap)
        return tuple(_to_open_pull(request) for request in requests.items)

    def fetch_merged(self, commit: str) -> tuple[str, ...]:
        """Fetch the numbers of the merge requests that a commit of a branch merged."""
        self._api.start()
        path = self._project.path("repository", "commits", commit, "merge_requests")
        requests = self._api.list(path, MergeRequest, needs=READ_API, query=FULL_PAGE)
        if requests.gap:
            raise ForgeUnavailableError(requests.gap)
        return tuple(
            str(request.iid)
            for request in requests.items
            if request.state == "merged"
            and commit in (request.merge_commit_sha, request.squash_commit_sha, request.sha)
        )

    def fetch_protection(self, ref: str) -> Protection:
        """Fetch how a branch is protected, by its own settings and by the project's."""
        from plainwork.forge.gitlab_protection import fetch_protection

        self._api.start()
        return fetch_protection(self._project, ref.removeprefix(HEADS))

    def publish(self, report: Report) -> Publication:
        """Tell GitLab about a change, as a commit status."""
        holds, moved = confirm(self, report)
        self._api.start()
        body = {
            "state": _STATES[holds.state],
            "name": CHECK_NAME,
            "description": holds.headline[:_DESCRIPTION],
        }
        if holds.url:
            body["target_url"] = holds.url
        path = self._project.path("statuses", holds.evidence.head)
        try:
            self._api.send("POST", path, body, _Nothing, needs=_NEEDS_API)
        except ForgeRefusedError as refusal:
            if not (refusal.status == _BAD_REQUEST and _is_already(holds.state, refusal)):
                raise
        return Publication(holds.state, moved, holds.evidence.url)


def _is_already(state: CheckState, refusal: ForgeRefusedError) -> bool:
    """Tell whether GitLab refuses to make pending what is pending."""
    return state is CheckState.PENDING and "Cannot transition status" in str(refusal)


def _to_open_pull(request: MergeRequest) -> OpenPull:
    return OpenPull(
        number=str(request.iid),
        title=request.title,
        author=to_account(request.author),
        head=request.sha,
        ref=HEADS + request.target_branch,
        draft=request.draft,
        url=request.web_url,
    )
