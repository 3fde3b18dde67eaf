"""The documents that are mutated: every one that ships with plainwork."""

import re
from functools import cache
from pathlib import Path

import msgspec

from plainwork.model.document import Document
from plainwork.model.settings import DOCUMENT_FOLDERS, FOLDER_KINDS
from plainwork.parsing.definitions import make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables

TEMPLATES = Path(__file__).parents[2] / "templates"
SETTINGS = "settings"
_KINDS = {
    folder: FOLDER_KINDS[name] for name, folders in DOCUMENT_FOLDERS.items() for folder in folders
} | {"requests": "work"}
_BLANK = re.compile(rb"\{\{.*?\}\}")


class Seed(msgspec.Struct, frozen=True):
    """A document: what its folder says it is (or ``settings``), and its bytes."""

    path: str
    kind: str
    data: bytes


@cache
def load_seeds() -> tuple[Seed, ...]:
    """Return every document of every template, and its settings."""
    return tuple(
        Seed(path.relative_to(template).as_posix(), kind, _fill_in(path.read_bytes()))
        for template in sorted(TEMPLATES.iterdir())
        for path in sorted(template.rglob("*"))
        if (kind := _kind_of(path.relative_to(template)))
    )


@cache
def load_tables() -> FieldTables:
    """Return the fields that the workflows of all templates declare."""
    return FieldTables(
        make_workflow(document)
        for document in (_parse(seed) for seed in load_seeds() if seed.kind == "workflow")
    )


def _parse(seed: Seed) -> Document:
    return parse_document(seed.path, seed.kind, seed.data, FieldTables())


def _fill_in(data: bytes) -> bytes:
    # What a template leaves open is a date more often than anything else.
    return _BLANK.sub(b"2026-05-01", data)


def _kind_of(path: Path) -> str:
    if path.name == "plainwork.toml":
        return SETTINGS
    return _KINDS.get(path.parts[0], "") if path.suffix == ".md" else ""
