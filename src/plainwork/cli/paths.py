"""Files and folders of the workspace, as they are typed."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from plainwork.cli.context import Invocation
from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic, Location


def name_folder(folder: Path) -> str:
    """Return how to call a folder from here, quoted for a shell."""
    name = os.path.relpath(folder)
    return shlex.quote(str(folder) if name.startswith("..") else name)


def from_here(call: Invocation, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics with paths from the current folder, so that an editor opens them."""
    return [
        msgspec.structs.replace(found, location=_from_here(call, found.location))
        for found in diagnostics
    ]


def _from_here(call: Invocation, location: Location) -> Location:
    path = os.path.relpath(call.root / location.path, call.directory)
    return msgspec.structs.replace(location, path=path)


def choose_paths(call: Invocation, given: Iterable[str]) -> Callable[[str], bool]:
    """Return a test whether a path, from the workspace's root, is meant; all are if none is given.

    Raises:
        UsageError: If there is nothing at a path, or it lies outside of the workspace.
    """
    chosen = tuple(_from_root(call, text) for text in given)
    if not chosen or "." in chosen:
        return lambda path: True
    folders = tuple(f"{path}/" for path in chosen)
    return lambda path: path in chosen or path.startswith(folders)


def _from_root(call: Invocation, text: str) -> str:
    place = os.path.abspath(call.directory / text)  # noqa: PTH100 - links are not followed
    if not os.path.lexists(place):
        message = f"{text}: no such file or folder"
        raise UsageError(message)
    path = os.path.relpath(place, call.root)
    if path == ".." or path.startswith("../"):
        message = f"{text}: outside of the workspace {call.root}"
        raise UsageError(message)
    return path
