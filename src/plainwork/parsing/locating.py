"""Finding the lines of diagnostics that know their field only.

Rules judge values, which have no lines; so a file is read again if something in it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plainwork.model.diagnostic import Diagnostic, FieldPath, Location
from plainwork.parsing.front_matter import parse_front_matter
from plainwork.parsing.yaml_tree import Mapping, find_node


def locate_diagnostics(
    path: str, data: bytes, diagnostics: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of one file with their lines.

    What is about the file as a whole, or about a field that it has not, stays without one.

    Args:
        path: A document or ``plainwork.toml``.
        data: The file's bytes.
        diagnostics: What is wrong with it.
    """
    root = _parse_root(path, data)
    if root is None:
        return tuple(diagnostics)
    return tuple(
        msgspec.structs.replace(diagnostic, location=_locate(path, root, diagnostic.field))
        if diagnostic.field and not diagnostic.location.line
        else diagnostic
        for diagnostic in diagnostics
    )


def _parse_root(path: str, data: bytes) -> Mapping | None:
    if path.endswith(".toml"):
        from plainwork.parsing.settings_file import parse_settings_tree  # tomllib costs time

        root = parse_settings_tree(path, data)
        return None if isinstance(root, Diagnostic) else root
    front_matter, _ = parse_front_matter(path, data)
    return front_matter.root if front_matter else None


def _locate(path: str, root: Mapping, field: FieldPath) -> Location:
    node = find_node(root, field)
    return Location(path, node.line, node.column) if node else Location(path)
