"""Real Git repositories for tests."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from support.archive import write_files

HOSTILE_NAMES = [
    "plain.md",
    "with blanks.md",
    "quo'te\"s.md",
    "back\\slash.md",
    "new\nline.md",
    "tab\tand\x01control.md",
    "emoji 🚀 漢字.md",
    "not utf-8 \udcff.md",
    "-option.md",
    ":(top)magic.md",
    ":colon.md",
    "*glob?[a].md",
    "#hash.md",
]
"""File names that ask much of whoever passes them on."""


def run_git(*args: str, cwd: Path) -> str:
    """Run Git and return what it prints; a failure carries Git's own words."""
    process = subprocess.run(
        ["git", *args], cwd=cwd, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    if process.returncode:
        message = f"git {' '.join(args)}: {process.stderr.strip() or process.stdout.strip()}"
        raise RuntimeError(message)
    return process.stdout


def commit_files(files: Mapping[str, str], root: Path, message: str = "Change") -> str:
    """Write files into the repository at `root`, commit all that differs, return the commit."""
    write_files(files, root)
    run_git("add", "--all", cwd=root)
    run_git("commit", "--quiet", "--allow-empty", "--message", message, cwd=root)
    return run_git("rev-parse", "HEAD", cwd=root).strip()


def make_repository(files: Mapping[str, str], path: Path) -> Path:
    """Make a repository with branch `main` whose only commit holds these files."""
    path.mkdir(parents=True, exist_ok=True)
    run_git("init", "--quiet", "--initial-branch=main", cwd=path)
    commit_files(files, path, "Start")
    return path
