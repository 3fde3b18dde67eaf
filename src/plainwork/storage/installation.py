"""Where this plainwork was installed from."""

from __future__ import annotations

import json
from typing import Any


def load_origin() -> dict[str, Any] | None:
    """Return what the installer wrote down (PEP 610, ``direct_url.json``).

    Returns:
        None if it came from an index of packages; nothing in it if nobody wrote anything down.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # costs start-up time

    try:
        text = distribution("plainwork").read_text("direct_url.json")
        found = json.loads(text) if text is not None else None
    except (PackageNotFoundError, ValueError):
        return {}
    return found if found is None or isinstance(found, dict) else {}
