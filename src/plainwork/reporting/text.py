"""Words and short texts for people on a terminal.

What stands in a workspace is written by many, so it is shown escaped: a title must not move the
cursor, colour the screen or turn the reading direction of what follows it.
"""

from collections.abc import Iterator
from typing import Literal

from plainwork.reporting.display_width import display_width

Style = Literal["bold", "dim", "red", "green", "yellow", "blue", "cyan"]

_CODES: dict[Style, int] = {
    "bold": 1,
    "dim": 2,
    "red": 31,
    "green": 32,
    "yellow": 33,
    "blue": 34,
    "cyan": 36,
}
_JOINERS = "\u200c\u200d"


def plural(number: int, noun: str, many: str = "") -> str:
    """Return a number with its noun: ``1 item``, ``2 items``; `many` if its plural is irregular."""
    return f"{number} {noun}" if number == 1 else f"{number} {many or _many(noun)}"


def ago(days: int) -> str:
    """Return in words how many days have passed; a negative number lies ahead."""
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    return near.get(days) or (f"{days} days ago" if days > 0 else f"in {-days} days")


def escape_line(text: str) -> str:
    r"""Return a text as one line that only prints: what does not is shown as ``\n``, ``\x1b``.

    Control, bidirectional, unassigned and private characters and lone surrogates are escaped.
    Other blanks than the usual one and the joiners that some scripts and emoji need are kept.
    """
    return text if text.isprintable() else "".join(map(_escape, text))


def replace_surrogates(text: str) -> str:
    r"""Return a text that every encoding of Unicode can carry: lone surrogates as ``\udc80``.

    They stand for the bytes of a file name that are no UTF-8.
    """
    return text.encode("utf-8", "backslashreplace").decode()


def style(text: str, name: Style, *, on: bool) -> str:
    """Return a text in a colour or weight, for terminals that show it (ECMA-48, SGR)."""
    return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if on and text else text


def wrap(text: str, *, width: int | None = None, indent: str = "") -> Iterator[str]:
    """Yield the lines of a text, broken between words to fit `width` columns.

    Lines and blanks at their start are kept. A word wider than a line, such as an address, is
    not broken, so that it can be copied.

    Args:
        text: May have several lines; what does not print is shown escaped.
        width: None breaks nothing: the output is no terminal.
        indent: Stands before every line that is not empty; counts into the width.
    """
    room = None if width is None else width - display_width(indent)
    for line in text.replace("\r\n", "\n").split("\n"):
        shown = "\t".join(map(escape_line, line.split("\t"))).expandtabs(4).rstrip()
        for part in (shown,) if room is None else _broken(shown, room):
            yield f"{indent}{part}".rstrip()


def _broken(line: str, width: int) -> Iterator[str]:
    if display_width(line) <= width:
        yield line
        return
    margin = line[: len(line) - len(line.lstrip(" "))]
    current = ""
    for word in filter(None, line.split(" ")):
        longer = f"{current} {word}" if current else f"{margin}{word}"
        if current and display_width(longer) > width:
            yield current
            longer = f"{margin}{word}"
        current = longer
    yield current


def _many(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _escape(character: str) -> str:
    import unicodedata

    shown = (
        character.isprintable() or character in _JOINERS or unicodedata.category(character) == "Zs"
    )
    return character if shown else character.encode("unicode_escape").decode()
