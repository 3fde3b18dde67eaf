"""Whose data and feeds there are: of the whole workspace, and of each part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from plainwork.model.work import Work
from plainwork.site.address import HOME, document_name
from plainwork.site.page import Link
from plainwork.site.sources import Sources


class Scope(msgspec.Struct, frozen=True):
    """Some of the work that a list, feed or calendar is about.

    Attributes:
        name: What its files are called.
        page: The page about it, and its title.
        rows: Its works in the usual order.
        project: The project that it is, if it is one.
    """

    name: str
    page: Link
    rows: Sequence[int]
    project: Work | None = None


def find_scopes(sources: Sources) -> Iterator[Scope]:
    """Yield the whole workspace, and then each part of it."""
    snapshot = sources.snapshot
    yield Scope("work", Link(HOME, sources.title), sources.order)
    for (kind, id_), own in sources.belonging.items():
        project = snapshot.work(id_) if kind == "project" else None
        page = _page_of(project, id_, sources)
        yield Scope(document_name(kind, id_), page, own, project)


def find_workflow_scopes(sources: Sources) -> Iterator[Scope]:
    """Yield the work that follows each workflow: as a list, but without feeds of its own."""
    groups = sources.groups.workflows
    for key, workflow in sources.snapshot.workflows.items():
        rows = groups[key].rows if key in groups else ()
        page = sources.directory.workflow(workflow.id)
        yield Scope(document_name("workflow", workflow.id), page, rows)


def _page_of(project: Work | None, id_: str, sources: Sources) -> Link:
    if project is not None:
        return Link(sources.directory.of(project), project.title or id_)
    return sources.directory.party(id_)
