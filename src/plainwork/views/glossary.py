"""The glossary: the workspace's own terms, and what its workflows say that they mean."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Workflow


class Meaning(msgspec.Struct, frozen=True):
    """What a term is in one workflow.

    Attributes:
        kind: ``state``, ``field`` or ``step``; of the workflow itself ``item``, ``project`` or
            ``routine``.
        workflow: Its id.
        category: Of a state, else ``""``.
        help: In the words of the workflow, or ``""``.
    """

    kind: str
    workflow: str
    category: str
    help: str


class Term(msgspec.Struct, frozen=True):
    """A word, and all that it means."""

    word: str
    meanings: tuple[Meaning, ...]


class Glossary(msgspec.Struct, frozen=True):
    """The terms in the order of the alphabet."""

    terms: tuple[Term, ...]


def compute_glossary(snapshot: Snapshot) -> Glossary:
    """Collect the words that workflows use."""
    found: dict[str, list[Meaning]] = {}
    for workflow in snapshot.workflows.values():
        for word, meaning in _terms(workflow):
            found.setdefault(word, []).append(meaning)
    words = sorted(found, key=lambda word: (word.casefold(), word))
    return Glossary(tuple(Term(word, tuple(found[word])) for word in words))


def _terms(workflow: Workflow) -> Iterator[tuple[str, Meaning]]:
    id_ = workflow.id
    yield workflow.title or id_, Meaning(workflow.kind, id_, "", "")
    for state in workflow.states:
        yield state.label, Meaning("state", id_, state.category.value, state.help)
    for field in workflow.fields:
        if field.help or field.type:
            yield _in_words(field.name), Meaning("field", id_, "", field.help)
    for step in workflow.transitions:
        if step.help:
            yield _in_words(step.name), Meaning("step", id_, "", step.help)


def _in_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
