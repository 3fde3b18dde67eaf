"""The workspace of `workspaces/desks.txt` with a few days of history, for commands."""

import os
from collections.abc import Mapping
from pathlib import Path

from support.archive import unpack
from support.git import commit_files, make_repository

WORKSPACE = Path(__file__).parents[1] / "cli/workspaces/desks.txt"


def make_desks(path: Path) -> Path:
    """Make the repository; its first commit is of Monday, 2 March 2026."""
    files = unpack(WORKSPACE.read_text(encoding="utf-8"))
    kept = dict(os.environ)
    try:
        _at("ada", "2026-03-02T09:00")
        root = make_repository(files, path)
        _change(root, "ada", "2026-03-02T10:00", {"work/d-one.md": ("building", "testing")})
        _change(root, "bo", "2026-03-02T11:00", {"work/d-two.md": ("building", "testing")})
        answer = "record: handoff\nabout: [d-two]\nby: cy\nat: 2026-03-03\nanswer: reject\n"
        _at("cy", "2026-03-03T10:00")
        commit_files({"records/r1.md": f"---\n{answer}reason: No legs\n---\n"}, root, "Reject")
        _change(root, "cy", "2026-03-04T10:00", {"work/d-one.md": ("testing", "sold")})
        _change(root, "bo", "2026-03-04T12:00", {"work/d-two.md": ("testing", "building")})
        _change(root, "ada", "2026-03-05T12:00", {"work/d-two.md": ("building", "testing")})
        _change(
            root,
            "ada",
            "2026-03-05T13:00",
            {"work/d-three.md": ("status: todo", "status: building\nblocked: The wood dealer")},
        )
        duty = "title: Sweep\nworkflow: duty\nstatus: done\nparent: sweep\ndue: 2026-02-24\n"
        _at("bo", "2026-03-05T14:00")
        commit_files({"work/sweep.2026-02-23.md": f"---\n{duty}---\n"}, root, "Sweep")
    finally:
        os.environ.clear()
        os.environ.update(kept)
    return root


def _at(who: str, when: str) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        os.environ[f"GIT_{role}_DATE"] = f"{when}:00+01:00"
        os.environ[f"GIT_{role}_EMAIL"] = f"{who}@desks.example"
        os.environ[f"GIT_{role}_NAME"] = who.capitalize()


def _change(root: Path, who: str, when: str, changes: Mapping[str, tuple[str, str]]) -> None:
    _at(who, when)
    texts = {
        path: (root / path).read_text(encoding="utf-8").replace(*change)
        for path, change in changes.items()
    }
    commit_files(texts, root, f"Change {', '.join(changes)}")
