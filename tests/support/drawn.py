"""A picture as it will be laid out at the narrowest width: texts and boxes in pixels."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree as ET

from plainwork.site.pictures.svg import NARROWEST, SIZE
from plainwork.views.text_width import text_width

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "text", "rect", "path", "line", "polygon", "circle"}
_RADIUS = 8
ATTRIBUTES = {
    *("xmlns", "class", "role", "id", "aria-labelledby", "viewBox", "overflow"),
    *("x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx", "d", "points"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "paint-order"),
    *("cx", "cy", "r", "fill-opacity", "preserveAspectRatio", "vector-effect"),
    *("font-size", "font-family", "font-weight", "text-anchor"),
}


class Box(NamedTuple):
    """A rectangle in pixels, and what it is."""

    left: float
    top: float
    right: float
    bottom: float
    what: str


class Drawn:
    """A picture, read back."""

    def __init__(self, text: str, width: float = NARROWEST) -> None:
        self.root = ET.fromstring(text)  # noqa: S314 - it is our own
        given = self.root.get("width", "")
        self.width = width if given.endswith("%") else float(given)
        self.height = float(self.root.get("height", ""))
        self.texts: list[Box] = []
        self.boxes: list[Box] = []
        self._collect(self.root, 0, 0)

    @property
    def words(self) -> list[str]:
        return [each.text or "" for each in self.root.iter(f"{SVG}text")]

    def check(self) -> None:
        """Hold what holds for every picture."""
        root = self.root
        assert root.get("role") == "img"
        title, description = root[0], root[1]
        assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert title.text
        assert description.text
        for element in root.iter():
            assert element.tag.removeprefix(SVG) in TAGS
            assert set(element.attrib) <= ATTRIBUTES
            assert "nan" not in str(element.attrib)
        for box in (*self.texts, *self.boxes):
            assert -0.2 <= box.left <= box.right <= self.width + 0.2, box
            assert -0.2 <= box.top <= box.bottom <= self.height + 0.2, box
        for one, other in combinations(self.texts, 2):
            assert not _overlap(one, other), (one, other)

    def _collect(self, parent: ET.Element, x: float, y: float) -> None:
        for element in parent:
            match element.tag.removeprefix(SVG):
                case "svg" if element.get("preserveAspectRatio"):  # it cuts off what is outside
                    left, top = x + self._across(element, "x"), y + _get(element, "y")
                    right = left + self._across(element, "width")
                    self.boxes.append(Box(left, top, right, top + _get(element, "height"), "svg"))
                case "svg":
                    self._collect(element, x + self._across(element, "x"), y + _get(element, "y"))
                case "text":
                    self.texts.append(self._text(element, x, y))
                case "title" | "desc":
                    pass
                case what:
                    across, down = self._corners(element, x, y, nested=parent is not self.root)
                    self.boxes.append(Box(min(across), min(down), max(across), max(down), what))

    def _corners(
        self, element: ET.Element, x: float, y: float, *, nested: bool
    ) -> tuple[list[float], list[float]]:
        match element.tag.removeprefix(SVG):
            case "rect":
                left, top = x + self._across(element, "x"), y + _get(element, "y")
                right = left + self._across(element, "width")
                return [left, right], [top, top + _get(element, "height")]
            case "line":
                across = [x + self._across(element, name) for name in ("x1", "x2")]
                return across, [y + _get(element, name) for name in ("y1", "y2")]
            case "circle":
                middle, radius = x + self._across(element, "cx"), _get(element, "r")
                down = y + _get(element, "cy")
                return [middle - radius, middle + radius], [down - radius, down + radius]
            case "polygon":
                points = [pair.split(",") for pair in element.get("points", "").split()]
            case _ if nested:  # a shape, drawn around the place of its parent
                return [x - _RADIUS, x + _RADIUS], [y - _RADIUS, y + _RADIUS]
            case _:
                points = [pair.split() for pair in element.get("d", "")[1:].split("L")]
        return [float(point[0]) for point in points], [float(point[1]) for point in points]

    def _text(self, element: ET.Element, x: float, y: float) -> Box:
        words = element.text or ""
        size = float(element.get("font-size", SIZE))
        width = text_width(words, size) * (1.1 if element.get("font-weight") else 1)
        before = {"start": 0.0, "middle": width / 2, "end": width}
        left = x + self._across(element, "x") - before[element.get("text-anchor", "start")]
        baseline = y + _get(element, "y")
        return Box(left, baseline - 0.75 * size, left + width, baseline + 0.2 * size, words)

    def _across(self, element: ET.Element, name: str) -> float:
        value = element.get(name, "0")
        if value.endswith("%"):
            return float(value[:-1]) * self.width / 100
        return float(value)


def check(text: str) -> Drawn:
    """Hold what holds for every picture, on a phone and on a desk."""
    for width in (NARROWEST, 1200):
        Drawn(text, width).check()
    return Drawn(text)


def _get(element: ET.Element, name: str) -> float:
    return float(element.get(name, "0"))


def _overlap(one: Box, other: Box) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > 0.2
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.2
    )


HOSTILE = (
    "<script>alert(1)</script>",
    '"><svg onload="alert(1)" style="x">&amp;',
    "a" * 10_000,
    "W" * 10_000,
    "日本語" * 100,
    "\u202eevil\u2066 \x00\x1b[31m\ud800 tab\tline\n",
    "{{ 7 * 7 }} {% raw %}",
    "\u0301" * 300,
    "",
)
"""Texts that no picture may take for anything but text."""
