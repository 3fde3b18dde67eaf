"""Which addresses a page may lead to."""

from __future__ import annotations

import re

_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"'`\\]+", re.IGNORECASE)
_OWN = re.compile(r"[a-z0-9~][a-z0-9._~-]*(?:/[a-z0-9._~-]+)*(?:#[A-Za-z0-9._~-]+)?")


ROOT = "\x01"
"""Stands for the way from a page to the site's root until the page is whole.

What is shown of a workspace never holds it: control characters are escaped.
"""


def from_root(address: str) -> str:
    """Return what stands in a page for the address of a file of the site; ``""`` for ``""``."""
    return f"{ROOT}{address}" if address else ""


def is_safe(address: str) -> bool:
    """Tell whether an address that somebody wrote may be followed: no script, no data.

    It is ``http``, ``https`` or ``mailto``, and holds nothing that ends an attribute.
    """
    return _SAFE.fullmatch(address) is not None


def is_own(address: str) -> bool:
    """Tell whether an address is a file of the site, from its root."""
    return _OWN.fullmatch(address) is not None and ".." not in address
