"""Reading values strictly: what a field's type accepts, and a diagnostic for all else.

A value that is wrong is reported and left out, so that the rest of the document can still be
used; nothing is guessed and nothing is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from plainwork.model import field_type as ft
from plainwork.model.diagnostic import Diagnostic, FieldPath, Location, Severity
from plainwork.model.work import ReferenceUse
from plainwork.parsing import quantities, yaml_tree

ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", re.ASCII)
FIELD_NAME_PATTERN = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
STATE_NAME_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?", re.ASCII)
FOREIGN_ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]*:[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
URL_PATTERN = re.compile(
    r"(?:https?://[^\s<>\"\\^`{|}/]+|mailto:[^\s<>\"\\^`{|}]+@)[^\s<>\"\\^`{|}]*"
)
RELATIONS = frozenset(
    {"owner", "requester", "assignees", "team", "sponsor", "author", "contributors"}
)

_NULLS = frozenset({"null", "Null", "NULL", "~"})

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
            if field is None:
                if open_names and name.startswith("x-"):
                    values[name] = self._read_anything(ANYTHING, value, (*at, name))
                elif not foreign:
                    self._report_unknown(key, name, fields)
                continue
            if type(value) is yaml_tree.Scalar and not value.text and value.plain:
                continue  # an empty plain value is unset
            read = self.read(field.type, value, (*at, name))
            if read is not INVALID:
                values[name] = read
        written = {key.text: value for key, value in node.entries}
        for field in fields.values():
            if field.required and field.name not in values:
                self._report_missing(field, node, written.get(field.name), top=not at)
        return values

    def read(self, type_: ft.FieldType, node: yaml_tree.Node, at: FieldPath) -> Any:
        """Read one value; return INVALID, with a diagnostic, if it is wrong."""
        if type(node) is yaml_tree.Scalar and node.plain and node.text in _NULLS:
            hint = "leave the value empty to unset a field; quote it if the text is meant"
            return self.report(node, "null-value", f"`{node.text}` is no value", hint)
        return _READERS[type(type_)](self, type_, node, at)

    def report(self, node: yaml_tree.Node, rule: str, message: str, hint: str = "") -> Any:
        """Note an error at a node and return INVALID."""
        location = Location(self._path, node.line, node.column)
        self.diagnostics.append(Diagnostic(location, rule, Severity.ERROR, message, hint))
        return INVALID

    def _report_unknown(
        self, key: yaml_tree.Scalar, name: str, fields: Mapping[str, ft.Field]
    ) -> None:
        hint = did_you_mean(name, fields)
        if not hint:
            hint = "declare it in the workflow's `fields`, or begin its name with `x-`"
        self.report(key, "unknown-field", f"unknown field `{name}`", hint)

    def _report_missing(
        self,
        field: ft.Field,
        node: yaml_tree.Mapping,
        written: yaml_tree.Node | None,
        *,
        top: bool,
    ) -> None:
        if written is not None and not (isinstance(written, yaml_tree.Scalar) and not written.text):
            return  # there is a value, and what is wrong with it has been said
        hint = f"add `{field.name}:`" + (f" ({_lower_first(field.help)})" if field.help else "")
        message = f"`{field.name}` is not set"
        if top:
            location = Location(self._path, *((written.line, written.column) if written else ()))
        else:
            location = Location(self._path, node.line, node.column)
        self.diagnostics.append(
            Diagnostic(location, "missing-field", Severity.ERROR, message, hint)
        )

    # One reader a type. Each returns JSON's kind of value in canonical form, or INVALID.

    def _scalar(self, node: yaml_tree.Node, expected: str) -> str | None:
        if type(node) is yaml_tree.Scalar:
            return node.text
        found = "a list" if isinstance(node, yaml_tree.Sequence) else "a map"
        self.report(node, "wrong-type", f"expected {expected}, found {found}")
        return None

    def _read_text(self, type_: ft.Text, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "text")
        if text is None:
            return INVALID
        if type_.single_line and "\n" in text.rstrip("\n"):
            return self.report(node, "wrong-type", "text of more than one line", "keep it to one")
        return text.rstrip("\n") if type_.single_line else text

    def _read_identifier(self, type_: ft.Identifier, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "an id")
        if text is None:
            return INVALID
        if not ID_PATTERN.fullmatch(text):
            return self.report(node, "invalid-id", f"`{_short(text)}` is not an id", ID_HINT)
        return text

    def _read_name(self, type_: ft.Name, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, f"a {type_.what}")
        if text is None:
            return INVALID
        return text if self._check_name(type_, node, text) else INVALID

    def _check_name(self, type_: ft.Name, node: yaml_tree.Node, text: str) -> bool:
        if type_.what == "field":
            if FIELD_NAME_PATTERN.fullmatch(text) or text.startswith("x-"):
                return True
            hint = "field names are lower case letters, digits and `_`, a letter first"
        elif STATE_NAME_PATTERN.fullmatch(text):
            return True
        else:
            hint = "lower case letters, digits, `-` and `_`, at most 64"
        self.report(node, "wrong-type", f"`{_short(text)}` is not a {type_.what} name", hint)
        return False

    def _read_boolean(self, type_: ft.Boolean, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "`true` or `false`")
        if text is None:
            return INVALID
        if text in ("true", "false"):
            return text == "true"
        return self._wrong(node, text, "`true` or `false`")

    def _read_number(self, type_: ft.Number, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a number")
        if text is None:
            return INVALID
        value = quantities.parse_number(text)
        if value is None:
            return self._wrong(node, text, "a number", "write numbers as in JSON: 12, -0.5, 3e8")
        if type_.minimum is not None and value < type_.minimum:
            return self.report(node, "out-of-range", f"{text} is less than {type_.minimum:g}")
        return value

    def _read_integer(self, type_: ft.Integer, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a whole number")
        if text is None:
            return INVALID
        value = quantities.parse_number(text)
        if not isinstance(value, int):
            return self._wrong(node, text, "a whole number")
        if type_.minimum is not None and value < type_.minimum:
            return self.report(node, "out-of-range", f"{text} is less than {type_.minimum}")
        if not -(2**53) < value < 2**53:  # JSON's numbers are doubles for most who read them
            return self.report(node, "out-of-range", f"{text} is too large")
        return value

    def _read_date(self, type_: ft.Date, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a date")
        if text is None:
            return INVALID
        if quantities.parse_date(text) is None:
            return self._wrong(node, text, "a date", "write dates as YYYY-MM-DD")
        return text

    def _read_parsed(
        self,
        node: yaml_tree.Node,
        parse: Callable[[str], object | None],
        expected: str,
        hint: str,
    ) -> Any:
        text = self._scalar(node, expected)
        if text is None:
            return INVALID
        value = parse(text)
        if value is None:
            return self._wrong(node, text, expected, hint)
        return str(value) if not isinstance(value, str) else value

    def _read_timestamp(self, type_: ft.Timestamp, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a time")
        if text is None:
            return INVALID
        if quantities.parse_timestamp(text) is None:
            hint = "write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+02:00"
            return self._wrong(node, text, "a date or a time", hint)
        return text

    def _read_span(self, type_: ft.Span, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a duration")
        if text is None:
            return INVALID
        duration = quantities.parse_duration(text)
        if duration is None or (type_.effort and (duration.business or duration.unit not in "mhd")):
            hint = "write 4h or 3d" if type_.effort else "write 30m, 4h, 3d, 2w, 4bh or 3bd"
            return self._wrong(node, text, "an effort" if type_.effort else "a duration", hint)
        return str(duration)

    def _read_money(self, type_: ft.Money, node: yaml_tree.Node, at: FieldPath) -> Any:
        hint = "write 1840.50, or 61000 USD for another currency"
        return self._read_parsed(node, quantities.parse_money, "an amount of money", hint)

    def _read_percentage(self, type_: ft.Percentage, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a percentage")
        if text is None:
            return INVALID
        if quantities.parse_percentage(text) is None:
            return self._wrong(node, text, "a percentage", "write 50%")
        return text

    def _read_distance(self, type_: ft.Distance, node: yaml_tree.Node, at: FieldPath) -> Any:
        hint = "write `date + 3bd` or `first_day - 5bd`"
        return self._read_parsed(node, quantities.parse_distance, "a date and a distance", hint)

    def _read_choice(self, type_: ft.Choice, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, f"one of {_listed(type_.options)}")
        if text is None:
            return INVALID
        if text not in type_.options:
            hint = did_you_mean(text, type_.options) or f"use one of {_listed(type_.options)}"
            return self.report(node, "unknown-option", f"`{_short(text)}` is no option", hint)
        return text

    def _read_reference(self, type_: ft.Reference, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, f"the id of a {type_.to}")
        if text is None:
            return INVALID
        if type_.or_url and URL_PATTERN.fullmatch(text):
            return text
        if type_.or_text and not ID_PATTERN.fullmatch(text.lower()):
            return text
        if type_.to in _WORK_TARGETS and FOREIGN_ID_PATTERN.fullmatch(text):
            self.references.append(ReferenceUse("workspace", text, at))
            return text
        if not ID_PATTERN.fullmatch(text.lower()):
            return self.report(node, "invalid-id", f"`{_short(text)}` is not an id", ID_HINT)
        if not type_.or_text:
            self.references.append(ReferenceUse(type_.to, text, at))
        return text

    def _read_url(self, type_: ft.Url, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a URL")
        if text is None:
            return INVALID
        if not URL_PATTERN.fullmatch(text):
            return self._wrong(node, text, "a URL", "write an http, https or mailto address")
        return text

    def _read_attachment(self, type_: ft.Attachment, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a path or a URL")
        if text is None:
            return INVALID
        if URL_PATTERN.fullmatch(text):
            return text
        scheme = text.split("/", 1)[0]
        if ":" in scheme or "\\" in text or not text or "\n" in text:
            hint = "write an http or https URL, or a path such as proof.pdf or /docs/proof.pdf"
            return self._wrong(node, text, "a path or a URL", hint)
        self.references.append(ReferenceUse("file", text, at))
        return text

    def _read_expression(self, type_: ft.FieldType, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "text")
        return INVALID if text is None else text.rstrip("\n")

    def _read_approver(self, type_: ft.Approver, node: yaml_tree.Node, at: FieldPath) -> Any:
        text = self._scalar(node, "a person, a team or a relation")
        if text is None:
            return INVALID
        if not _APPROVER_PATTERN.fullmatch(text):
            hint = "write a person, a team, or a relation such as owner.manager or did.approve"
            return self._wrong(node, text, "a person, a team or a relation", hint)
        self.references.append(ReferenceUse("approver", text, at))
        return text

    def _read_many(self, type_: ft.Many, node: yaml_tree.Node, at: FieldPath) -> Any:
        if isinstance(node, yaml_tree.Sequence):
            values = [self.read(type_.item, item, (*at, n)) for n, item in enumerate(node.items)]
            return [value for value in values if value is not INVALID]
        if type_.or_one:
            value = self.read(type_.item, node, (*at, 0))
            return INVALID if value is INVALID else [value]
        what = "a map" if isinstance(node, yaml_tree.Mapping) else "a lone value"
        hint = "write it as a list: [value]"
        return self.report(node, "lone-value", f"expected a list, found {what}", hint)

    def _read_group(self, type_: ft.Group, node: yaml_tree.Node, at: FieldPath) -> Any:
        if not isinstance(node, yaml_tree.Mapping):
            names = [field.name for field in type_.fields]
            return self.report(node, "wrong-type", f"expected a map of {_listed(names)}")
        return self.read_fields(node, fields_by_name(type_.fields), at=at)

    def _read_table(self, type_: ft.Table, node: yaml_tree.Node, at: FieldPath) -> Any:
        if not isinstance(node, yaml_tree.Mapping):
            return self.report(node, "wrong-type", "expected a map")
        values: dict[str, Any] = {}
        for key, value in node.entries:
            if isinstance(type_.key, ft.Name) and not self._check_name(type_.key, key, key.text):
                continue
            if type(value) is yaml_tree.Scalar and not value.text and value.plain:
                if isinstance(type_.value, ft.Group):
                    self.report(key, "wrong-type", f"`{key.text}` says nothing")
                continue
            read = self.read(type_.value, value, (*at, key.text))
            if read is not INVALID:
                values[key.text] = read
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
            return [self._read_anything(type_, item, at) for item in node.items]
        return {key.text: self._read_anything(type_, value, at) for key, value in node.entries}

    def _wrong(self, node: yaml_tree.Node, text: str, expected: str, hint: str = "") -> Any:
        return self.report(node, "wrong-type", f"`{_short(text)}` is not {expected}", hint)


ANYTHING = ft.Anything()
ID_HINT = (
    "ids are lower case letters, digits, `.`, `_` and `-`, at most 64, and end in a letter or digit"
)
_WORK_TARGETS = frozenset({"work", "project", "milestone"})
_APPROVER_PATTERN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_])?", re.ASCII)

_READERS: dict[type, Callable[[FieldReader, Any, yaml_tree.Node, FieldPath], Any]] = {
    ft.Text: FieldReader._read_text,
    ft.Identifier: FieldReader._read_identifier,
    ft.Name: FieldReader._read_name,
    ft.Boolean: FieldReader._read_boolean,
    ft.Number: FieldReader._read_number,
    ft.Integer: FieldReader._read_integer,
    ft.Date: FieldReader._read_date,
    ft.Timestamp: FieldReader._read_timestamp,
    ft.Span: FieldReader._read_span,
    ft.Money: FieldReader._read_money,
    ft.Percentage: FieldReader._read_percentage,
    ft.Distance: FieldReader._read_distance,
    ft.Choice: FieldReader._read_choice,
    ft.Reference: FieldReader._read_reference,
    ft.Url: FieldReader._read_url,
    ft.Attachment: FieldReader._read_attachment,
    ft.Condition: FieldReader._read_expression,
    ft.RecurrenceRule: FieldReader._read_expression,
    ft.Template: FieldReader._read_expression,
    ft.Approver: FieldReader._read_approver,
    ft.Many: FieldReader._read_many,
    ft.Group: FieldReader._read_group,
    ft.Table: FieldReader._read_table,
    ft.Either: FieldReader._read_either,
    ft.Anything: FieldReader._read_anything,
}


_FIELDS_BY_NAME: dict[int, tuple[tuple[ft.Field, ...], dict[str, ft.Field]]] = {}


def fields_by_name(fields: tuple[ft.Field, ...]) -> Mapping[str, ft.Field]:
    """Return fields by name; the tables of the format are few and live for ever."""
    kept = _FIELDS_BY_NAME.get(id(fields))
    if kept is None or kept[0] is not fields:
        kept = fields, {field.name: field for field in fields}
        _FIELDS_BY_NAME[id(fields)] = kept
    return kept[1]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean `x`?``, or ``""`` if nothing is near."""
    from difflib import get_close_matches  # costs start-up time; only for a diagnostic

    near = get_close_matches(word[:80], list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else ""


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _short(text: str) -> str:
    shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return shown.replace("\n", "\\n")


_LONGEST_QUOTE = 60
