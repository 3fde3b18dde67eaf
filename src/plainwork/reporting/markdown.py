"""Text that becomes Markdown on a forge, where whatever is not escaped can act.

A mention notifies people, a reference links other projects, an image tells a stranger who reads,
and a heading or a check mark can make a red page look green.
"""

from __future__ import annotations

import re

from plainwork.reporting.text import escape_line

_PAUSE = "&#8203;"
"""A blank without width: it breaks what forges would make a mention, a reference or a link."""

_ACTING = "@#!$%~&:"
"""What forges read in plain text: people, references, milestones, labels, formulas, emoji."""

_ESCAPED = {
    **{mark: f"\\{mark}" for mark in "\\`*_{}[]+|=^"},
    **{mark: f"\\{mark}{_PAUSE}" for mark in _ACTING},
    "<": "&lt;",
    ">": "&gt;",
}
_COLON = f"\\:{_PAUSE} "
_WWW = re.compile(r"(?i)(www)\.")
_TICKS = re.compile("`+")
_QUOTED = re.compile(r"`([^`\s](?:[^`]*[^`\s])?)`")
_LIST = re.compile(r"^(\d*)(?=[.)-])")


def code(text: str) -> str:
    """Return hostile text as it stands there, between backticks: nothing acts in it.

    The fence is longer than every run of backticks in the text (CommonMark, *Code spans*).
    """
    shown = escape_line(text).strip()
    if not shown:
        return ""
    fence = "`" * (max(map(len, _TICKS.findall(shown)), default=0) + 1)
    blank = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{blank}{shown}{blank}{fence}"


def prose(text: str) -> str:
    """Return a sentence that may name hostile text: it reads the same, and nothing acts in it.

    What stands between backticks becomes code, as whoever wrote the sentence meant it.
    """
    first, *parts = _QUOTED.split(escape_line(text).strip())
    shown = _escape(first)
    for quoted, following in zip(parts[::2], parts[1::2], strict=True):
        # Two fences side by side would be read as one.
        shown += code(quoted) + (_escape(following) or _PAUSE)
    return _LIST.sub(r"\1\\", shown).removesuffix(_PAUSE)


def _escape(text: str) -> str:
    escaped = "".join(_ESCAPED.get(mark, mark) for mark in text)
    escaped = escaped.replace(_COLON, ": ")  # before a blank it begins nothing
    return _WWW.sub(rf"\1{_PAUSE}.", escaped)


def limit(text: str, most: int, remark: str) -> str:
    """Return lines that are no longer than a forge takes; what is left out is said.

    Args:
        text: Lines of Markdown.
        most: How many characters the forge takes.
        remark: A line that says where the rest stands; it is part of them.
    """
    if len(text) <= most:
        return text
    kept = text[: most - len(remark) - 2]
    return f"{kept[: kept.rfind(chr(10)) + 1]}\n{remark}\n"
