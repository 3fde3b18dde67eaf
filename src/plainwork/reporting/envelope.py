"""What commands print for machines: one JSON object that names its schema."""

from typing import Any

import msgspec

from plainwork.reporting.text import replace_surrogates


def to_json(name: str, value: msgspec.Struct) -> str:
    """Return a value as one JSON object, indented, with a line's end.

    ``schema`` comes first and is ``plainwork/<name>/1``; then the fields in the order of their
    definition. Dates are ISO 8601, decimals texts (so that none is rounded), characters
    themselves; lone surrogates are shown as text, for strict readers refuse them.
    """
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_unicode(msgspec.to_builtins(value)))
    schema = msgspec.json.encode({"schema": _schema(name)})
    separator = b"" if encoded == b"{}" else b","
    merged = schema[:-1] + separator + encoded[1:]
    return msgspec.json.format(merged, indent=2).decode() + "\n"


def json_schema(name: str, type_: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what :func:`to_json` prints for a type."""
    (reference,), components = msgspec.json.schema_components(
        [type_], ref_template="#/$defs/{name}"
    )
    root = components.pop(reference["$ref"].removeprefix("#/$defs/"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **root,
        "title": _schema(name),
        "properties": {"schema": {"const": _schema(name)}, **root["properties"]},
        "required": ["schema", *root.get("required", ())],
        "$defs": components,
    }


def _schema(name: str) -> str:
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
