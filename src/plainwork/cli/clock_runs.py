"""How works passed clocks, for commands: read with progress, and with a word where nobody knows."""

from __future__ import annotations

from pathlib import Path

from plainwork.cli.output import Progress, write_notice
from plainwork.model.settings import Settings
from plainwork.storage.clock_runs import KeptRuns, load_clock_runs
from plainwork.storage.git_folder import find_git_folder


def load_runs(root: Path, settings: Settings, until: str = "") -> KeptRuns | None:
    """Read how works passed clocks until a commit, or the one checked out; None: nobody knows."""
    found = load_clock_runs(root, settings, until, tell=Progress("Reading history"))
    if found is None and find_git_folder(root) is not None:
        write_notice(
            "the history is cut off, so nobody knows since when clocks run;"
            " `git fetch --unshallow` gets the rest"
        )
    return found
