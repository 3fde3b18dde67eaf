"""Gitea and Forgejo, translated: they share their REST API."""

from __future__ import annotations

import msgspec

from plainwork.errors import ForgeUnavailableError, UsageError
from plainwork.forge.client import (
    CHECK_NAME,
    OpenPull,
    Protection,
    Publication,
    Report,
    RequiredCheck,
    confirm,
)
from plainwork.forge.gitea_answers import Pull, to_account
from plainwork.forge.gitea_evidence import (
    HEADS,
    READ_REPOSITORY,
    GiteaRepository,
    PullReader,
)
from plainwork.forge.http import ForgeRefusedError, JsonApi
from plainwork.model.evidence import Evidence

_WRITE_REPOSITORY = "write:repository"
_NOT_FOUND = 404
_DESCRIPTION = 255


class _Nothing(msgspec.Struct):
    """An answer of which nothing is used."""


class _BranchProtection(msgspec.Struct):
    enable_push: bool = False
    enable_push_whitelist: bool = False
    push_whitelist_usernames: tuple[str, ...] | None = ()
    push_whitelist_teams: tuple[str, ...] | None = ()
    enable_force_push: bool = False
    enable_status_check: bool = False
    status_check_contexts: tuple[str, ...] | None = ()
    dismiss_stale_approvals: bool = False
    block_on_outdated_branch: bool = False
    block_admin_merge_override: bool = False
    apply_to_admins: bool = False


def headers(token: str) -> dict[str, str]:
    """Return what every request carries."""
    return {"Authorization": f"token {token}"} if token else {}


class Gitea:
    """The pull requests of one repository.

    Attributes:
        kind: ``gitea`` or ``forgejo``.
    """

    def __init__(self, api: JsonApi, repository: str, *, kind: str = "gitea") -> None:
        """Keep where to ask.

        Args:
            api: Its REST API, with :func:`headers`.
            repository: ``acme/operations``.
            kind: ``gitea`` or ``forgejo``.
        """
        self.kind = kind
        self._api = api
        self._repository = GiteaRepository(api, repository)

    def fetch_evidence(self, pull: str) -> Evidence:
        """Fetch everything that is known about one pull request."""
        self._api.start()
        return PullReader(self._repository, pull, kind=self.kind).fetch()

    def fetch_group(self, ref: str, head: str) -> Evidence:
        """Refuse: there is no merge queue.

        Raises:
            UsageError: Always.
        """
        message = f"{self.kind} has no merge queue: nothing can lead {head} to {ref}"
        raise UsageError(message)

    def fetch_open(self) -> tuple[OpenPull, ...]:
        """Fetch all open pull requests."""
        self._api.start()
        pulls = self._repository.list_open()
        if pulls.gap:
            raise ForgeUnavailableError(pulls.gap)
        return tuple(_to_open_pull(pull) for pull in pulls.items)

    def fetch_merged(self, commit: str) -> tuple[str, ...]:
        """Fetch the number of the pull request that a commit of a branch merged."""
        self._api.start()
        path = self._repository.path("commits", commit, "pull")
        try:
            pull = self._api.get(path, Pull, needs=READ_REPOSITORY)
        except ForgeRefusedError as refusal:
            if refusal.status != _NOT_FOUND:
                raise
            return ()
        return (str(pull.number),) if pull.merged and pull.merge_commit_sha == commit else ()

    def fetch_protection(self, ref: str) -> Protection:
        """Fetch how a branch is protected; only administrators may read all of it."""
        self._api.start()
        branch = ref.removeprefix(HEADS)
        shown = self._repository.fetch_branch(branch)
        if not shown.protected:
            return Protection(ref, protected=False, checks=(), force_pushes=True, deletable=True)
        contexts = shown.status_check_contexts or () if shown.enable_status_check else ()
        known = Protection(
            ref,
            protected=True,
            checks=tuple(RequiredCheck(context) for context in contexts),
            merge_queue=False,
            deletable=False,
        )
        try:
            path = self._repository.path("branch_protections", branch)
            own = self._api.get(path, _BranchProtection, needs=READ_REPOSITORY)
        except ForgeRefusedError as refusal:
            return msgspec.structs.replace(known, unread=(str(refusal),))
        return _add_settings(known, own)

    def publish(self, report: Report) -> Publication:
        """Tell the forge about a change, as a commit status."""
        holds, moved = confirm(self, report)
        self._api.start()
        body = {
            "state": holds.state.value,
            "context": CHECK_NAME,
            "description": holds.headline[:_DESCRIPTION],
        }
        if holds.url:
            body["target_url"] = holds.url
        path = self._repository.path("statuses", holds.evidence.head)
        self._api.send("POST", path, body, _Nothing, needs=_WRITE_REPOSITORY)
        return Publication(holds.state, moved, holds.evidence.url)


def _add_settings(known: Protection, own: _BranchProtection) -> Protection:
    named = (*(own.push_whitelist_usernames or ()), *(own.push_whitelist_teams or ()))
    whoever = named if own.enable_push_whitelist else ("whoever may write",)
    pushers = whoever if own.enable_push else ()
    return msgspec.structs.replace(
        known,
        up_to_date=own.block_on_outdated_branch,
        dismisses_stale=own.dismiss_stale_approvals,
        bypass=pushers,
        # Gitea and Forgejo call the same thing by two names.
        admins_enforced=own.block_admin_merge_override or own.apply_to_admins,
        force_pushes=own.enable_force_push,
        pushers=pushers,
    )


def _to_open_pull(pull: Pull) -> OpenPull:
    return OpenPull(
        number=str(pull.number),
        title=pull.title,
        author=to_account(pull.user),
        head=pull.head.sha,
        ref=HEADS + pull.base.ref,
        draft=pull.draft,
        url=pull.html_url,
    )
