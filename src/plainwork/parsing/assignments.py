"""Values typed on a command line: ``due=2026-05-01``, ``labels+=docs,web``, ``labels-=old``.

They are read by the same types as the values in documents. Where a field takes a list or a map,
text that begins with ``[`` or ``{`` is read as it would be in a document; other text of a list is
its entries, joined by commas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, cast

import msgspec

from plainwork.errors import UsageError
from plainwork.model import field_type as ft
from plainwork.model.diagnostic import FieldPath
from plainwork.parsing.fields import INVALID, FieldReader
from plainwork.parsing.near_match import did_you_mean
from plainwork.parsing.scalars import Mistake, parse_scalar, shorten
from plainwork.parsing.yaml_tree import Node, Scalar, Sequence, YamlProblem, parse_yaml

Operator = Literal["=", "+=", "-="]

_ASSIGNMENT = re.compile(r"([A-Za-z0-9_.-]+?)(\+=|-=|=)(.*)", re.DOTALL)
_COLLECTIONS = ft.Many | ft.Group | ft.Table | ft.Either | ft.Anything
_LISTS = ft.Many | ft.Anything


class Assignment(msgspec.Struct, frozen=True):
    """What is to become of one field.

    Attributes:
        path: The field, or the path to a value inside one: ``accounts.github.login``.
        operator: Set it, add to it, or take away from it.
        text: The value as typed; ``""`` after ``=`` unsets the field.
    """

    path: FieldPath
    operator: Operator
    text: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}{self.operator}{shorten(self.text)}"


def parse_assignment(text: str) -> Assignment:
    """Read ``FIELD=VALUE``, ``FIELD+=VALUE,…`` or ``FIELD-=VALUE,…``.

    Raises:
        UsageError: If it is none of them.
    """
    match = _ASSIGNMENT.fullmatch(text)
    if match is None:
        message = f"{text}: write FIELD=VALUE, or FIELD+=VALUE and FIELD-=VALUE for lists"
        raise UsageError(message)
    name, operator, value = match.groups()
    path = (name,) if name.startswith("x-") else tuple(name.split("."))
    return Assignment(path, cast("Operator", operator), value)


def find_field_type(fields: Mapping[str, ft.Field], path: FieldPath) -> ft.FieldType:
    """Return what stands at a path may be.

    Raises:
        UsageError: If a document with these fields has nothing there.
    """
    if str(path[0]).startswith("x-"):
        return ft.Anything()
    type_: ft.FieldType = ft.Group(tuple(fields.values()))
    for step in path:
        type_ = _type_of_entry(type_, str(step))
    return type_


def _type_of_entry(type_: ft.FieldType, name: str) -> ft.FieldType:
    if isinstance(type_, ft.Group):
        known = {field.name: field.type for field in type_.fields}
        if name in known:
            return known[name]
        hint = did_you_mean(name, known) or f"known are {', '.join(known)}"
        message = f"there is no field `{name}`; {hint}"
        raise UsageError(message)
    if isinstance(type_, ft.Table):
        key = parse_scalar(type_.key, name)
        if isinstance(key, Mistake):
            raise UsageError(f"{key.message}; {key.hint}" if key.hint else key.message)
        return type_.value
    message = f"`{name}`: there are no fields inside this one"
    raise UsageError(message)


def read_value(type_: ft.FieldType, assignment: Assignment) -> Any:
    """Return the value that an assignment sets or adds, in the canonical form of its type.

    Raises:
        UsageError: If the text is no such value.
    """
    node = _node(type_, assignment)
    reader = FieldReader("")
    value = reader.read(type_, node, assignment.path)
    for problem in reader.diagnostics:
        hint = f"; {problem.hint}" if problem.hint else ""
        message = f"{assignment}: {problem.message}{hint}"
        raise UsageError(message)
    assert value is not INVALID  # noqa: S101 - there would be a diagnostic
    return value


def read_entries(type_: ft.FieldType, assignment: Assignment) -> list[Any]:
    """Return what an assignment adds to a list.

    Raises:
        UsageError: If the field holds no list, or the text is no such value.
    """
    if not isinstance(type_, _LISTS):
        message = f"{assignment}: this field holds no list; write it with ="
        raise UsageError(message)
    value = read_value(type_, assignment)
    entries = value if isinstance(value, list) else [value]
    if not entries:
        message = f"{assignment}: say which value, for example with {assignment}docs"
        raise UsageError(message)
    return entries


def _node(type_: ft.FieldType, assignment: Assignment) -> Node:
    text = assignment.text
    if isinstance(type_, _COLLECTIONS) and text.startswith(("[", "{")):
        node = _written(assignment)
    elif isinstance(type_, ft.Many):
        words = (word.strip() for word in text.split(","))
        return _list([_scalar(word) for word in words if word])
    else:
        return _scalar(text)
    if isinstance(type_, ft.Many) and not isinstance(node, Sequence):
        return _list([node])
    return node


def _written(assignment: Assignment) -> Node:
    """Read a value as front matter would have it."""
    try:
        ((_, node),) = parse_yaml("", f"value: {assignment.text}\n", line=0, index=0).entries
    except (YamlProblem, ValueError) as problem:  # a line break may begin another field
        message = f"{assignment}: write a list as [a, b] and a map as {{key: value}}, on one line"
        raise UsageError(message) from problem
    return node


def _scalar(text: str) -> Scalar:
    # As if quoted: what is typed is the text that is meant, even if it is `null`.
    return Scalar(text, 1, 1, 0, len(text), plain=False)


def _list(items: list[Node]) -> Sequence:
    return Sequence(items, 1, 1, 0, 0, flow=True)
