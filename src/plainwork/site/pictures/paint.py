"""How the things of a picture look.

Everything has a role, which is a class that the page's style sheet colours; the presentation
attributes beside it are for where there is no style sheet.
"""

from __future__ import annotations

_HALO = 'stroke="#fff" stroke-width="3" paint-order="stroke"'
"""Lines that pass behind a title end before it."""

PAINT = {
    "ink": 'fill="#1f2328"',
    "quiet": 'fill="#59636e"',
    "alarm": 'fill="#b3261e"',
    "mark": 'fill="#59636e"',
    "mark alarm": 'fill="#b3261e"',
    "point": 'fill="#0b5cad" fill-opacity="0.5"',
    "mark ring": 'fill="none" stroke="#59636e" stroke-width="2"',
    "grid": 'stroke="#d1d9e0" fill="none"',
    "way": 'stroke="#59636e" stroke-width="1.2" fill="none"',
    "way alarm": 'stroke="#b3261e" stroke-width="1.5" stroke-dasharray="4 3" fill="none"',
    "way gate": 'stroke="#8250df" stroke-width="1.8" fill="none"',
    "tip": 'fill="#59636e"',
    "tip alarm": 'fill="#b3261e"',
    "gate": 'fill="#8250df"',
    "now": 'stroke="#0b5cad" stroke-width="2" fill="none"',
    "title": f'fill="#1f2328" {_HALO}',
    "title alarm": f'fill="#b3261e" {_HALO}',
    "title quiet": f'fill="#59636e" {_HALO}',
    "title now-word": f'fill="#0b5cad" {_HALO}',
    "now-word": 'fill="#0b5cad"',
    "paper": 'fill="#fff"',
    "card": 'fill="#fff" stroke="#d1d9e0"',
    "plane": 'fill="#f6f8fa" stroke="#d1d9e0"',
    "off": 'fill="#eaeef2" stroke="#d1d9e0"',
    "fill": 'fill="#a5d0f8"',
    "fill over": 'fill="#f8b8b0"',
    "frame over": 'fill="none" stroke="#b3261e" stroke-width="2"',
    "category": 'fill="#fff" stroke="#59636e"',
    "category proposed": 'fill="#fff" stroke="#59636e" stroke-dasharray="3 2"',
    "category ready": 'fill="#e4e8ec" stroke="#59636e"',
    "category active": 'fill="#bfe0ff" stroke="#0b5cad"',
    "category waiting": 'fill="#ffe9a8" stroke="#7d5a00"',
    "category done": 'fill="#b4ecc1" stroke="#116329"',
    "category dropped": 'fill="#eaeef2" stroke="#8b949e" stroke-dasharray="1 2"',
    "badge-subject": 'fill="#424a53"',
    "badge-plain": 'fill="#0b5cad"',
    "badge-good": 'fill="#116329"',
    "badge-fair": 'fill="#7d5a00"',
    "badge-bad": 'fill="#b3261e"',
    "badge-ink": 'fill="#fff"',
}

_ATTRIBUTES = {
    role: f'class="{" ".join(f"p-{word}" for word in role.split())}" {attributes}'
    for role, attributes in PAINT.items()
}
"""The classes of pictures begin with ``p-``, so that no other style of the page meets them."""


def paint(role: str) -> str:
    """Return the attributes that give a thing its role; there are no others."""
    return _ATTRIBUTES[role]


def category_role(category: str) -> str:
    """Return the role of what stands in a state of a category; ``""`` is none that is known."""
    role = f"category {category}"
    return role if role in PAINT else "category"
