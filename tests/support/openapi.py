"""GitHub's own description of its REST API, as a judge of requests and answers."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator

from support.relay import Exchange

DESCRIPTION = Path(__file__).parents[1] / "forge/github_openapi/github.json"
_COMBINED = ("allOf", "anyOf", "oneOf")


@cache
def load_description() -> Any:
    """Return the description, with schemas that JSON Schema's validators understand."""
    return _to_json_schema(json.loads(DESCRIPTION.read_text(encoding="utf-8")))


def find_faults(exchange: Exchange, root: str) -> list[str]:
    """Return what of a request, and of its answer, GitHub's description does not know.

    Args:
        exchange: Both.
        root: The path of the API's root.
    """
    parts = urlsplit(exchange.target)
    template, named = _find_path(parts.path.removeprefix(root))
    operation = load_description()["paths"].get(template, {}).get(exchange.method.lower())
    if operation is None:
        return [f"no {exchange.method} {parts.path}"]
    parameters = [_resolve(each) for each in operation.get("parameters", [])]
    faults = _check_parameters(parameters, "path", named)
    faults += _check_parameters(parameters, "query", dict(parse_qsl(parts.query)))
    faults += _check_body(operation, exchange)
    faults += _check_answer(operation, exchange)
    return [f"{exchange.method} {template}: {fault}" for fault in faults]


def _find_path(path: str) -> tuple[str, dict[str, str]]:
    asked = path.split("/")
    for template in load_description()["paths"]:
        parts = template.split("/")
        pairs = list(zip(parts, asked, strict=False))
        if len(parts) == len(asked) and all(
            part == given or part.startswith("{") for part, given in pairs
        ):
            return template, {
                part[1:-1]: unquote(given) for part, given in pairs if part.startswith("{")
            }
    return "", {}


def _check_parameters(parameters: list[Any], place: str, given: dict[str, str]) -> list[str]:
    known = {each["name"]: each for each in parameters if each["in"] == place}
    # GitHub numbers the pages of every list, and does not say so of each.
    unknown = sorted(given.keys() - known.keys() - {"page"})
    faults = [f"no parameter {name}" for name in unknown]
    for name, parameter in known.items():
        if name in given:
            faults += _check(_convert(given[name], parameter["schema"]), parameter["schema"])
        elif parameter.get("required"):
            faults.append(f"parameter {name} is missing")
    return faults


def _convert(text: str, schema: Any) -> object:
    return int(text) if schema.get("type") == "integer" and text.isdigit() else text


def _check_body(operation: Any, exchange: Exchange) -> list[str]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return ["it has a body"] if exchange.body else []
    return _check(json.loads(exchange.body), content["schema"])


def _check_answer(operation: Any, exchange: Exchange) -> list[str]:
    response = operation["responses"].get(str(exchange.status))
    if response is None and exchange.status >= 400:
        # Not every refusal is described, and all that are have this form.
        return _check(exchange.value, {"$ref": "#/components/schemas/basic-error"})
    if response is None:
        return [f"status {exchange.status}"]
    content = _resolve(response).get("content", {}).get("application/json")
    return _check(exchange.value, content["schema"]) if content else []


def _check(value: object, schema: Any) -> list[str]:
    validator = Draft202012Validator({**schema, "components": load_description()["components"]})
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]


def _resolve(value: Any) -> Any:
    while "$ref" in value:
        _, _, kind, name = value["$ref"].split("/")
        value = load_description()["components"][kind][name]
    return value


def _to_json_schema(value: Any) -> Any:
    """Return OpenAPI 3.0's dialect in JSON Schema's: null is a type, alternatives may overlap."""
    if isinstance(value, list):
        return [_to_json_schema(part) for part in value]
    if not isinstance(value, dict):
        return value
    found = {
        "anyOf" if key == "oneOf" and isinstance(part, list) else key: _to_json_schema(part)
        for key, part in value.items()
    }
    if found.pop("nullable", False) is True:
        if isinstance(found.get("type"), str):
            found["type"] = [found["type"], "null"]
        if "enum" in found and None not in found["enum"]:
            found["enum"] = [*found["enum"], None]
        if not found.keys().isdisjoint(_COMBINED):
            return {"anyOf": [found, {"type": "null"}]}
    return found
