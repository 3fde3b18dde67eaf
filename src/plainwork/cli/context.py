"""What commands share: the workspace that they stand in, and the options that many have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from plainwork.cli.output import Progress
from plainwork.errors import UsageError
from plainwork.model.snapshot import Snapshot
from plainwork.storage.workspace import find_workspace, load_snapshot

TODAY_HELP = "Act as if this were today (YYYY-MM-DD)."
AT_HELP = "The workspace as it was: a date or a revision."

FormatOption = Annotated[str, typer.Option("--format", metavar="text|json", help="How to print.")]
TodayOption = Annotated[str, typer.Option("--today", metavar="DATE", help=TODAY_HELP)]
AtOption = Annotated[str, typer.Option("--at", metavar="DATE|REV", help=AT_HELP)]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="The document's id, or a unique beginning of it.")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field; may be given several times."),
]
TextOption = Annotated[
    str, typer.Option("--message", "-m", metavar="TEXT", help="The text below the fields.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print the change as a diff; write nothing.")
]
CommitOption = Annotated[bool, typer.Option("--commit", help="Commit exactly what was written.")]


class Invocation:
    """How a command was called: everything that is the same for all commands.

    Attributes:
        directory: Where to look for the workspace.
        mapping: Through which the files there are read instead of as a workspace, or ``""``.
    """

    def __init__(self, directory: Path, mapping: str = "") -> None:
        self.directory = directory
        self.mapping = mapping
        self._root: Path | None = None

    @property
    def root(self) -> Path:
        """The root of the workspace.

        Raises:
            UsageError: If the folder of ``-C`` is not there, or is read through a mapping.
            NotAWorkspaceError: If there is no workspace here or above.
        """
        if self.mapping:
            message = "--mapping shows history only, which this command does not read"
            raise UsageError(message)
        if self._root is None:
            if not self.directory.is_dir():
                message = f"{self.directory}: no such folder"
                raise UsageError(message)
            self._root = find_workspace(self.directory)
        return self._root

    def load(self, at: str = "") -> Snapshot:
        """Read the workspace, as it is or as it was.

        Raises:
            UsageError: If there is no such moment.
        """
        if at:
            from plainwork.storage.commit_snapshot import load_snapshot_at

            return load_snapshot_at(self.root, at)
        return load_snapshot(self.root, Progress("Reading documents"))

    def today(self, text: str, snapshot: Snapshot) -> date:
        """Return what ``--today`` says, else the date in the workspace's time zone.

        Raises:
            UsageError: If it is no date.
        """
        if text:
            return parse_day(text, "--today")
        from plainwork.cli import clock

        return clock.today(snapshot.settings.timezone)

    def me(self, snapshot: Snapshot) -> str:
        """Return the id of the person with Git's e-mail, or ``""``."""
        from plainwork.storage.git_questions import load_identity

        identity = load_identity(self.root)
        if identity is None:
            return ""
        return find_person(snapshot, identity.email)


def invocation(context: typer.Context) -> Invocation:
    """Return how the command was called."""
    found = context.obj
    assert isinstance(found, Invocation)  # noqa: S101 - the runner puts it there
    return found


def find_person(snapshot: Snapshot, email: str) -> str:
    """Return the id of the person with an e-mail address, compared without case, or ``""``."""
    from plainwork.model.party import Person

    wanted = email.lower()
    for party in snapshot.parties.values():
        if isinstance(party, Person) and any(wanted == known.lower() for known in party.emails):
            return party.id
    return ""


def parse_day(text: str, option: str) -> date:
    """Return a date from the command line.

    Raises:
        UsageError: If it is none.
    """
    from plainwork.parsing.quantities import parse_date

    day = parse_date(text)
    if day is None:
        message = f"{option} {text}: write a date as YYYY-MM-DD"
        raise UsageError(message)
    return day


def choose_format(text: str, *known: str) -> str:
    """Return the output format asked for.

    Raises:
        UsageError: If the command has no such format.
    """
    if text not in known:
        formats = f"{', '.join(known[:-1])} or {known[-1]}"
        message = f"--format {text}: this command prints {formats}"
        raise UsageError(message)
    return text
