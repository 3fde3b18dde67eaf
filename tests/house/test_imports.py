"""What each command loads: start-up is most of what a user waits for."""

import subprocess
import sys
from pathlib import Path

import pytest

from plainwork.cli.commands import command_names

HEAVY = frozenset(
    {"asyncio", "cel", "comrak", "concurrent.futures", "dateutil", "difflib", "email", "git"}
    | {"frontmatter", "holidays", "http", "importlib.metadata", "jinja2", "logging", "msgspec"}
    | {"pydantic", "rich", "sqlite3", "tempfile", "tomllib", "typer", "urllib.request", "watchdog"}
    | {"xml.etree", "yaml"}
)
"""What costs milliseconds to import. No command loads more of it than is listed here."""

COMMAND = frozenset({"difflib", "msgspec", "sqlite3", "typer"})  # typer itself imports difflib
TEXT = frozenset({"yaml", "frontmatter"})
"""Reading front matter anew: what writes, and what shows a file's own text."""
CONDITIONS = frozenset({"cel", "logging"})  # cel itself imports logging

OWED = frozenset({"dateutil", "jinja2", "git", "tempfile"})
"""What recurs, templates, and since when something is done."""

PAGES = frozenset({"comrak", "jinja2"})
"""Templates, and bodies as HTML."""

DECIDING = frozenset(
    {"dateutil", "email", "holidays", "importlib.metadata", "jinja2", "tempfile", "tomllib"}
)
"""Both sides of a change are read from Git's objects, and checked anew like a workspace."""

LOADS: dict[str, tuple[str, frozenset[str]]] = {
    "list": ("", COMMAND),
    "status": ("", COMMAND | CONDITIONS),
    "next": ("--for tarek", COMMAND | CONDITIONS),
    "owners": ("", COMMAND),
    "board": ("", COMMAND),
    "portfolio": ("", COMMAND),
    "raci": ("", COMMAND),
    "who": ("", COMMAND),
    "show": ("nl-h2a9r", COMMAND | CONDITIONS | TEXT),
    "workflow": ("list", COMMAND),
    "log": ("", COMMAND),
    "reliability": ("", COMMAND | CONDITIONS | TEXT | OWED),
    "friction": ("", COMMAND | CONDITIONS | {"git", "tempfile"}),
    "handoffs": ("", COMMAND | {"git", "logging", "tempfile"}),
    "flow": ("", COMMAND),
    "forecast": ("", COMMAND),
    "export": ("csv", COMMAND),
    "why": ("nl-h2a9r done", COMMAND | CONDITIONS),
    "new": ("task Title --dry-run", COMMAND | CONDITIONS | TEXT),
    "set": ("nl-h2a9r priority=low --dry-run", COMMAND | CONDITIONS | TEXT),
    "move": ("nl-h2a9r done --dry-run", COMMAND | CONDITIONS | TEXT),
    "assign": ("nl-h2a9r piet --dry-run", COMMAND | CONDITIONS | TEXT),
    "block": ("nl-v3e7c Later --dry-run", COMMAND | CONDITIONS | TEXT),
    "unblock": ("nl-h2a9r --dry-run", COMMAND | CONDITIONS | TEXT),
    "handoff": ("nl-h2a9r workshop --dry-run", COMMAND | CONDITIONS | TEXT),
    "tick": ("--dry-run", COMMAND | CONDITIONS | TEXT | OWED),
    "check": ("", COMMAND | CONDITIONS | TEXT),
    "explain": ("unowned", COMMAND),
    "gate": ("", COMMAND | CONDITIONS | TEXT | DECIDING),
    "audit": ("HEAD..HEAD", COMMAND | CONDITIONS | TEXT | DECIDING | {"git"}),
    "approve": ("", COMMAND | CONDITIONS | TEXT | DECIDING),
    "codeowners": ("--check", COMMAND | TEXT),
    "doctor": ("", COMMAND | TEXT),
    "schema": ("status", COMMAND),
    "site": ("build --today 2026-06-01", COMMAND | CONDITIONS | TEXT | PAGES | OWED),
    "init": ("--list", COMMAND | TEXT),
}
"""Arguments that work in the demo's workspace, and what they may load."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace, with an index: what is measured is a command on a usual day."""
    workspace = tmp_path_factory.mktemp("demo") / "workspace"
    _loaded(workspace.parent, "demo", str(workspace), "--today", "2026-06-01")
    _loaded(workspace, "log")  # reads the history, once
    _loaded(workspace, "next", "--for", "tarek")  # keeps what is offered
    return workspace


@pytest.mark.parametrize("arguments", ["--version", "--help", "-h", "help"])
def test_what_needs_no_workspace_loads_nothing_heavy(arguments: str, tmp_path: Path) -> None:
    assert _loaded(tmp_path, arguments) & HEAVY == set()


@pytest.mark.parametrize(
    ("name", "arguments", "allowed"), [(n, a, s) for n, (a, s) in LOADS.items()]
)
def test_a_command_loads_what_its_work_needs(
    name: str, arguments: str, allowed: frozenset[str], demo: Path
) -> None:
    assert _loaded(demo, name, *arguments.split()) & HEAVY - allowed == set()


def test_every_command_is_held() -> None:
    # Their work, a forge or an editor outweighs start-up.
    rare = {"demo", "import", "edit", "accept", "reject", "record", "approvals"}
    assert set(command_names()) == LOADS.keys() | rare


def _loaded(cwd: Path, *arguments: str) -> set[str]:
    """Run a command and return the names of all modules that it imported."""
    start = "from plainwork.cli.app import main; main()"
    process = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", start, *arguments],
        cwd=cwd,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = process.stderr.splitlines()
    imports = [line for line in said if line.startswith("import time:")]
    assert process.returncode in (0, 1), [line for line in said if line not in imports]
    return {line.rpartition("|")[2].strip() for line in imports}
