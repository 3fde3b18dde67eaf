"""What commands that look back share: the past of a workspace, or of what another tool wrote."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plainwork.cli.context import invocation
from plainwork.cli.output import Progress
from plainwork.cli.viewing import Sight
from plainwork.errors import RepositoryError, UsageError
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot

if TYPE_CHECKING:
    from plainwork.flow.scope import Scope
    from plainwork.plans.import_mapping import Mapping


def look_back(context: typer.Context, *, at: str = "", today: str = "") -> Sight:
    """Return what is looked back on: a workspace, or files of another tool through ``--mapping``.

    Raises:
        UsageError: If there is no such folder, moment or mapping.
        NotAWorkspaceError: If there is neither workspace nor mapping.
    """
    past = _MappedPast if invocation(context).mapping else Sight
    return past(context, at=at, today=today)


def find_scope(sight: Sight, workflow: str, team: str, project: str) -> Scope:
    """Return which items count, by the ids that texts mean; ``""``: all of them.

    Raises:
        UsageError: If there is nothing of that name.
    """
    from plainwork.analysis.lookup import TEAM, WORK, WORKFLOW, find_named
    from plainwork.flow.scope import Scope

    return Scope(
        find_named(sight.snapshot, workflow, WORKFLOW).id if workflow else "",
        find_named(sight.snapshot, team, TEAM).id if team else "",
        find_named(sight.snapshot, project, WORK).id if project else "",
    )


class _MappedPast(Sight):
    """The past of files that a mapping reads as work.

    There is no workspace, so it is one without documents: its workflows are those of the mapping,
    its teams those that the past names.
    """

    @property
    def root(self) -> Path:
        """The folder that the mapping is for: its own below the given one, if it is there."""
        folder = self.call.directory
        if not folder.is_dir():
            message = f"{folder}: no such folder"
            raise UsageError(message)
        below = folder / self._mapping[0].root
        return below if below.is_dir() else folder

    def events(self, *, partial: bool = True) -> History:
        """Return what happened to the files that are work.

        Args:
            partial: Whether what a shallow clone has will do.

        Raises:
            RepositoryError: In a shallow clone unless `partial`.
        """
        if self._history.shallow and not partial:
            message = f"{self.root}: the history is cut off; `git fetch --unshallow` gets the rest"
            raise RepositoryError(message)
        return self._history

    def _load(self) -> Snapshot:
        from plainwork.flow.past_snapshot import make_past_snapshot
        from plainwork.model.settings import Settings
        from plainwork.storage.mapped_log import find_workflows

        mapping, _ = self._mapping
        settings = Settings(name=mapping.title, timezone=mapping.timezone)
        return make_past_snapshot(self._history, settings, find_workflows(mapping))

    @cached_property
    def _moment(self) -> tuple[str, int]:
        if not self._at:
            return "", 0
        from plainwork.storage.commit_snapshot import load_moment

        return load_moment(self.root, self._at, self._mapping[0].timezone)

    @cached_property
    def _mapping(self) -> tuple[Mapping, bytes]:
        from plainwork.cli.mapping_files import read_mapping
        from plainwork.storage.mappings import find_mapping

        return read_mapping(find_mapping(self.call.mapping, self.call.directory), {})

    @cached_property
    def _history(self) -> History:
        from plainwork.storage.event_history import load_event_history
        from plainwork.storage.mapped_log import make_reading

        history = load_event_history(
            self.root,
            self.commit,
            partial=True,
            tell=Progress("Reading history"),
            reading=make_reading(*self._mapping),
        )
        if not history.events:
            message = f"{self.root}: no commit has files that are work of {self._mapping[0].title}"
            raise UsageError(message)
        return history
