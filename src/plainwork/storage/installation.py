"""Where this plainwork was installed from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

_BESIDE = Path(__file__).parents[2]


def load_origin(beside: Path = _BESIDE) -> dict[str, Any] | None:
    """Return what the installer wrote down (PEP 610, ``direct_url.json``).

    It is read without `importlib.metadata`, whose import would take longer than the rest.

    Args:
        beside: The folder that the package is in.

    Returns:
        None if it came from an index of packages; nothing in it if nobody knows, as in a checkout.
    """
    installed = next(beside.glob("plainwork-*.dist-info"), None)
    if installed is None:
        return {}
    try:
        return msgspec.json.decode(
            (installed / "direct_url.json").read_bytes(), type=dict[str, Any]
        )
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError):
        return {}
