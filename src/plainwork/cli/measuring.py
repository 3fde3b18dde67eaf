"""What commands share that tell where time is lost: which days and which work count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

import typer

from plainwork.cli.context import parse_day
from plainwork.cli.output import write_notice
from plainwork.cli.viewing import Sight
from plainwork.errors import UsageError
from plainwork.model.history import History

if TYPE_CHECKING:
    from plainwork.flow.evidence import Evidence

SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="The first day; else all of the past.")
]
UntilOption = Annotated[
    str, typer.Option("--until", metavar="DATE", help="The last day; else today.")
]
WorkflowOption = Annotated[
    str, typer.Option("--workflow", metavar="ID", help="Only work of this workflow.")
]
TeamOption = Annotated[
    str, typer.Option("--team", metavar="ID", help="Only of this team and those below it.")
]
ProjectOption = Annotated[
    str, typer.Option("--project", metavar="ID", help="Only work of this project.")
]
TableFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|csv", help="How to print.")
]


class Measurement:
    """The history of a workspace, and which days of it count.

    Attributes:
        sight: The workspace as it is looked at.
        since: The first day, or None for all of the past.
        until: The last day.
    """

    def __init__(self, sight: Sight, since: str, until: str) -> None:
        self.sight = sight
        self.since: date | None = parse_day(since, "--since") if since else None
        self.until: date = parse_day(until, "--until") if until else sight.today
        if self.until > sight.today:
            message = f"--until {until} lies after {sight.today}: nothing has happened there yet"
            raise UsageError(message)
        if self.since and self.since > self.until:
            message = f"--since {since} lies after {self.until}"
            raise UsageError(message)

    @cached_property
    def history(self) -> History:
        """What happened to work.

        Raises:
            RepositoryError: Outside of Git, and in a shallow clone: every number would be wrong.
        """
        history = self.sight.events(partial=False)
        if history.rewritten:
            from plainwork.reporting.log_text import REWRITTEN

            write_notice(REWRITTEN)
        return history

    @cached_property
    def evidence(self) -> Evidence:
        """What happened until now.

        Raises:
            RepositoryError: See :attr:`history`.
        """
        from plainwork.flow.evidence import Evidence

        sight = self.sight
        return Evidence(self.history, sight.snapshot, sight.zone, sight.now, self._load_merged)

    def _load_merged(self) -> Mapping[str, tuple[str, ...]]:
        """Read who wrote what merges brought in."""
        from plainwork.storage.merged_authors import load_merged_authors

        return load_merged_authors(self.sight.root, self.history)
