"""What commands print for machines: one JSON object that names its schema."""

from collections.abc import Sequence
from typing import Any

import msgspec

from plainwork.reporting.text import replace_surrogates

_ENTRY = b"\n    "
"""Stands before each line of a list's entries: such lists are fields of what is printed."""


def to_json(name: str, value: msgspec.Struct) -> str:
    """Return a value as one JSON object: :func:`to_json_bytes` as text."""
    return to_json_bytes(name, value).decode()


def to_json_bytes(name: str, value: msgspec.Struct) -> bytes:
    """Return a value as one JSON object in UTF-8, indented, with a line's end.

    ``schema`` comes first and is ``plainwork/<name>/1``; then the fields in the order of their
    definition. Dates are ISO 8601, decimals texts (so that none is rounded), characters
    themselves; lone surrogates are shown as text, for strict readers refuse them.
    """
    encoded = encode(value)
    schema = msgspec.json.encode({"schema": schema_name(name)})
    separator = b"" if encoded == b"{}" else b","
    merged = schema[:-1] + separator + encoded[1:]
    return msgspec.json.format(merged, indent=2) + b"\n"


def format_entry(value: Any) -> bytes:
    """Return a value as it follows another one in a list of :func:`to_json_bytes`."""
    return b"," + _ENTRY + msgspec.json.format(encode(value), indent=2).replace(b"\n", _ENTRY)


def fill_list(data: bytes, field: str, entries: Sequence[bytes]) -> bytes:
    """Return what :func:`to_json_bytes` returned, with entries in an empty list.

    Args:
        data: A value as JSON.
        field: Which of its fields is the list.
        entries: What :func:`format_entry` returned of each; the same may stand in many lists.
    """
    if not entries:
        return data
    first, *others = entries
    start = b'\n  "%b": [' % field.encode()  # in no text, where an end of a line is escaped
    head, _, tail = data.partition(start + b"]")
    return b"".join([head, start, first.removeprefix(b","), *others, b"\n  ]", tail])


def document_to_json(document: msgspec.Struct) -> str:
    """Return a document that says its schema itself, such as a decision, as :func:`to_json`."""
    return msgspec.json.format(encode(document), indent=2).decode() + "\n"


def json_schema(name: str, type_: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what is printed for a type."""
    (reference,), components = msgspec.json.schema_components(
        [type_], ref_template="#/$defs/{name}"
    )
    name_of_root = reference["$ref"].removeprefix("#/$defs/")
    root = components[name_of_root]
    if reference["$ref"] not in msgspec.json.encode(components).decode():
        del components[name_of_root]  # nothing in it holds another one of its kind
    schema = {"schema": {"const": schema_name(name)}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **root,
        "title": schema_name(name),
        "properties": {**schema, **root["properties"], **schema},
        "required": list(dict.fromkeys(("schema", *root.get("required", ())))),
        "$defs": components,
    }


def encode(value: Any) -> bytes:
    """Return a value as JSON on one line; lone surrogates are shown as text."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_unicode(msgspec.to_builtins(value)))


def schema_name(name: str) -> str:
    """Return what ``schema`` says in what is printed."""
    return f"plainwork/{name}/1"


def _unicode(value: Any) -> Any:
    """Return JSON's values without lone surrogates in any text."""
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, dict):
        return {_unicode(key): _unicode(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_unicode(item) for item in value]
    return value
