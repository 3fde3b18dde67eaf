"""What an import made of every file and of every field."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.plans.import_document import ImportedDocument, Outcome


class FieldCount(msgspec.Struct, frozen=True):
    """How often a field of the source was found, and what became of it.

    Attributes:
        name: Its name there.
        places: What it became here, without ``x-`` fields.
        mapped: How often it is there whole; ``both``: there, and kept as it was written; ``kept``:
            only kept; ``empty``: it said nothing.
    """

    name: str
    places: tuple[str, ...]
    mapped: int
    both: int
    kept: int
    empty: int

    @property
    def total(self) -> int:
        """How often it was found."""
        return self.mapped + self.both + self.kept + self.empty


class ImportReport(msgspec.Struct, frozen=True):
    """Every file and every field of what was imported.

    Attributes:
        title: What was imported.
        files: How many files the folder has.
        work: How many became work, by workflow.
        teams: Files that define teams.
        copied: Files that are copied as they are.
        skipped: Files that are no work, by the reason why.
        unmatched: Files of which the mapping says nothing.
        unreadable: What is wrong with files that could not be read.
        repaired: Files with lines that are no YAML, and were read as the text that was meant.
        created: How many people, teams, agents and workflows were needed besides, by kind.
        fields: The fields, in the order in which they were first found.
    """

    title: str
    files: int
    work: dict[str, int]
    teams: tuple[str, ...]
    copied: tuple[str, ...]
    skipped: dict[str, tuple[str, ...]]
    unmatched: tuple[str, ...]
    unreadable: tuple[Diagnostic, ...]
    repaired: tuple[str, ...]
    created: dict[str, int]
    fields: tuple[FieldCount, ...]


def count_fields(documents: Iterable[ImportedDocument]) -> tuple[FieldCount, ...]:
    """Count what became of the fields of all documents."""
    counts: dict[str, dict[Outcome, int]] = {}
    places: dict[str, dict[str, None]] = {}
    for document in documents:
        for name, place, outcome in document.outcomes:
            of_field = counts.setdefault(name, dict.fromkeys(Outcome, 0))
            of_field[outcome] += 1
            if place:
                places.setdefault(name, {})[place] = None
    return tuple(
        FieldCount(
            name,
            tuple(places.get(name, ())),
            of_field[Outcome.MAPPED],
            of_field[Outcome.BOTH],
            of_field[Outcome.KEPT],
            of_field[Outcome.EMPTY],
        )
        for name, of_field in counts.items()
    )
