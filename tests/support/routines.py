"""A workspace with routines, written into a folder, and what it owes."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from plainwork.analysis.owed_occurrences import Horizon
from plainwork.model.work import Work
from plainwork.plans.tick import Tick, plan_tick
from plainwork.storage.workspace import load_snapshot
from support.archive import unpack, write_files

WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Routines"
timezone = "Europe/Berlin"
calendar = "office"

[calendars.office]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-17:00"]
holidays = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25"]
-- people/ada.md --
---
name: Ada
---
-- people/bo.md --
---
name: Bo
leave:
  - {from: 2026-02-23, until: 2026-03-06}
---
-- people/cy.md --
---
name: Cy
until: 2026-02-28
---
-- policies/default.md --
---
title: Whatever
owner: ada
default: true
approvals: []
---
-- workflows/task.md --
---
title: Task
owner: ada
fields:
  cost: {type: money}
states:
  todo: {category: ready}
  doing: {category: active}
  done: {category: done}
  dropped: {category: dropped}
transitions:
  start: {from: todo, to: doing}
  finish: {from: [todo, doing], to: done}
  drop: {from: todo, to: dropped, require: [reason]}
---
Work.

## Template

### Acceptance

- [ ] It works
-- workflows/routine.md --
---
title: Routine
kind: routine
owner: ada
fields:
  place: {type: text}
states:
  active: {category: active}
  paused: {category: waiting}
  retired: {category: dropped}
transitions:
  pause: {from: active, to: paused}
  retire: {from: [active, paused], to: retired}
---
"""


def routine(
    schedule: str = "rrule: FREQ=DAILY",
    *,
    start: str = "2026-03-02",
    creates: str = "workflow: task, title: Sweep",
    body: str = "",
    more: str = "",
) -> str:
    """Return the file of a routine."""
    lines = ("title: Sweep the floor", "workflow: routine", "status: active", f"start: {start}")
    fields = (*lines, f"schedule: {{{schedule}}}", f"creates: {{{creates}}}")
    return "\n".join(("---", *fields, *([more] if more else []), "---", body))


def make_workspace(root: Path, files: Mapping[str, str]) -> Path:
    """Write the workspace and further files below a folder."""
    return write_files({**unpack(WORKSPACE), **files}, root)


def tick(
    root: Path,
    today: str,
    *,
    until: str = "",
    entered: Mapping[str, date] | None = None,
    checked: bool = True,
) -> Tick:
    """Create what is owed, as files below a folder, and return what there is to say.

    Args:
        root: The folder.
        today: The day.
        until: The last day that counts.
        entered: Since when works have been in their states.
        checked: Whether it is known what `plainwork check` says.
    """
    snapshot = load_snapshot(root)
    if not checked:
        snapshot.diagnostics = ()
    horizon = Horizon(date.fromisoformat(today), date.fromisoformat(until) if until else None)
    plan, found = plan_tick(
        snapshot, horizon, lambda works: _entered(works, entered or {}), lambda _: ()
    )
    for edit in plan.edits:
        assert edit.before is None
        assert edit.after is not None
        write_files({edit.path: edit.after.decode()}, root)
    return found


def _entered(works: Sequence[Work], known: Mapping[str, date]) -> Mapping[str, date]:
    return {work.id: known[work.id] for work in works if work.id in known}


def files_of(root: Path) -> dict[str, str]:
    """Return the text of every document below ``work``, by path."""
    found = sorted((root / "work").rglob("*.md"))
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


def days(found: Tick) -> list[str]:
    """Return the days in the ids of what was created."""
    return [made.id.rpartition(".")[2] for made in found.created]
