"""Changing one field of a file and not one byte more.

Loading and dumping YAML would reorder keys, drop comments and change quotes, and every such
change is noise in a reviewer's diff. So the new value is spliced in at the place of the old one,
and the result is read again before anybody sees it: a layout that an edit does not understand is
refused, never damaged.

All functions take and return the whole text of a file, decoded as UTF-8 with its byte-order mark
and line ends. A field is a name, or the path to a value inside one. All raise
:class:`~plainwork.errors.UsageError` if the front matter cannot be read, if the path leads through
a value that has no entries, and if the new value holds characters that no field may hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plainwork.editing.editable import Editable, Place, data_of_value
from plainwork.editing.layout import (
    compute_appendix,
    compute_insertion,
    compute_removals,
    compute_replacement,
    is_unset,
)
from plainwork.editing.yaml_text import Value
from plainwork.errors import UsageError
from plainwork.model.diagnostic import FieldPath
from plainwork.parsing import yaml_tree


def set_field(text: str, field: str | FieldPath, value: Value, *, order: Sequence[str] = ()) -> str:
    """Set a field; what already has this value keeps its form.

    Args:
        text: The file.
        field: The field, or the path to a value; maps missing on the way are made.
        value: The new value.
        order: The usual order of fields: a new one is put behind the nearest that precedes it
            there, or else behind all others.
    """
    document = Editable(text)
    place = document.find(_path(field))
    if place.rest:
        return _insert(document, place, value, order)
    wanted = data_of_value(value)
    present = document.data_at(place.steps)
    if present == wanted and not is_unset(place.node):
        return text
    if isinstance(place.node, yaml_tree.Sequence) and isinstance(wanted, list):
        kept = [item for item in present if item in wanted]
        added = [item for item in wanted if item not in present]
        if kept and kept + added == wanted:  # the lines of the others stay
            gone = [item for item in present if item not in wanted]
            return add_to_list(remove_from_list(text, place.steps, gone), place.steps, added)
    return _replace(document, place, value)


def remove_field(text: str, field: str | FieldPath) -> str:
    """Remove a field, or an entry inside one, with its line; an emptied map or list goes too."""
    document = Editable(text)
    place = document.find(_path(field))
    if place.rest:
        return text
    depth = len(place.steps) - 1
    while depth and len(document.data_at(place.steps[:depth])) == 1:
        depth -= 1
    collection, position = place.parents[depth]
    del document.data_at(place.steps[:depth])[place.steps[depth]]
    return document.finish(compute_removals(text, collection, [position]))


def add_to_list(
    text: str, field: str | FieldPath, values: Sequence[Value], *, order: Sequence[str] = ()
) -> str:
    """Add to a list what is not yet in it; a lone value becomes a list.

    Args:
        text: The file.
        field: The list, or the path to it.
        values: What to add.
        order: Where a new field goes, as in :func:`set_field`.
    """
    document = Editable(text)
    place = document.find(_path(field))
    unset = bool(place.rest) or is_unset(place.node)
    present = [] if unset else _items(document, place)
    added: list[Value] = []
    for value in values:
        data = data_of_value(value)
        if data not in present:
            present.append(data)
            added.append(value)
    if not added:
        return text
    if isinstance(place.node, yaml_tree.Sequence) and not unset:
        return document.finish([compute_appendix(text, place.node, added)])
    return set_field(text, place.steps + place.rest, present, order=order)


def remove_from_list(text: str, field: str | FieldPath, values: Sequence[Value]) -> str:
    """Remove values from a list; a list that is then empty goes with its field."""
    document = Editable(text)
    place = document.find(_path(field))
    if place.rest or is_unset(place.node):
        return text
    present = _items(document, place)
    unwanted = [data_of_value(value) for value in values]
    positions = [position for position, item in enumerate(present) if item in unwanted]
    if not positions:
        return text
    if len(positions) == len(present):
        return remove_field(text, place.steps)
    assert isinstance(place.node, yaml_tree.Sequence)  # noqa: S101 - a lone value went above
    present[:] = [item for item in present if item not in unwanted]
    return document.finish(compute_removals(text, place.node, positions))


def _path(field: str | FieldPath) -> FieldPath:
    return (field,) if isinstance(field, str) else field


def _replace(document: Editable, place: Place, value: Value) -> str:
    collection, position = place.parents[-1]
    document.data_at(place.steps[:-1])[place.steps[-1]] = data_of_value(value)
    return document.finish(compute_replacement(document.text, collection, position, value))


def _insert(document: Editable, place: Place, value: Value, order: Sequence[str]) -> str:
    first, *others = place.rest
    for step in reversed(others):
        value = {str(step): value}
    if is_unset(place.node) and place.parents:
        return _replace(document, place, {str(first): value})
    if not isinstance(place.node, yaml_tree.Mapping) or not all(
        isinstance(step, str) for step in place.rest
    ):
        wanted, found = _dotted(place.steps + place.rest), _dotted(place.steps) or "front matter"
        message = f"`{wanted}` leads nowhere: `{found}` has no `{first}`"
        raise UsageError(message)
    name = str(first)
    document.data_at(place.steps)[name] = data_of_value(value)
    position = _position_before(place.node, name, order)
    fence = document.closing_fence
    return document.finish(
        [compute_insertion(document.text, place.node, position, name, value, closing_fence=fence)]
    )


def _position_before(mapping: yaml_tree.Mapping, name: str, order: Sequence[str]) -> int:
    positions = {key.text: position for position, (key, _) in enumerate(mapping.entries)}
    preceding = order[: order.index(name)] if name in order else ()
    known = (positions[other] for other in reversed(preceding) if other in positions)
    return next(known, len(positions) - 1)


def _items(document: Editable, place: Place) -> list[Any]:
    """Return what a list says, as the document's own list if it is one."""
    if isinstance(place.node, yaml_tree.Mapping):
        message = f"`{_dotted(place.steps)}` is a map, not a list; set its entries"
        raise UsageError(message)
    data = document.data_at(place.steps)
    return data if isinstance(data, list) else [data]


def _dotted(path: FieldPath) -> str:
    return ".".join(map(str, path))
