"""The glossary: the workspace's own terms, and what its workflows say that they mean."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.model.workflow import Workflow
from plainwork.site.address import list_address
from plainwork.site.digest import digest, encode
from plainwork.site.page import Link, Output, Page
from plainwork.site.sources import Sources


class Meaning(msgspec.Struct, frozen=True):
    """What a term is in one workflow.

    Attributes:
        kind: ``state``, ``field``, ``step`` or ``workflow``.
        category: Of a state.
        help: In the words of the workflow, or ``""``.
    """

    kind: str
    workflow: Link
    category: str
    help: str


class Term(msgspec.Struct, frozen=True):
    """A word, and all that it means."""

    word: str
    meanings: tuple[Meaning, ...]


class Glossary(msgspec.Struct, frozen=True):
    """The terms in the order of the alphabet."""

    terms: tuple[Term, ...]


def plan_glossary(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    address = list_address("glossary")
    origin = sources.origin_of([each.path for each in sources.snapshot.workflows.values()])

    def make() -> Page:
        return Page(
            address,
            "Glossary",
            "glossary.html",
            _collect(sources),
            section="glossary",
            origin=origin,
        )

    yield Output(address, digest(sources.keys.rules, encode(origin)), make)


def _collect(sources: Sources) -> Glossary:
    found: dict[str, list[Meaning]] = {}
    for workflow in sources.snapshot.workflows.values():
        link = sources.directory.workflow(workflow.id)
        for word, meaning in _terms(workflow, link):
            found.setdefault(word, []).append(meaning)
    words = sorted(found, key=lambda word: (word.casefold(), word))
    return Glossary(tuple(Term(word, tuple(found[word])) for word in words))


def _terms(workflow: Workflow, link: Link) -> Iterator[tuple[str, Meaning]]:
    yield link.label, Meaning(workflow.kind, link, "", "")
    for state in workflow.states:
        yield state.label, Meaning("state", link, state.category.value, state.help)
    for field in workflow.fields:
        if field.help or field.type:
            yield _in_words(field.name), Meaning("field", link, "", field.help)
    for step in workflow.transitions:
        if step.help:
            yield _in_words(step.name), Meaning("step", link, "", step.help)


def _in_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
