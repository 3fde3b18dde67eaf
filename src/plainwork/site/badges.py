"""Badges, for pages elsewhere: how a project stands, and how much work follows a workflow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plainwork.model.work import Work
from plainwork.site.address import badge_address, document_name
from plainwork.site.digest import digest
from plainwork.site.page import Output
from plainwork.site.pictures.badge import render_badge
from plainwork.site.scopes import Scope
from plainwork.site.sources import Sources
from plainwork.views.workflow_list import ListedWorkflow, compute_workflow_list

_HEALTHS = frozenset({"on-track", "at-risk", "off-track"})
"""What a badge has a colour for; an update may say anything."""


def plan_project_badge(scope: Scope, project: Work, sources: Sources) -> Iterator[Output]:
    """Yield the badge of a project: its health, or the state in which it was closed."""
    key = sources.keys.of_works(scope.rows, sources.keys.day, sources.keys.records)
    yield Output(badge_address(scope.name), key, partial(_make, project, sources))


def _make(project: Work, sources: Sources) -> bytes:
    overview = sources.index.overview(project, sources.today)
    health = (overview.declared or overview.computed) if project.open else ""
    if health not in _HEALTHS:
        health = ""
    state = health.replace("-", " ") or overview.work.state
    return render_badge(project.title or project.id, state, health=health).encode()


def plan_workflow_badges(sources: Sources) -> Iterator[Output]:
    """Yield a badge a workflow."""
    for workflow in compute_workflow_list(sources.snapshot).workflows:
        yield _plan(workflow)


def _plan(workflow: ListedWorkflow) -> Output:
    data = render_badge(workflow.title or workflow.id, f"{workflow.open:,} open").encode()
    address = badge_address(document_name("workflow", workflow.id))
    return Output(address, digest(data), lambda: data)
