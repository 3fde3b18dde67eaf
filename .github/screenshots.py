"""Writes the screenshots that the README shows: the main pages of the demo's site.

Run it from the repository: ``python .github/screenshots.py``. It needs what
``python tests/browser`` installs; the same day gives the same pictures.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser

from plainwork.cli.app import run

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser.chromium import open_chromium

FOLDER = Path(__file__).parent / "screenshots"
TODAY = "2026-11-23"


class Shot(NamedTuple):
    """A page, and how it is looked at."""

    name: str
    address: str
    width: int
    height: int
    scheme: str = "light"


SHOTS = (
    Shot("home", "index.html", 1280, 860),
    Shot("project", "project/harbour.html", 1280, 860),
    Shot("person-dark", "person/lena.html", 1280, 700, "dark"),
    Shot("home-phone", "index.html", 390, 780),
)


def take(browser: Browser, site: Path, shot: Shot) -> None:
    """Write one screenshot."""
    size = {"width": shot.width, "height": shot.height}
    page = browser.new_page(viewport=size, color_scheme=shot.scheme)
    page.goto((site / shot.address).as_uri())
    page.screenshot(path=FOLDER / f"{shot.name}.png")
    page.close()


def main() -> int:
    """Build the demo's site, and look at it."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        demo, site = Path(folder) / "demo", Path(folder) / "site"
        if run(["demo", str(demo), "--today", TODAY]):
            return 1
        os.chdir(demo)
        if run(["site", "build", "--output", str(site), "--today", TODAY]):
            return 1
        with open_chromium() as browser:
            for shot in SHOTS:
                take(browser, site, shot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
