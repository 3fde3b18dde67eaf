"""A workflow as a picture: SVG that needs no script and no font of its own.

The same map gives the same bytes. Colours follow the reader's light or dark scheme; no meaning
rests on colour alone: categories are written, approvals are marked.
"""

from __future__ import annotations

from html import escape

from plainwork.reporting.text import replace_surrogates
from plainwork.views.workflow_map import Arrow, Box, WorkflowMap

_STYLE = """\
.workflow{font:13px system-ui,sans-serif;fill:#1f2328;background:#fff}
.workflow .state{fill:#f6f8fa;stroke:#59636e}
.workflow .done{fill:#dafbe1}.workflow .dropped{fill:#eaeef2;stroke-dasharray:4 3}
.workflow .active{fill:#ddf4ff}.workflow .waiting{fill:#fff8c5}
.workflow .way{fill:none;stroke:#59636e;stroke-width:1.2}
.workflow .gate{stroke:#8250df;stroke-width:1.8}
.workflow .tip{fill:#59636e}.workflow .category{font-size:11px;fill:#59636e}
.workflow text.gate{fill:#8250df;stroke:none}
@media(prefers-color-scheme:dark){.workflow{fill:#f0f6fc;background:#0d1117}
.workflow .state{fill:#151b23;stroke:#9198a1}.workflow .done{fill:#12361f}
.workflow .dropped{fill:#212830}.workflow .active{fill:#0c2d4a}.workflow .waiting{fill:#3a2f0b}
.workflow .way{stroke:#9198a1}.workflow .gate{stroke:#ab7df8}.workflow .tip{fill:#9198a1}
.workflow .category{fill:#9198a1}.workflow text.gate{fill:#ab7df8}}
"""


def render_svg(picture: WorkflowMap) -> str:
    """Return a map as one SVG element, with a title and a description for those who hear it."""
    name = f"workflow-{picture.id}"
    width, height = _number(picture.width), _number(picture.height)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="workflow" role="img" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}"'
        f' aria-labelledby="{_attribute(name)}-title {_attribute(name)}-description">',
        f'<title id="{_attribute(name)}-title">{_text(picture.title)}</title>',
        f'<desc id="{_attribute(name)}-description">{_text(picture.description)}</desc>',
        f"<style>{_STYLE}</style>",
        *(line for box in picture.boxes for line in _box(box)),
        *(line for arrow in picture.arrows for line in _arrow(arrow)),
        "</svg>",
    ]
    return "\n".join([*lines, ""])


def _box(box: Box) -> tuple[str, ...]:
    middle = box.x + box.width / 2
    label_y = box.y + box.height / 2
    return (
        f'<rect class="state {box.category}" x="{_number(box.x)}" y="{_number(box.y)}"'
        f' width="{_number(box.width)}" height="{_number(box.height)}" rx="6"/>',
        f'<text x="{_number(middle)}" y="{_number(label_y)}" text-anchor="middle">'
        f"{_text(box.label)}</text>",
        f'<text class="category" x="{_number(middle)}" y="{_number(label_y + 15)}"'
        f' text-anchor="middle">{box.category}</text>',
    )


def _arrow(arrow: Arrow) -> tuple[str, ...]:
    (x, y), *rest = arrow.points
    path = f"M{_number(x)} {_number(y)}" + "".join(f"L{_number(a)} {_number(b)}" for a, b in rest)
    gate = " gate" if arrow.gate else ""
    label = f"◆ {arrow.name}" if arrow.gate else arrow.name
    anchor = ' text-anchor="end"' if arrow.back else ""
    lines = (f'<path class="way{gate}" d="{path}"/>', _tip(arrow))
    if not label:
        return lines
    said = " (takes approvals)" if arrow.gate else ""
    return (
        *lines,
        f'<text class="name{gate}" x="{_number(arrow.label_x)}" y="{_number(arrow.label_y)}"'
        f"{anchor}>{_text(label)}<title>{_text(arrow.name)}{said}</title></text>",
    )


def _tip(arrow: Arrow) -> str:
    (before_x, _), (x, y) = arrow.points[-2:]
    if before_x == x:  # downwards
        corners = ((x, y), (x - 4, y - 8), (x + 4, y - 8))
    else:
        away = 8 if before_x > x else -8
        corners = ((x, y), (x + away, y - 4), (x + away, y + 4))
    points = " ".join(f"{_number(a)},{_number(b)}" for a, b in corners)
    return f'<polygon class="tip" points="{points}"/>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    # XML has no way to write most control characters, not even escaped.
    printable = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for character in replace_surrogates(text)
    )
    return escape(printable, quote=False)


def _attribute(text: str) -> str:
    return escape(replace_surrogates(text))
