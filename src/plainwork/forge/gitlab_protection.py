"""How GitLab protects a branch: by its own settings, and by the project's.

GitLab asks for a pipeline, not for a check by name; only its external status checks have a source.
"""

from __future__ import annotations

import msgspec

from plainwork.forge.client import Protection, RequiredCheck
from plainwork.forge.gitlab_evidence import FULL_PAGE, HEADS, READ_API, GitLabProject
from plainwork.forge.http import ForgeRefusedError, Value

PIPELINE = "pipeline"
"""Stands for the pipeline, which must succeed as a whole."""

_NOT_FOUND = 404


class _Access(msgspec.Struct):
    access_level: int | None = None
    access_level_description: str = ""

    @property
    def may(self) -> bool:
        return self.access_level != 0

    @property
    def name(self) -> str:
        return self.access_level_description


class _ProtectedBranch(msgspec.Struct):
    push_access_levels: tuple[_Access, ...] = ()
    allow_force_push: bool = False


class _ProjectApprovals(msgspec.Struct):
    reset_approvals_on_push: bool = False


class _StatusCheck(msgspec.Struct):
    name: str
    external_url: str = ""


def fetch_protection(project: GitLabProject, branch: str) -> Protection:
    """Fetch how a branch is protected."""
    unread: list[str] = []
    settings = project.fetch()
    own, protected = _fetch_own(project, branch, unread)
    approvals = _ask(project, unread, _ProjectApprovals, "approvals")
    external = _fetch_external(project, unread)
    checks = [RequiredCheck(PIPELINE)] if settings.only_allow_merge_if_pipeline_succeeds else []
    checks += external or []
    levels = own.push_access_levels if own else None
    pushers = None if levels is None else tuple(each.name for each in levels if each.may)
    trains = settings.merge_trains_enabled
    return Protection(
        HEADS + branch,
        protected=protected,
        checks=tuple(checks) if checks or external is not None else None,
        up_to_date=trains or settings.merge_method in {"ff", "rebase_merge"},
        dismisses_stale=approvals.reset_approvals_on_push if approvals else None,
        bypass=pushers,
        admins_enforced=None,
        merge_queue=trains,
        force_pushes=None if protected is None else not (own and not own.allow_force_push),
        deletable=None if protected is None else not protected,
        linear=settings.merge_method == "ff",
        pushers=pushers,
        unread=(*unread, "whether it holds for administrators: GitLab does not say"),
    )


def _fetch_own(
    project: GitLabProject, branch: str, unread: list[str]
) -> tuple[_ProtectedBranch | None, bool | None]:
    """Fetch the settings of a branch, and whether it is protected."""
    protected = project.fetch_branch(branch).protected
    if not protected:
        return None, False
    own = _ask(project, unread, _ProtectedBranch, "protected_branches", branch)
    return own, True


def _fetch_external(project: GitLabProject, unread: list[str]) -> list[RequiredCheck] | None:
    """Fetch the external status checks; editions of GitLab that have none require none."""
    path = project.path("external_status_checks")
    try:
        found = project.api.list(path, _StatusCheck, needs=READ_API, query=FULL_PAGE)
    except ForgeRefusedError as refusal:
        if refusal.status == _NOT_FOUND:
            return []
        unread.append(f"the external status checks: {refusal}")
        return None
    return [RequiredCheck(check.name, check.external_url) for check in found.items]


def _ask(project: GitLabProject, unread: list[str], kind: type[Value], *parts: str) -> Value | None:
    try:
        return project.api.get(project.path(*parts), kind, needs=READ_API)
    except ForgeRefusedError as refusal:
        unread.append(str(refusal))
        return None
