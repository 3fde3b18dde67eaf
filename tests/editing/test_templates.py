"""Every value of every starter workflow can be changed: real files, laid out by people."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from plainwork.editing.front_matter_edit import remove_field, set_field
from plainwork.model.diagnostic import FieldPath
from plainwork.parsing.front_matter import parse_front_matter
from plainwork.parsing.yaml_tree import Mapping, Node, Scalar, Sequence

TEMPLATES = Path(__file__).parents[2] / "templates"
WORKSPACES = sorted(path.parent.name for path in TEMPLATES.glob("*/plainwork.toml"))


def values_of(node: Node, at: FieldPath = ()) -> Iterator[tuple[FieldPath, Node]]:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield (*at, key.text), value
            yield from values_of(value, (*at, key.text))
    elif isinstance(node, Sequence):
        for position, item in enumerate(node.items):
            yield (*at, position), item
            yield from values_of(item, (*at, position))


def changed_lines(before: str, after: str) -> list[str]:
    diff = list(unified_diff(before.split("\n"), after.split("\n"), n=0))[2:]
    return [line[0] for line in diff if line[0] != "@"]


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_value_can_be_changed(name: str) -> None:
    changed = 0
    for path in sorted((TEMPLATES / name).glob("workflows/*.md")):
        text = path.read_text(encoding="utf-8")
        front_matter, _ = parse_front_matter(path.name, text.encode())
        assert front_matter is not None, path
        for field, node in values_of(front_matter.root):
            after = set_field(text, field, "another: one")
            if isinstance(node, Scalar) and "\n" not in text[node.start : node.end]:
                assert changed_lines(text, after) == ["-", "+"], (path, field)
            assert set(changed_lines(text, remove_field(text, field))) <= {"-", "+"}
            changed += 1
    assert changed
