"""A badge: two words for a page elsewhere, which has no style sheet of ours."""

from __future__ import annotations

from plainwork.site.pictures.svg import SMALL, label, picture, rectangle, words_width

_HEIGHT = 20
_PADDING = 7
_WIDEST = 220

_TONES = {
    "on-track": ("badge-good", "✓"),
    "at-risk": ("badge-fair", "!"),
    "off-track": ("badge-bad", "✗"),
    "": ("badge-plain", ""),
}


def render_badge(subject: str, state: str, *, health: str = "") -> str:
    """Return a badge as SVG.

    Args:
        subject: What it is about, such as a project's title.
        state: What is said of it, such as ``on track`` or ``12 open``.
        health: ``on-track``, ``at-risk`` or ``off-track``, shown by colour and sign; ``""``: none.
    """
    role, sign = _TONES[health]
    words = f"{sign} {state}".lstrip()
    left = min(words_width(subject, SMALL), _WIDEST) + 2 * _PADDING
    right = min(words_width(words, SMALL), _WIDEST) + 2 * _PADDING
    middle = 14
    parts = (
        rectangle("badge-subject", 0, 0, left, _HEIGHT),
        rectangle(role, left, 0, right, _HEIGHT),
        label(subject, _PADDING, middle, _WIDEST, role="badge-ink", size=SMALL),
        label(words, left + _PADDING, middle, _WIDEST, role="badge-ink", size=SMALL),
    )
    return picture("badge", f"{subject}: {state}", words, parts, height=_HEIGHT, width=left + right)
