"""A Chromium to look at pages with: one that is there, else the system's, else playwright's own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MISSING = (
    "There is no Chromium here. `python tests/browser` looks for one and installs it; where it "
    "cannot, install the package `chromium` of your system."
)
_SYSTEM_PACKAGES = {
    # A minimal Debian has no font, and Chromium does not ask for one.
    "apt-get": (("update", "-q"), ("install", "-q", "-y", "chromium", "fonts-liberation")),
    "dnf": (("install", "-q", "-y", "chromium"),),
    "zypper": (("--non-interactive", "install", "chromium"),),
    "pacman": (("-Sy", "--noconfirm", "chromium"),),
}

# What playwright downloads lies beside it, so that it is found whatever HOME is, and goes with it.
os.environ["PLAYWRIGHT_BROWSERS_PATH"] = "0"


class NoChromiumError(Exception):
    """There is no Chromium, and none could be installed."""


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Run a Chromium that nobody sees.

    Raises:
        NoChromiumError: If there is none.
    """
    with sync_playwright() as playwright:
        executable = find_chromium(playwright)
        if not executable:
            raise NoChromiumError(_MISSING)
        # Else it calls home when it starts.
        quiet = ["--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=executable, args=quiet)
        yield browser
        browser.close()


def find_chromium(playwright: Playwright) -> str:
    """Return the path of a Chromium that starts, or ``""``."""
    places = filter(None, (*map(which, _NAMES), playwright.chromium.executable_path))
    return next((place for place in places if _starts(place)), "")


def install_chromium() -> None:
    """Install a Chromium if there is none.

    Raises:
        NoChromiumError: If it cannot be had.
    """
    with sync_playwright() as playwright:
        if find_chromium(playwright):
            return
        for install in (_install_system_package, _download):
            install()
            if find_chromium(playwright):
                return
    raise NoChromiumError(_MISSING)


def _starts(executable: str) -> bool:
    """Return whether a program starts: a `chromium-browser` may only tell of another package."""
    return Path(executable).exists() and _run(executable, "--version")


def _install_system_package() -> None:
    as_root = () if os.geteuid() == 0 else ("sudo", "--non-interactive")
    if as_root and not which("sudo"):
        return
    for manager, calls in _SYSTEM_PACKAGES.items():
        if which(manager):
            for call in calls:
                _run(*as_root, manager, *call)
            return


def _download() -> None:
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    return done.returncode == 0
