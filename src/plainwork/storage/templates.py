"""The starter workspaces and CI recipes that `init` copies, and the workspace that `demo` plays."""

from pathlib import Path

import msgspec

from plainwork.errors import StorageError, UsageError
from plainwork.storage.resources import find_resource
from plainwork.storage.scan import MARKER

_DEMO = "demo"
_RECIPES = "ci"


class Starter(msgspec.Struct, frozen=True):
    """A starter workspace: its name, and what it is for."""

    name: str
    summary: str


def list_starters() -> list[Starter]:
    """Return the starter workspaces by name; the first line of its README says what one is for.

    Raises:
        StorageError: If they cannot be read.
    """
    folder = find_resource("templates")
    names = sorted(path.parent.name for path in folder.glob(f"*/{MARKER}"))
    return [Starter(name, _load_summary(folder / name)) for name in names if name != _DEMO]


def load_starter(name: str) -> dict[str, str]:
    """Return the text of every file of a starter workspace, by its path from there.

    Raises:
        UsageError: If there is no such starter.
        StorageError: If it cannot be read.
    """
    known = [starter.name for starter in list_starters()]
    if name not in known:
        message = f"no template `{name}`; there are {', '.join(known)}"
        raise UsageError(message)
    return _load_files(name)


def load_demo() -> dict[str, str]:
    """Return the text of every file of the example organisation, by its path from there.

    Raises:
        StorageError: If it cannot be read.
    """
    return _load_files(_DEMO)


def load_recipes(forge: str) -> dict[str, str]:
    """Return the text of every CI recipe for a forge, by its path from the repository's top.

    Args:
        forge: One of :data:`plainwork.plans.recipes.RECIPES`.

    Raises:
        StorageError: If they cannot be read.
    """
    return _load_files(f"{_RECIPES}/{forge}")


def _load_files(name: str) -> dict[str, str]:
    folder = find_resource("templates") / name
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _load_text(path) for path in files}


def _load_summary(folder: Path) -> str:
    return _load_text(folder / "README.md").partition("\n")[0].lstrip("# ")


def _load_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read; install plainwork again"
        raise StorageError(message) from error
