"""Sites built in a test, and what is in them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from plainwork.serving.site_build import SitePlan
from plainwork.serving.site_sources import Moment, load_sources
from plainwork.site.report import Built
from plainwork.site.sources import Sources
from plainwork.storage.checking import load_check
from plainwork.storage.workspace import load_snapshot

TODAY = date(2026, 3, 2)
OWN = frozenset({".plainwork-files", ".gitignore"})
"""What lies in the folder of a site beside what is published."""


def build(
    root: Path,
    output: Path,
    *,
    today: date = TODAY,
    audience: str = "restricted",
    base_url: str = "",
) -> Built:
    """Build the site of a workspace."""
    return write(root, load(root, today=today, audience=audience, base_url=base_url), output)


def write(root: Path, sources: Sources, output: Path) -> Built:
    """Write the site of a workspace from what has been loaded."""
    return SitePlan(root, sources).write(output, lambda _done, _total: None)


def load(
    root: Path, *, today: date = TODAY, audience: str = "restricted", base_url: str = ""
) -> Sources:
    """Return what the site of a workspace is made from."""
    snapshot = load_snapshot(root)
    findings = load_check(root, snapshot, today)
    moment = Moment(snapshot, findings, today, ZoneInfo(snapshot.settings.timezone))
    return load_sources(root, moment, audience=audience, base_url=base_url)


def read_site(output: Path) -> Mapping[str, bytes]:
    """Return every file of a site by its address."""
    files = (file for file in output.rglob("*") if file.is_file())
    named = ((file.relative_to(output).as_posix(), file) for file in files)
    return {address: file.read_bytes() for address, file in named if address not in OWN}
