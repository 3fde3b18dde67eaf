"""Whatever is written in a colour can be read: WCAG 2.2, contrast of 4.5 to 1."""

import re
from itertools import product
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "site" / "assets" / "site.css").read_text("utf-8")
_BLOCK = re.compile(r":root \{(.*?)\n\s*\}", re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")
LIGHT, DARK = (dict(_COLOUR.findall(block)) for block in _BLOCK.findall(SHEET)[:2])

INKS = ("ink", "quiet", "link", "accent", "bad", "fair", "good", "gate")
PLANES = ("paper", "plane", "mark")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
def test_words_stand_out_from_what_they_stand_on(scheme: dict[str, str]) -> None:
    pairs = [*product(INKS, PLANES), *((tone, f"{tone}-plane") for tone in ("bad", "fair", "good"))]
    pairs += [(ink, f"{tone}-plane") for ink in ("ink", "link") for tone in ("bad", "fair")]
    weak = {
        f"{ink} on {plane}": round(contrast(scheme[ink], scheme[plane]), 2)
        for ink, plane in pairs
        if contrast(scheme[ink], scheme[plane]) < 4.5
    }
    assert weak == {}
