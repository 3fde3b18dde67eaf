"""Style sheets and scripts: copied as they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from plainwork.site.address import asset_address
from plainwork.site.digest import digest
from plainwork.site.page import Output

_FOLDER = "assets"


def plan_assets(folder: Path) -> Iterator[Output]:
    """Yield every file of the folder `assets` in the folder `site` that plainwork brings."""
    for file in sorted((folder / _FOLDER).iterdir()):
        data = file.read_bytes()
        yield Output(asset_address(file.name), digest(data), partial(bytes, data))
