"""Whole workspaces written inside a test, in the txtar format of the Go project.

A line `-- path --` starts a file; everything up to the next such line is its text. What stands
before the first such line is a comment for people.
"""

import re
from collections.abc import Mapping
from pathlib import Path

_HEADER = re.compile(r"^-- (.+) --\n", re.MULTILINE)


def unpack(archive: str) -> dict[str, str]:
    """Return the text of every file by its path."""
    _, *parts = _HEADER.split(archive)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def pack(files: Mapping[str, str]) -> str:
    """Return the archive of files, in their order; a last line without an end gets one."""
    return "".join(f"-- {path} --\n{_ended(text)}" for path, text in files.items())


def write(archive: str, root: Path) -> Path:
    """Write every file of an archive below `root` and return `root`."""
    return write_files(unpack(archive), root)


def write_files(files: Mapping[str, str], root: Path) -> Path:
    """Write files below `root`, with the folders that they need, and return `root`."""
    root.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return root


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"
