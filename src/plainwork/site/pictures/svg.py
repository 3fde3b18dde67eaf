"""The parts that every picture is drawn with: SVG that is inert, described and always the same.

There is no `style` attribute, no link and no script, so that a strict Content-Security-Policy
holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from html import escape

from plainwork.parsing.scalars import ID_PATTERN
from plainwork.site.pictures.paint import paint
from plainwork.views.text_width import fit, text_width

SIZE = 12
"""The font's size in pixels."""
SMALL = 11
NARROWEST = 288
"""What is left of the narrowest screen, 320 pixels. Pictures as wide as the page fit into it."""
_SNUG = 410
"""Pictures up to this width may shrink to a narrow screen: their text stays readable."""
_LONGEST_TITLE = 200
_LONGEST_DESCRIPTION = 2_000
_JOINERS = "\u200c\u200d"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def picture(
    name: str,
    title: str,
    description: str,
    content: Iterable[str],
    *,
    height: float,
    width: float | None = None,
) -> str:
    """Return one SVG element.

    Args:
        name: What no other picture of its page has: its ids begin so.
        title: What it is, said first to those who hear it.
        description: What it shows, in words.
        content: Its elements.
        height: In pixels.
        width: In pixels, or None: as wide as there is room, and at least :data:`NARROWEST`;
            then every place across is a percentage.
    """
    id_ = _id(name)
    size = f'height="{number(height)}"'
    if width is None:
        box = f'class="picture fluid" width="100%" {size}'
    else:
        across = number(width)
        kind = "picture snug" if width <= _SNUG else "picture"
        box = f'class="{kind}" width="{across}" {size} viewBox="0 0 {across} {number(height)}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" font-family="system-ui,'
        f'sans-serif" font-size="{SIZE}" aria-labelledby="{id_}-title {id_}-description">',
        f'<title id="{id_}-title">{_words(title, _LONGEST_TITLE)}</title>',
        f'<desc id="{id_}-description">{_words(description, _LONGEST_DESCRIPTION)}</desc>',
        *filter(None, content),
        "</svg>",
    ]
    return "\n".join([*lines, ""])


def label(
    text: str,
    x: float | str,
    y: float,
    width: float,
    *,
    role: str = "ink",
    anchor: str = "start",
    size: float = SIZE,
    bold: bool = False,
) -> str:
    """Return a line of text, cut to `width` pixels; of none, nothing.

    Args:
        text: The words.
        x: Where it begins, or ends or has its middle, as `anchor` says.
        y: Its baseline.
        width: The room for it.
        role: What colours it.
        anchor: ``start``, ``middle`` or ``end``.
        size: Of the font.
        bold: Whether it is emphasised; that makes it about a tenth wider.
    """
    shown = fit(printable(text), width / (1.1 if bold else 1), size)
    if not shown:
        return ""
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-size="{number(size)}"' if size != SIZE else ""
    more += ' font-weight="600"' if bold else ""
    at = x if isinstance(x, str) else number(x)
    words = escape(shown, quote=False)
    return f'<text {paint(role)} x="{at}" y="{number(y)}"{more}>{words}</text>'


def rectangle(
    role: str, x: float | str, y: float, width: float | str, height: float, *, round_: float = 0
) -> str:
    """Return a rectangle; places across are pixels or percentages."""
    across = x if isinstance(x, str) else number(x)
    wide = width if isinstance(width, str) else number(width)
    corner = f' rx="{number(round_)}"' if round_ else ""
    return (
        f'<rect {paint(role)} x="{across}" y="{number(y)}" width="{wide}"'
        f' height="{number(height)}"{corner}/>'
    )


def line(role: str, x1: str, y1: float, x2: str, y2: float) -> str:
    """Return a line between two places across, which are percentages."""
    return f'<line {paint(role)} x1="{x1}" y1="{number(y1)}" x2="{x2}" y2="{number(y2)}"/>'


def shape(role: str, x: str, y: float, path: str) -> str:
    """Return a shape whose middle is at a percentage across; its path is drawn around 0, 0."""
    place = f'x="{x}" y="{number(y)}"'
    return f'<svg {place} overflow="visible"><path {paint(role)} d="{path}"/></svg>'


def number(value: float) -> str:
    """Return a number of pixels with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def percent(part: float) -> str:
    """Return a part of 1 as a percentage with two decimals at most."""
    return f"{100 * part:.2f}".rstrip("0").rstrip(".") + "%"


def printable(text: str) -> str:
    """Return a text as one line in which everything prints; what does not becomes ``�``.

    XML has no way to write most control characters, and those that turn the direction of
    reading would change what stands around.
    """
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() or each in _JOINERS else " " if each.isspace() else _REPLACEMENT
        for each in text
    )


def words_width(text: str, size: float = SIZE) -> float:
    """Return the width of a line as :func:`label` shows it, in pixels."""
    return text_width(printable(text), size)


def _words(text: str, most: int) -> str:
    shown = printable(text[: most + 1])
    return escape(shown if len(shown) <= most else f"{shown[: most - 1]}…", quote=False)


def _id(name: str) -> str:
    if ID_PATTERN.fullmatch(name):
        return name
    return f"p-{blake2b(name.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
