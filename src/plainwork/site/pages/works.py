"""The page of each work: what it says, what belongs to it, and where it can go."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.work import Work
from plainwork.site.address import list_address
from plainwork.site.markdown import render_markdown
from plainwork.site.page import Link, Output, Page
from plainwork.site.sources import Sources
from plainwork.views.shown_work import ShownWork, compute_shown_work

_MOST_CHANGES = 50


class WorkPage(msgspec.Struct, frozen=True):
    """What a work's page shows.

    Attributes:
        shown: All that belongs to the work; of the history the latest part.
        body: Its text as HTML that is safe to put into a page.
        findings: What is wrong with its document.
        changes: How many commits have changed it.
    """

    shown: ShownWork
    body: str
    findings: tuple[Diagnostic, ...]
    changes: int


def plan_works(sources: Sources) -> Iterator[Output]:
    """Yield the page of every work."""
    for work in sources.snapshot.works:
        yield _plan(work, sources)


def _plan(work: Work, sources: Sources) -> Output:
    address = sources.directory.of(work)
    # A routine recurs from today on, and a project's page counts days.
    day = sources.keys.day if work.kind != "item" else b""
    key = sources.keys.of_work(work.row, day)
    return Output(address, key, lambda: _make(work, address, sources))


def _make(work: Work, address: str, sources: Sources) -> Page:
    changes = sources.changes
    shown = compute_shown_work(
        work,
        sources.index,
        today=sources.today,
        me="",
        history=changes.of(work.path, _MOST_CHANGES),
    )
    text = render_markdown(shown.body, sources.directory.work)
    model = WorkPage(shown, text.html, sources.findings_of(work.path), changes.count(work.path))
    return Page(
        address=address,
        title=work.title,
        template="work.html",
        model=model,
        crumbs=(Link(list_address("work"), "Work"),),
        section="work",
        edit=sources.edit.of(work.path),
        changed=changes.latest((work.path,)),
        mentions=text.mentions,
    )
