"""The workspace of the decisions' tests, and edits of it."""

from pathlib import Path

from support.archive import unpack
from support.changes import ACCOUNTS

ARCHIVE = Path(__file__).parents[1] / "approvals/workspace.txt"
BASE_FILES = unpack(ARCHIVE.read_text(encoding="utf-8"))
ACCOUNTS.update(
    {"ada": 1, "bob": 2, "cleo": 3, "dan": 4, "eve": 5, "finn": 6, "gus": 7, "hal": 8, "ida": 9}
)
ACCOUNTS["robot[bot]"] = 77

LATHE, DRILL, SAW, SWEEP = (f"work/{name}.md" for name in ("lathe", "drill", "saw", "sweep"))


def edited(*edits: tuple[str, str, str], of: dict[str, str] = BASE_FILES) -> dict[str, str]:
    """Return the workspace with passages replaced: path, old, new; each must be there."""
    files = dict(of)
    for path, old, new in edits:
        assert old in files[path], (path, old)
        files[path] = files[path].replace(old, new)
    return files


def with_files(of: dict[str, str] = BASE_FILES, **files: str) -> dict[str, str]:
    """Return the workspace with further work by its id."""
    return {**of, **{f"work/{id_}.md": text for id_, text in files.items()}}


APPROVED = edited((LATHE, "status: review", "status: ordering"))
"""The lathe is approved: two of the board must agree."""
