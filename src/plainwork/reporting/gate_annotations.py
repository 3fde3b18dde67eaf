"""A decision as workflow commands, which forges show beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.reporting.workflow_command import format_command
from plainwork.views.remarks import Remark


def format_annotations(remarks: Iterable[Remark]) -> Iterator[str]:
    """Yield one workflow command a remark."""
    for each in remarks:
        properties = {
            "file": each.path,
            "line": str(each.line or ""),
            "title": each.title,
        }
        yield format_command(each.level, each.lines, properties)
