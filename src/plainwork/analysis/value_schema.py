"""JSON Schemas of single fields: one function a type.

Regular expressions are ECMAScript's, which JSON Schema prescribes, and are tested against the
reader's own. See https://json-schema.org/draft/2020-12/json-schema-validation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from plainwork.model import field_type as ft
from plainwork.parsing import scalars

Schema = dict[str, Any]

FIELD_NAME = f"^{scalars.FIELD_NAME_PATTERN.pattern}$"
EXTENSION = "^x-"
_NAME = f"^{scalars.NAME_PATTERN.pattern}$"
_ID = scalars.ID_PATTERN.pattern
_ANY_CASE_ID = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?"
_URL = scalars.URL_PATTERN.pattern
_AMOUNT = r"(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,4})?"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
_DURATION = rf"{_AMOUNT}(?:[mhdw]|b[hd]| business (?:day|hour)s?)"
_DAYS = rf"{_AMOUNT}(?:[dw]|bd| business days?)"
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
# What YAML's core schema makes of plain text; see https://yaml.org/spec/1.2.2/#103-core-schema.
_CORE_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], bool | float]], ...] = (
    (re.compile("true|True|TRUE"), lambda _: True),
    (re.compile("false|False|FALSE"), lambda _: False),
    (re.compile("[-+]?[0-9]{1,40}"), int),
    (re.compile("0x[0-9A-Fa-f]{1,40}"), lambda text: int(text, 16)),
    (re.compile("0o[0-7]{1,40}"), lambda text: int(text, 8)),
    (
        re.compile(r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,2})?"),
        float,
    ),
)
# What the reader takes for text, an editor may have loaded as a number or boolean.
_TEXT = ("string", "number", "boolean")


def _field_schema(field: ft.Field) -> Schema:
    """Return the schema of a field's value; one that may be unset may also be null."""
    schema = _type_schema(field.type)
    if field.help:
        schema["description"] = field.help
    if field.required and isinstance(field.type, ft.Many):
        schema["minItems"] = 1
    return schema if field.required else _nullable(schema)


def object_schema(fields: Iterable[ft.Field]) -> Schema:
    """Return the schema of a map with these keys and no others."""
    fields = tuple(fields)
    schema: Schema = {
        "type": "object",
        "properties": {field.name: _field_schema(field) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required]
    return {**schema, "required": required} if required else schema


def _type_schema(type_: ft.FieldType) -> Schema:
    """Return the schema of a type's values."""
    return _SCHEMAS[type(type_)](type_)


def _nullable(schema: Schema) -> Schema:
    if "type" in schema:
        types = schema["type"]
        schema["type"] = [*([types] if isinstance(types, str) else types), "null"]
    elif "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    elif "anyOf" in schema:
        schema["anyOf"] = [*schema["anyOf"], {"type": "null"}]
    return schema


def _text(*patterns: str) -> Callable[[Any], Schema]:
    pattern = f"^(?:{'|'.join(patterns)})$"
    return lambda _: {"type": list(_TEXT), "pattern": pattern}


def _string(pattern: str) -> Callable[[Any], Schema]:
    return lambda _: {"type": "string", "pattern": f"^{pattern}$"}


def _free_text(type_: ft.FieldType) -> Schema:
    if isinstance(type_, ft.Text) and type_.single_line:
        return {"type": list(_TEXT), "pattern": r"^[^\n]*\n*$"}
    return {"type": list(_TEXT)}


def _name(type_: ft.Name) -> Schema:
    pattern = f"{FIELD_NAME}|{EXTENSION}" if type_.what == "field" else _NAME
    return {"type": list(_TEXT), "pattern": pattern}


def _number(type_: ft.Number) -> Schema:
    schema: Schema = {"type": ["number", "string"], "pattern": f"^{_NUMBER}$"}
    return schema if type_.minimum is None else {**schema, "minimum": type_.minimum}


def _integer(type_: ft.Integer) -> Schema:
    schema: Schema = {"type": ["integer", "string"], "pattern": "^-?(?:0|[1-9][0-9]*)$"}
    return schema if type_.minimum is None else {**schema, "minimum": type_.minimum}


def _span(type_: ft.Span) -> Schema:
    pattern = f"{_AMOUNT}[mhd]" if type_.effort else _DURATION
    return {"type": "string", "pattern": f"^{pattern}$"}


def _choice(type_: ft.Choice) -> Schema:
    return {"enum": [form for option in type_.options for form in _loaded_forms(option)]}


def _loaded_forms(option: str) -> list[Any]:
    """Return what an editor may have made of a word: itself, and what it is without quotes."""
    for pattern, convert in _CORE_FORMS:
        if pattern.fullmatch(option):
            return [option, convert(option)]
    return [option]


def _pattern(type_: ft.Pattern) -> Schema:
    return {"type": list(_TEXT), "pattern": f"^(?:{type_.pattern})$"}


def _reference(type_: ft.Reference) -> Schema:
    if type_.or_text:
        return {"type": list(_TEXT)}
    forms = [_ANY_CASE_ID]
    if type_.to in scalars.OTHER_WORKSPACE:
        forms.append(scalars.FOREIGN_ID_PATTERN.pattern)
    if type_.or_url:
        forms.append(_URL)
    return _text(*forms)(type_)


def _many(type_: ft.Many) -> Schema:
    item = _type_schema(type_.item)
    array = {"type": "array", "items": item}
    return {"anyOf": [item, array]} if type_.or_one else array


def _group(type_: ft.Group) -> Schema:
    return object_schema(type_.fields)


def _table(type_: ft.Table) -> Schema:
    value = _type_schema(type_.value)
    return {
        "type": "object",
        "propertyNames": {"pattern": _type_schema(type_.key)["pattern"]},
        "additionalProperties": value if isinstance(type_.value, ft.Group) else _nullable(value),
    }


def _either(type_: ft.Either) -> Schema:
    forms = (type_.scalar, type_.sequence, type_.mapping)
    return {"anyOf": [_type_schema(form) for form in forms if form is not None]}


def _anything(_: ft.Anything) -> Schema:
    return {}


_SCHEMAS: Mapping[type, Callable[[Any], Schema]] = {
    ft.Text: _free_text,
    ft.Identifier: _text(_ID),
    ft.Name: _name,
    ft.Boolean: lambda _: {"type": ["boolean", "string"], "pattern": "^(?:true|false)$"},
    ft.Number: _number,
    ft.Integer: _integer,
    ft.Date: lambda _: {"type": "string", "pattern": f"^{_DATE}$", "format": "date"},
    ft.Timestamp: _string(f"{_DATE}(?:{_TIME})?"),
    ft.Span: _span,
    ft.Money: lambda _: {
        "type": ["number", "string"],
        "pattern": r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?(?: [A-Z]{3})?$",
    },
    ft.Percentage: _string(r"(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,4})?%"),
    ft.Distance: _string(f"(?:date|first_day|last_day)(?: [+-] {_DAYS})?"),
    ft.Choice: _choice,
    ft.Pattern: _pattern,
    ft.Reference: _reference,
    ft.Url: _string(_URL),
    ft.Attachment: _text(_URL, r"[^:/\\\n]+(?:/[^\\\n]*)?", r"/[^\\\n]*"),
    ft.Condition: _free_text,
    ft.RecurrenceRule: _free_text,
    ft.Template: _free_text,
    ft.Approver: _text(scalars.APPROVER_PATTERN.pattern),
    ft.Many: _many,
    ft.Group: _group,
    ft.Table: _table,
    ft.Either: _either,
    ft.Anything: _anything,
}
