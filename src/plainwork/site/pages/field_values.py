"""Values of fields as they are shown: plain words, and links to what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

import msgspec

from plainwork.analysis.references import WORK_KINDS
from plainwork.model.work import Work
from plainwork.parsing.quantities import parse_date
from plainwork.site.directory import Directory
from plainwork.site.links import is_safe
from plainwork.site.page import Link
from plainwork.site.pictures.time_axis import format_day
from plainwork.views.shown_work import ShownField

_PARTY_FIELDS = frozenset({"owner", "team", "requester"})
_MOST_PARTS = 200
_DEFAULT = "default"


class FieldRow(msgspec.Struct, frozen=True, cache_hash=True):
    """A field with its value.

    Attributes:
        values: One or several; what has an address leads there.
        giver: What it comes from if not from the document itself: ``the workflow``, or ``""``.
        source: Which one that is: one link, or none.
    """

    name: str
    values: tuple[Link, ...]
    giver: str = ""
    source: tuple[Link, ...] = ()


def describe_fields(
    fields: Iterable[ShownField], work: Work, directory: Directory
) -> Iterator[FieldRow]:
    """Yield fields in the order in which they are given; defaults say nothing.

    Args:
        fields: The fields, with their effective values.
        work: Whose they are.
        directory: Where things are.
    """
    kinds = {use.target: use.to for use in work.references}
    make_row = _rows_of(directory)
    for field in fields:
        if field.source == _DEFAULT:
            continue
        # A state's name says little without its workflow.
        source = (field.source, work.workflow) if field.source else ()
        for name, value in _spread(field):
            texts = (value,) if type(value) is str else tuple(_flatten(value))[:_MOST_PARTS]
            yield make_row(name, texts, tuple(map(kinds.get, texts)), source)


@lru_cache(maxsize=1)  # of a site that was built earlier nothing is kept
def _rows_of(directory: Directory) -> Callable[..., FieldRow]:
    """Return what makes rows; most values stand in many documents."""
    return lru_cache(maxsize=10_000)(partial(_make_row, directory))


def _make_row(
    directory: Directory,
    name: str,
    texts: tuple[str, ...],
    kinds: tuple[str | None, ...],
    source: tuple[str, ...],
) -> FieldRow:
    """Return a row; `kinds` says of each text what it names, or None."""
    values = (_link(name, text, kind, directory) for text, kind in zip(texts, kinds, strict=True))
    return FieldRow(name, tuple(values), *_find_giver(directory, *source))


def _find_giver(
    directory: Directory, source: str = "", workflow: str = ""
) -> tuple[str, tuple[Link, ...]]:
    """Return in words what :func:`plainwork.views.inheritance.find_source` names."""
    giver, _, id_ = source.partition(" ")
    match giver:
        case "":
            return "", ()
        case "state":
            return "the state", (Link("", directory.state(id_, workflow)),)
        case "workflow":
            return "the workflow", (directory.workflow(id_),)
        case _:
            return "its parent" if giver == "parent" else "the project", (directory.project(id_),)


def _spread(field: ShownField) -> Iterable[tuple[str, Any]]:
    """Return names and values of rows: a row a relation instead of one for all links."""
    if field.name == "links" and isinstance(field.value, Mapping):
        return field.value.items()
    return ((field.name, field.value),)


def _flatten(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            words = ", ".join(_flatten(each))
            yield f"{name}: {words}"
    elif isinstance(value, list | tuple):
        for each in value:
            yield each if type(each) is str else ", ".join(_flatten(each))
    else:
        yield "yes" if value is True else "no" if value is False else str(value)


def _link(field: str, text: str, kind: str | None, directory: Directory) -> Link:
    if kind in WORK_KINDS or field == "project":
        return Link(directory.work(text.lower()), directory.title(text))
    if kind == "party" or field in _PARTY_FIELDS:
        return directory.party(text)
    if kind == "workflow":
        return directory.workflow(text)
    day = parse_date(text)
    if day is not None:
        return Link("", format_day(day))
    return Link(text if is_safe(text) else "", text)
