"""The glossary: the workspace's own terms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.site.address import list_address
from plainwork.site.digest import digest, encode
from plainwork.site.page import Link, Origin, Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.glossary import Glossary, Meaning, compute_glossary

_TITLE = "Glossary"
_SIZE = 100
_MOST_WORKFLOWS = 5
_PARTS = frozenset({"state", "field", "step"})
"""Of workflows: the same word for one often means the same in several of them."""


class Sense(msgspec.Struct, frozen=True):
    """What a word means in some workflows that say the same of it.

    Attributes:
        meaning: What it means in the first of them.
        workflows: The ids of the first few.
        more: How many others there are.
    """

    word: str
    meaning: Meaning
    workflows: tuple[str, ...]
    more: int


class GlossaryPage(msgspec.Struct, frozen=True):
    """A page of the glossary; ``words`` counts those of all pages."""

    words: int
    part: Part[Sense]


def plan_glossary(sources: Sources) -> Iterator[Output]:
    """Yield the pages."""
    snapshot = sources.snapshot
    origin = sources.origin_of([each.path for each in snapshot.workflows.values()])
    glossary = compute_glossary(snapshot)
    senses = list(_senses(glossary))
    ids = (f"{each.word} {each.workflows[0]}" for each in senses)
    parts = split(senses, ids, list_address("glossary"), _SIZE)
    pages = tuple(map(_link, parts))
    key = digest(sources.keys.rules, encode(origin))
    for part in parts:
        shown = msgspec.structs.replace(part, pages=pages)
        model = GlossaryPage(len(glossary.terms), shown)
        yield Output(part.address, key, partial(_make, model, origin))


def _senses(glossary: Glossary) -> Iterator[Sense]:
    for term in glossary.terms:
        found: dict[tuple[str, ...], list[Meaning]] = {}
        for each in term.meanings:
            # Workflows of one name are as many types of work.
            alone = "" if each.kind in _PARTS else each.workflow
            found.setdefault((each.kind, each.category, each.help, alone), []).append(each)
        for meanings in found.values():
            shown = tuple(each.workflow for each in meanings[:_MOST_WORKFLOWS])
            yield Sense(term.word, meanings[0], shown, len(meanings) - len(shown))


def _link(part: Part[Sense]) -> Link:
    """Return the link to a page: it says with which letters its words begin."""
    ends = (*part.entries[:1], *part.entries[-1:])
    letters = dict.fromkeys(each.word[:1].upper() for each in ends)
    return Link(part.address, f"{part.number}: {'–'.join(letters)}")


def _make(model: GlossaryPage, origin: Origin) -> Page:
    part = model.part
    return Page(
        part.address,
        name_part(_TITLE, part.number),
        "glossary.html",
        model,
        crumbs=part.crumbs(_TITLE),
        section="glossary",
        origin=origin,
    )
