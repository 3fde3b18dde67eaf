"""Reading values strictly: what a field's type accepts, and a diagnostic for all else.

A value that is wrong is reported and left out, so that the rest of the document can still be
used; nothing is guessed and nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, Final

from plainwork.model import field_type as ft
from plainwork.model.diagnostic import Diagnostic, FieldPath, Location, Severity
from plainwork.model.work import ReferenceUse
from plainwork.parsing import yaml_tree
from plainwork.parsing.field_tables import fields_by_name
from plainwork.parsing.near_match import did_you_mean
from plainwork.parsing.scalars import Mistake, describe, parse_scalar, reference_kind, shorten

_ANYTHING = ft.Anything()
_MOST_NEAR_MATCHES = 20  # finding one takes a millisecond, and a file may hold 100,000 mistakes

INVALID: Final = object()
"""What reading a wrong value returns; the diagnostic is with the reader."""


class FieldReader:
    """Reads the values of one document.

    Attributes:
        diagnostics: What was wrong so far.
        references: Which documents it names, and where.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self.diagnostics: list[Diagnostic] = []
        self.references: list[ReferenceUse] = []

    def read_fields(
        self,
        node: yaml_tree.Mapping,
        fields: Mapping[str, ft.Field],
        *,
        at: FieldPath = (),
        open_names: bool = False,
        foreign: bool = False,
    ) -> dict[str, Any]:
        """Read a map with known keys.

        Args:
            node: The map as written.
            fields: What each key may hold.
            at: Where the map stands.
            open_names: Whether ``x-`` keys are welcome: in documents, not inside values.
            foreign: Whether unknown keys go unreported, because what declares them is unknown.

        Returns:
            The values that are right, in the order of the file.
        """
        values: dict[str, Any] = {}
        for key, value in node.entries:
            name = key.text
            field = fields.get(name)
            if field is not None or (open_names and name.startswith("x-")):
                type_ = field.type if field else _ANYTHING
                read = INVALID if _is_empty(value) else self.read(type_, value, (*at, name))
                if read is not INVALID:
                    values[name] = read
            elif not foreign:
                self._report_unknown(key, fields, open_names=open_names)
        for field in fields.values():
            if field.required and values.get(field.name, []) == []:  # an empty list names nothing
                self._report_missing(field, node, top=not at)
        return values

    def read(self, type_: ft.FieldType, node: yaml_tree.Node, at: FieldPath) -> Any:
        """Read one value; return INVALID, with a diagnostic, if it is wrong."""
        read = self._collections.get(type(type_))
        if type(node) is not yaml_tree.Scalar:
            if read is not None:
                return read(self, type_, node, at)
            return self._report_type(node, describe(type_))
        if node.plain and node.text in yaml_tree.NULLS:
            hint = "leave the value empty to unset a field; quote it if the text is meant"
            return self.report(node, "null-value", f"`{node.text}` is no value", hint)
        if read is not None:
            return read(self, type_, node, at)
        value = parse_scalar(type_, node.text)
        if type(value) is Mistake:
            hint = self._near_match(node.text, value.options) or value.hint
            return self.report(node, value.rule, value.message, hint)
        kind = reference_kind(type_, value)
        if kind:
            self.references.append(ReferenceUse(kind, value, at))
        return value

    def report(self, node: yaml_tree.Node, rule: str, message: str, hint: str = "") -> Any:
        """Note an error at a node and return INVALID."""
        location = Location(self._path, node.line, node.column)
        self.diagnostics.append(Diagnostic(location, rule, Severity.ERROR, message, hint))
        return INVALID

    def _report_type(self, node: yaml_tree.Node, expected: str) -> Any:
        found = "a lone value"
        if not isinstance(node, yaml_tree.Scalar):
            found = "a list" if isinstance(node, yaml_tree.Sequence) else "a map"
        return self.report(node, "wrong-type", f"expected {expected}, found {found}")

    def _report_unknown(
        self, key: yaml_tree.Scalar, fields: Mapping[str, ft.Field], *, open_names: bool
    ) -> None:
        hint = self._near_match(key.text, fields)
        if not hint and open_names:
            hint = "declare it in the workflow's `fields`, or begin its name with `x-`"
        hint = hint or f"known are {', '.join(fields)}"
        self.report(key, "unknown-field", f"unknown field `{shorten(key.text)}`", hint)

    def _report_missing(self, field: ft.Field, node: yaml_tree.Mapping, *, top: bool) -> None:
        written = node.get(field.name)
        if written is not None and not _says_nothing(written):
            return  # there is a value, and what is wrong with it has been said
        place = written or (None if top else node)
        location = Location(self._path, *((place.line, place.column) if place else ()))
        hint = f"set `{field.name}`" + (f" ({_lower_first(field.help)})" if field.help else "")
        message = f"`{field.name}` is not set"
        self.diagnostics.append(
            Diagnostic(location, "missing-field", Severity.ERROR, message, hint)
        )

    def _near_match(self, word: str, known: Collection[str]) -> str:
        if not known or len(self.diagnostics) >= _MOST_NEAR_MATCHES:
            return ""
        return did_you_mean(word, known)

    def _read_many(self, type_: ft.Many, node: yaml_tree.Node, at: FieldPath) -> Any:
        if isinstance(node, yaml_tree.Sequence):
            values = [self._read_item(type_, item, (*at, n)) for n, item in enumerate(node.items)]
            return [value for value in values if value is not INVALID]
        if type_.or_one:
            value = self.read(type_.item, node, (*at, 0))
            return INVALID if value is INVALID else [value]
        what = "a map" if isinstance(node, yaml_tree.Mapping) else "a lone value"
        hint = "write it as a list: [value]"
        return self.report(node, "lone-value", f"expected a list, found {what}", hint)

    def _read_item(self, type_: ft.Many, node: yaml_tree.Node, at: FieldPath) -> Any:
        if _is_empty(node):
            return self.report(node, "null-value", "an entry says nothing", "remove it")
        return self.read(type_.item, node, at)

    def _read_group(self, type_: ft.Group, node: yaml_tree.Node, at: FieldPath) -> Any:
        if not isinstance(node, yaml_tree.Mapping):
            names = ", ".join(field.name for field in type_.fields)
            return self._report_type(node, f"a map of {names}")
        return self.read_fields(node, fields_by_name(type_.fields), at=at)

    def _read_table(self, type_: ft.Table, node: yaml_tree.Node, at: FieldPath) -> Any:
        if not isinstance(node, yaml_tree.Mapping):
            return self._report_type(node, "a map")
        values: dict[str, Any] = {}
        for key, value in node.entries:
            name = parse_scalar(type_.key, key.text)
            if type(name) is Mistake:
                self.report(key, name.rule, name.message, name.hint)
            elif not _is_empty(value):
                read = self.read(type_.value, value, (*at, name))
                if read is not INVALID:
                    values[name] = read
            elif isinstance(type_.value, ft.Group):
                self.report(key, "wrong-type", f"`{name}` says nothing")
        return values

    def _read_either(self, type_: ft.Either, node: yaml_tree.Node, at: FieldPath) -> Any:
        if isinstance(node, yaml_tree.Mapping):
            form, found = type_.mapping, "a map"
        elif isinstance(node, yaml_tree.Sequence):
            form, found = type_.sequence, "a list"
        else:
            form, found = type_.scalar, "a lone value"
        if form is None:
            return self.report(node, "wrong-type", f"{found} does not belong here")
        return self.read(form, node, at)

    def _read_anything(self, type_: ft.Anything, node: yaml_tree.Node, at: FieldPath) -> Any:
        if isinstance(node, yaml_tree.Scalar):
            return node.text
        if isinstance(node, yaml_tree.Sequence):
            items = (self.read(type_, item, (*at, n)) for n, item in enumerate(node.items))
            return [item for item in items if item is not INVALID]
        entries = ((key.text, self.read(type_, value, at)) for key, value in node.entries)
        return {name: value for name, value in entries if value is not INVALID}

    _collections: ClassVar[Mapping[type, Callable[..., Any]]] = {
        ft.Many: _read_many,
        ft.Group: _read_group,
        ft.Table: _read_table,
        ft.Either: _read_either,
        ft.Anything: _read_anything,
    }


def _is_empty(node: yaml_tree.Node) -> bool:
    """Whether nothing was written: the value is unset."""
    return type(node) is yaml_tree.Scalar and not node.text and node.plain


def _says_nothing(node: yaml_tree.Node) -> bool:
    """Whether a value is empty, in quotes or not, or a list without entries."""
    if isinstance(node, yaml_tree.Scalar):
        return not node.text
    return isinstance(node, yaml_tree.Sequence) and not node.items


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
