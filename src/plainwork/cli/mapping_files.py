"""Mappings that are named on the command line."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from plainwork.errors import UsageError
from plainwork.model.workflow import Workflow
from plainwork.plans import import_mapping as im
from plainwork.storage.mappings import load_mapping


def read_mapping(path: Path, workflows: Mapping[str, Workflow]) -> tuple[im.Mapping, bytes]:
    """Read a mapping; return it and its bytes. What is wrong with it is printed.

    Args:
        path: Its file.
        workflows: Those of the workspace, by id in lower case.

    Raises:
        UsageError: If it cannot be followed.
    """
    from plainwork.plans.import_mapping_file import parse_mapping
    from plainwork.reporting.diagnostics_text import format_text

    data = load_mapping(path)
    mapping, diagnostics = parse_mapping(str(path), data, workflows)
    if mapping is None:
        *lines, _ = format_text(diagnostics, documents=1)
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        message = f"{path}: the mapping cannot be followed; nothing was done"
        raise UsageError(message)
    return mapping, data
