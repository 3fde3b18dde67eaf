"""Colours of pictures: words can be read, and edges seen, in light and dark (WCAG 2.2, AA)."""

import re
from pathlib import Path

import pytest

from plainwork.site.pictures.paint import PAINT

ASSETS = Path(__file__).parents[3] / "site/assets"
DARK = "@media screen and (prefers-color-scheme: dark)"
TEXT = 4.5
EDGE = 3.0

ROLES_OF_BADGES = {role for role in PAINT if role.startswith("badge-")} - {"badge-ink"}
INK_STANDS_ON = ("paper", "plane", "off", "ready", "active", "waiting", "done", "over")


def read_colours(*, dark: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("site.css", "pictures.css"):
        light, _, rest = (ASSETS / name).read_text(encoding="utf-8").partition(DARK)
        block = rest[: rest.index("}\n}")]
        found |= _variables(light + rest[rest.index("}\n}") :])
        if dark:
            found |= _variables(block)
    return found


def _variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", css))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "behind", "least"),
    [
        *[("ink", behind, TEXT) for behind in INK_STANDS_ON],
        *[("quiet", behind, TEXT) for behind in ("paper", "plane", "off")],
        *[("bad", behind, TEXT) for behind in ("paper", "plane", "off")],
        *[("accent", behind, TEXT) for behind in ("paper", "plane")],
        ("gate", "paper", TEXT),
        *[(edge, "paper", EDGE) for edge in ("quiet", "accent", "fair", "good", "bad", "gate")],
        *[("bad", "over", EDGE), ("accent", "active", EDGE), ("fair", "waiting", EDGE)],
        ("good", "done", EDGE),
    ],
)
def test_contrast_on_pages(front: str, behind: str, least: float, dark: bool) -> None:
    colours = read_colours(dark=dark)
    assert contrast(colours[front], colours[behind]) >= least


@pytest.mark.parametrize("role", sorted(ROLES_OF_BADGES))
def test_contrast_on_badges(role: str) -> None:
    (behind,) = re.findall(r'fill="(#[0-9a-f]+)"', PAINT[role])
    assert contrast("#fff", behind) >= TEXT
