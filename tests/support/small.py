"""A small workspace on disk, and what is in a snapshot, for comparing two of them."""

from pathlib import Path
from typing import Any

from plainwork.model.snapshot import Snapshot
from plainwork.storage.columns import STORED_COLUMNS
from support.archive import unpack
from support.git import make_repository

WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Small"
timezone = "UTC"
-- workflows/task.md --
---
title: Task
owner: ada
states:
  todo: {category: ready}
  doing: {category: active, team: platform}
  done: {category: done}
transitions:
  start: {from: todo, to: doing}
  finish: {from: doing, to: done}
---
-- workflows/project.md --
---
title: Project
kind: project
states:
  running: {category: active}
  closed: {category: done}
transitions:
  close: {from: running, to: closed}
---
-- people/ada.md --
---
name: Ada
emails: [ada@example.org]
---
-- people/bob.md --
---
name: Bob
---
-- teams/platform.md --
---
name: Platform
lead: bob
members: [ada]
---
-- projects/apollo.md --
---
title: Apollo
workflow: project
status: running
objective: To land
owner: platform
visibility: restricted
---
-- work/a.md --
---
title: Alpha
workflow: task
status: todo
project: apollo
due: 2026-03-01
---
The body of alpha.
-- work/deep/b.md --
---
title: Beta
workflow: task
status: doing
parent: a
aliases: [old-b]
---
-- work/c.md --
---
title: Gamma
workflow: task
status: nowhere
owner: bob
depends_on: [a, {on: b, type: SS}]
---
-- records/r1.md --
---
record: update
about: [a]
by: ada
at: 2026-02-01
---
All is well.
"""


def make_small_workspace(path: Path) -> Path:
    """Make a repository that holds the small workspace."""
    return make_repository(unpack(WORKSPACE), path)


def contents(snapshot: Snapshot) -> dict[str, Any]:
    """Return everything that a snapshot says, as plain values."""
    columns = snapshot.works.columns
    return {
        **{name: list(columns[name]) for name in (*STORED_COLUMNS, "fields", "references", "body")},
        "settings": snapshot.settings,
        "workflows": dict(snapshot.workflows),
        "parties": dict(snapshot.parties),
        "policies": dict(snapshot.policies),
        "records": list(snapshot.records),
        "unreadable": list(snapshot.unreadable),
        "all diagnostics": sorted(snapshot.diagnostics),
        "duplicates": list(snapshot.duplicates),
    }
