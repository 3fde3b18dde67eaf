"""A page before it is rendered, and what a site consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from plainwork.views.history import Change


class Link(msgspec.Struct, frozen=True):
    """Something to follow: an address from the site's root, or a whole one; and what to call it."""

    address: str
    label: str


class Origin(msgspec.Struct, frozen=True):
    """Where what a page shows comes from.

    Attributes:
        changed: The commit that last changed any of it, or None if there is none.
        edit: Where the one document that it shows is edited on the forge, or ``""``.
        folder: Where the documents that it lists are on the forge, or ``""``.
    """

    changed: Change | None = None
    edit: str = ""
    folder: str = ""


class Page(msgspec.Struct, frozen=True):
    """Everything that a template needs to show a page; nothing is left to look up.

    Attributes:
        address: Where it will be, from the site's root.
        title: Of the page; the template adds the site's.
        template: The file in ``site/templates`` that shows it.
        model: What it shows: the value of a view, or a frozen value that holds several.
        crumbs: The way to it from the home page, itself left out.
        section: The entry of the navigation that it belongs to, such as ``work``.
        origin: Where what it shows comes from.
        root: What its links to files of the site begin with; ``""``: the way from its folder.
        mentions: What its text may name: each such word, and the address that it leads to now,
            or ``""``. The page is out of date once one of them leads elsewhere.
    """

    address: str
    title: str
    template: str
    model: object
    crumbs: tuple[Link, ...] = ()
    section: str = ""
    origin: Origin = Origin()
    root: str = ""
    mentions: dict[str, str] = {}


Steps = Iterator[Page | None]
"""What makes a page step by step: None until it is done."""


def finish(begun: Iterable[Page | Steps]) -> list[Page]:
    """Return some pages, of which each step is taken for all before the next.

    A processor does faster what it has just done, for it has the code at hand; the pages of ten
    thousand works take a tenth less time.
    """
    pages = list(begun)
    unfinished = list(range(len(pages)))
    while unfinished:
        for place in unfinished:
            page = pages[place]
            pages[place] = page if isinstance(page, Page) else next(page) or page
        unfinished = [place for place in unfinished if not isinstance(pages[place], Page)]
    return [page for page in pages if isinstance(page, Page)]


class Output(msgspec.Struct, frozen=True):
    """One file of a site that can be made when it is needed.

    Attributes:
        address: Where it will be, from the site's root.
        key: A digest of everything that it is made of, templates and version left out: as long
            as it is the same, the file need not be made again.
        make: Returns the page, or the steps to it, or the bytes of what is no page.
        precise: Whether the key hardly ever changes unless the file does. Of other pages what
            they would show is compared before they are rendered.
        of_past: Whether it tells of the past: history is long, and read once by a process that
            makes several of these.
    """

    address: str
    key: bytes
    make: Callable[[], Page | Steps | bytes]
    precise: bool = False
    of_past: bool = False
