"""A workflow as a map: its states below each other, how much work stands there, the ways between.

Nothing rests on colour alone: categories are written, approvals are marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.site.pictures.legend import category_word
from plainwork.site.pictures.paint import category_role, paint
from plainwork.site.pictures.svg import (
    SMALL,
    label,
    number,
    picture,
    rectangle,
)
from plainwork.views.workflow_map import WIDEST_LABEL, Arrow, Box, WorkflowMap

_NOTE = 24


def render_workflow_map(
    map_: WorkflowMap, counts: Mapping[str, int] | None = None, *, name: str = ""
) -> str:
    """Return a map as SVG, which scrolls where it is wider than its place.

    Args:
        map_: Where states and arrows lie.
        counts: How much work stands in each state; None: it is not said.
        name: What no other picture of the page has; ``""``: the workflow's id.
    """
    note = _NOTE if map_.left_out else 0
    said = "" if counts is None else f" Work in each: {_describe(map_, counts)}."
    return picture(
        name or f"workflow-{map_.id}",
        map_.title,
        f"{map_.description}{said}",
        _draw(map_, counts),
        width=map_.width,
        height=map_.height + note,
    )


def _draw(map_: WorkflowMap, counts: Mapping[str, int] | None) -> Iterator[str]:
    note = _NOTE if map_.left_out else 0
    yield rectangle("paper", 0, 0, map_.width, map_.height + note)
    for box in map_.boxes:
        yield from _box(box, None if counts is None else counts.get(box.state, 0))
    for arrow in map_.arrows:
        yield from _arrow(arrow)
    if map_.left_out:
        words = f"{map_.left_out} more, not drawn"
        yield label(words, 4, map_.height + 12, map_.width - 8, role="quiet")


def _box(box: Box, count: int | None) -> Iterator[str]:
    middle, y = box.x + box.width / 2, box.y + box.height / 2
    room = box.width - 4
    below = category_word(box.category) + ("" if count is None else f" · {count}")
    yield rectangle(category_role(box.category), box.x, box.y, box.width, box.height, round_=6)
    yield label(box.label, middle, y - 2, room, anchor="middle")
    bold = bool(count)
    yield label(below, middle, y + 15, room, anchor="middle", size=SMALL, bold=bold)


def _arrow(arrow: Arrow) -> Iterator[str]:
    (x, y), *rest = arrow.points
    path = f"M{number(x)} {number(y)}" + "".join(f"L{number(a)} {number(b)}" for a, b in rest)
    role, word = ("way gate", "gate") if arrow.gate else ("way", "ink")
    yield f'<path {paint(role)} d="{path}"/>'
    yield _tip(arrow)
    name = arrow.name.replace("-", " ").replace("_", " ")
    words = f"◆ {name}" if arrow.gate else name
    anchor = "end" if arrow.back else "start"
    yield label(words, arrow.label_x, arrow.label_y, WIDEST_LABEL, role=word, anchor=anchor)


def _tip(arrow: Arrow) -> str:
    (before_x, _), (x, y) = arrow.points[-2:]
    if before_x == x:  # downwards
        corners = ((x, y), (x - 4, y - 8), (x + 4, y - 8))
    else:
        away = 8 if before_x > x else -8
        corners = ((x, y), (x + away, y - 4), (x + away, y + 4))
    points = " ".join(f"{number(a)},{number(b)}" for a, b in corners)
    return f'<polygon {paint("tip")} points="{points}"/>'


def _describe(map_: WorkflowMap, counts: Mapping[str, int]) -> str:
    return ", ".join(f"{box.label} {counts.get(box.state, 0)}" for box in map_.boxes)
