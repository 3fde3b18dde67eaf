"""The first line of a text, where a reviewer consents by digest."""

from __future__ import annotations

import re

CONSENT = "plainwork-approve:"
"""How a first line begins that consents to a digest."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST = 200
"""Longer than any consent; so a review cannot make evidence large."""


def read_first_line(text: str | None) -> str:
    """Return the first line of a text as it stands there, cut to 200 characters."""
    return _LINE_END.split(text or "", maxsplit=1)[0][:_LONGEST]


def says_consent(text: str | None) -> bool:
    """Tell whether a text consents to some digest."""
    return (text or "").startswith(CONSENT)
