"""Real repositories in which something is proposed, for what is judged from Git's objects."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from plainwork.model.change import Change, ChangedDocument
from plainwork.storage.proposal import load_change
from plainwork.storage.scratch import open_scratch
from support.archive import unpack
from support.git import commit_files, make_repository, run_git

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
REF = "refs/heads/main"

WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Works"
timezone = "UTC"

[forge]
kind = "github"
repository = "acme/works"
-- people/ada.md --
---
name: Ada
---
-- people/bob.md --
---
name: Bob
---
-- workflows/task.md --
---
title: Task
owner: ada
fields:
  cost: {type: money}
states:
  todo: {category: ready}
  doing: {category: active, wip_limit: 2}
  done: {category: done}
transitions:
  start: {from: todo, to: doing}
  finish: {from: doing, to: done, children: closed, checklist: [Acceptance]}
---
-- workflows/project.md --
---
title: Project
kind: project
owner: ada
states:
  running: {category: active}
  closed: {category: done}
transitions:
  close: {from: running, to: closed, children: closed}
---
-- policies/default.md --
---
title: Whoever is accountable agrees
default: true
approvals: [{by: owner, author: true}]
---
-- policies/governance.md --
---
title: The rules change with consent
applies_to: {paths: [plainwork.toml, "workflows/**", "policies/**", "people/**", ".github/**"]}
approvals: [{by: ada}]
---
-- projects/apollo.md --
---
title: Apollo
workflow: project
status: running
objective: To land
---
-- work/lathe.md --
---
id: lathe
title: A lathe
workflow: task
status: doing
owner: bob
cost: 8000
---
It turns.

## Acceptance

- [x] It runs
-- work/drill.md --
---
id: drill
title: A drill
workflow: task
status: todo
owner: bob
project: apollo
---
It drills.
-- work/saw.md --
---
title: A saw
workflow: task
status: todo
owner: bob
---
It cuts.
"""

FILES = unpack(WORKSPACE)
LATHE, DRILL, SAW = "work/lathe.md", "work/drill.md", "work/saw.md"

Edits = Mapping[str, str | None]
"""Path to its new text; None: it is removed."""


class Proposed:
    """A repository with branch ``main``, and another for what is proposed: ``topic``."""

    def __init__(self, path: Path, files: Mapping[str, str] | None = None) -> None:
        self.root = make_repository(FILES if files is None else files, path)
        self.git("branch", "topic")

    def git(self, *arguments: str) -> str:
        return run_git(*arguments, cwd=self.root)

    def commit(self, edits: Edits, *, branch: str = "topic", message: str = "Change") -> str:
        """Commit edits to a branch; return the commit."""
        self.git("checkout", "--quiet", branch)
        for path, text in edits.items():
            if text is None:
                (self.root / path).unlink()
        texts = {path: text for path, text in edits.items() if text is not None}
        return commit_files(texts, self.root, message)

    def add_entry(self, path: str, text: str, mode: str = "100644", branch: str = "topic") -> str:
        """Commit a file of any mode under any name, without writing it; return the commit."""
        self.git("checkout", "--quiet", branch)
        file = self.root.with_name("blob")
        file.write_text(text, encoding="utf-8")
        oid = self.git("hash-object", "-w", str(file)).strip()
        if mode == "160000":
            oid = self.commit_of("main")
        self.git("update-index", "--add", "--cacheinfo", f"{mode},{oid},{path}")
        self.git("commit", "--quiet", "--message", "Add it")
        self.git("reset", "--quiet", "--hard")
        return self.commit_of("HEAD")

    def amend(self, edits: Edits) -> str:
        """Slip edits into the last commit of a branch; return the new one."""
        for path, text in edits.items():
            (self.root / path).write_text(str(text), encoding="utf-8")
        self.git("commit", "--quiet", "--all", "--amend", "--no-edit")
        return self.commit_of("HEAD")

    def ends(self, base: str = "main", head: str = "topic") -> tuple[str, str]:
        """Return the commits of a proposal."""
        return self.commit_of(base), self.commit_of(head)

    def commit_of(self, name: str) -> str:
        return self.git("rev-parse", f"{name}^{{commit}}").strip()

    def changes(self, base: str = "main", head: str = "topic") -> tuple[Change, ...]:
        with open_scratch(self.root) as scratch:
            return load_change(scratch, *self.ends(base, head), ref=REF, now=NOW)

    def change(self, base: str = "main", head: str = "topic") -> Change:
        (found,) = self.changes(base, head)
        return found


def edited(path: str, *edits: tuple[str, str]) -> dict[str, str]:
    """Return a file of the workspace with some texts replaced."""
    text = FILES[path]
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


def documents(change: Change) -> dict[tuple[str, str], set[str]]:
    """Return which fields of which documents a change touches."""
    return {each.key: set(each.fields) for each in change.documents}


def document(change: Change, key: str) -> ChangedDocument:
    (found,) = (each for each in change.documents if each.id == key)
    return found


def codes(change: Change) -> list[str]:
    """Return why a change is invalid, each reason once."""
    return sorted({fault.code for fault in change.faults})
