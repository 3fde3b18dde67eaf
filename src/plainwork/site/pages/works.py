"""The page of each work: what it says, what belongs to it, and where it can go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.work import Work
from plainwork.site.address import list_address
from plainwork.site.body_html import Boxes
from plainwork.site.clocks import ShownRun
from plainwork.site.decided import DecidedStep
from plainwork.site.markdown import Text, render_markdown
from plainwork.site.page import Link, Output, Page, Steps
from plainwork.site.pages.field_values import FieldRow, describe_fields
from plainwork.site.sources import Sources
from plainwork.site.work_lines import MOST_BLOCKERS
from plainwork.views.shown_work import ShownField, ShownWork, compute_shown_work

_MOST_CHANGES = 50
_LISTS = {
    "item": ("work", "All work"),
    "project": ("portfolio", "Portfolio"),
    "routine": ("routines", "Routines"),
}
_SAID_ELSEWHERE = frozenset(
    {"objective", "sponsor", "stakeholders", "resources", "budget", "schedule", "creates"}
)
"""Fields of projects and routines that their pages show as what they mean."""


class WorkPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a work's page shows.

    Attributes:
        shown: All that belongs to the work; of the history the latest part.
        workflow: Where its page is, and what it is called.
        accountable: Who answers for it: the owner, or who leads the team that is the owner.
        fields: What is set or inherited; of a project without what its overview says.
        body: Its text as HTML that is safe to put into a page.
        boxes: The checklists in it.
        clocks: What was promised of it, the latest first.
        decided: Its steps that somebody had to approve, the latest first.
        findings: What is wrong with its document.
        changes: How many commits have changed it.
    """

    shown: ShownWork
    workflow: Link
    accountable: str
    fields: tuple[FieldRow, ...]
    body: str
    boxes: tuple[Boxes, ...]
    clocks: tuple[ShownRun, ...]
    decided: tuple[DecidedStep, ...]
    findings: tuple[Diagnostic, ...]
    changes: int


def plan_works(sources: Sources) -> Iterator[Output]:
    """Yield the page of every item and routine."""
    works, keys = sources.snapshot.works, sources.keys
    for row, kind in enumerate(works.columns["kind"]):
        if kind != "project":
            # A routine recurs from today on; an item's page tells dates only.
            id_ = works.columns["id"][row]
            more = keys.day if kind == "routine" else sources.clocks.key(id_)
            key = keys.of_work(row, more, sources.decisions.key(id_))
            address = sources.directory.addresses[row]
            yield Output(address, key, partial(_make, sources, works[row]), precise=True)


def _make(sources: Sources, work: Work) -> Steps:
    shown, fields = show(work, sources)
    yield None
    text = render_markdown(shown.body, sources.directory.work)
    yield None
    yield Page(
        address=sources.directory.of(work),
        title=work.title,
        template=f"{work.kind}.html",
        model=WorkPage(**describe(work, shown, fields, text, sources)),
        crumbs=crumbs_of(work, sources),
        section=_LISTS[work.kind][0],
        origin=sources.origin_of((work.path,), work.path),
        mentions=text.mentions,
    )


def show(work: Work, sources: Sources) -> tuple[ShownWork, tuple[FieldRow, ...]]:
    """Return all that belongs to a work, and its fields: while its document is at hand."""
    shown = compute_shown_work(
        work,
        sources.index,
        today=sources.today,
        me="",
        history=sources.changes.of(work.path, _MOST_CHANGES),
        most_blockers=MOST_BLOCKERS,
        with_checklists=False,  # the text as HTML has them too
    )
    return shown, tuple(describe_fields(_own_fields(shown), work, sources.directory))


def describe(
    work: Work, shown: ShownWork, fields: tuple[FieldRow, ...], text: Text, sources: Sources
) -> dict[str, Any]:
    """Return the attributes of a :class:`WorkPage`."""
    return {
        "shown": shown,
        "workflow": sources.directory.workflow(work.workflow),
        "accountable": work.accountable,
        "fields": fields,
        "body": text.html,
        "boxes": text.boxes,
        "clocks": sources.clocks.of(work.id),
        "decided": sources.decisions.of(work.id),
        "findings": sources.findings_of(work.path),
        "changes": sources.changes.count(work.path),
    }


def crumbs_of(work: Work, sources: Sources) -> tuple[Link, ...]:
    """Return the way to a work: through its project, if there is one."""
    project = sources.snapshot.work(work.project) if work.project else None
    if project is not None:
        portfolio = Link(list_address("portfolio"), "Portfolio")
        return (portfolio, Link(sources.directory.of(project), project.title))
    name, label = _LISTS[work.kind]
    return (Link(list_address(name), label),)


def _own_fields(shown: ShownWork) -> Iterable[ShownField]:
    if shown.work.kind == "item":
        return shown.fields
    return (field for field in shown.fields if field.name not in _SAID_ELSEWHERE)
