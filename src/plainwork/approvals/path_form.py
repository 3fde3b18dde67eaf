"""Which names a file that is judged may get: those that everybody sees, and can have, alike."""

from __future__ import annotations

import re
from unicodedata import normalize

_FORBIDDEN = frozenset('"*:<>?\\|')
# What Windows takes for a device, whatever follows the first dot.
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
_GIT_FOLDERS = frozenset({".git", "git~1"})
_LONGEST = 1_024
_DEEPEST = 40


def explain_path(path: str) -> str:
    """Return why a path is not one that everybody sees and can have alike, or ``""``.

    Args:
        path: With ``/``; bytes that are not UTF-8 as surrogates.
    """
    if not path.isprintable():
        return "it has characters that cannot be shown"
    if normalize("NFC", path) != path:
        return "its letters are not composed as usual (NFC)"
    if is_excessive(path):
        return f"it has more than {_LONGEST:,} characters, or {_DEEPEST} folders"
    forbidden = "".join(sorted(_FORBIDDEN.intersection(path)))
    if forbidden:
        return f"some systems cannot write {forbidden} in names"
    return next((why for name in path.split("/") if (why := _explain_name(name))), "")


def is_excessive(path: str) -> bool:
    """Tell whether a path is longer or deeper than anybody needs; globs are slow on such ones."""
    return len(path) > _LONGEST or path.count("/") > _DEEPEST


def _explain_name(name: str) -> str:
    folded = name.rstrip(". ").lower()
    if name in ("", ".", ".."):
        return "it leads somewhere else"
    if folded in _GIT_FOLDERS:
        return "only Git writes there"
    if name != name.strip(" ") or name.endswith("."):
        return f"some systems drop a blank or dot at the end of `{name}`"
    return f"`{name}` is a device on some systems" if _DEVICE.fullmatch(name) else ""
