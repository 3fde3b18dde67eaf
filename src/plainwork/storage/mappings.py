"""The mappings that `import` follows: those that plainwork brings, and those of files."""

from __future__ import annotations

from pathlib import Path

from plainwork.errors import StorageError, UsageError
from plainwork.parsing.source_text import MAX_BYTES
from plainwork.storage.resources import find_resource

_SUFFIX = ".toml"


def list_mappings() -> list[str]:
    """Return the names of the mappings that plainwork brings.

    Raises:
        StorageError: If they cannot be found.
    """
    folder = find_resource("templates") / "mappings"
    return sorted(path.stem for path in folder.glob(f"*{_SUFFIX}"))


def find_mapping(name: str, directory: Path) -> Path:
    """Return the file of a mapping, by its name or by its path from a folder.

    Raises:
        UsageError: If there is none.
        StorageError: If those that plainwork brings cannot be found.
    """
    known = list_mappings()
    if name in known:
        return find_resource("templates") / "mappings" / f"{name}{_SUFFIX}"
    path = directory / name
    if not path.is_file():
        message = f"no mapping `{name}`: no such file, and plainwork brings {', '.join(known)}"
        raise UsageError(message)
    return path


def load_mapping(path: Path) -> bytes:
    """Return the bytes of a mapping; no more than can be read.

    Raises:
        StorageError: If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise StorageError(message) from error
