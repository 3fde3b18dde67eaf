"""Work as it would be, with what it would inherit."""

from collections.abc import Mapping

import pytest

from plainwork.analysis.preview import preview_work
from plainwork.analysis.work_columns import EFFECTIVE_COLUMNS
from plainwork.model.document import Document
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.storage.workspace import load_snapshot
from support.archive import write

WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Preview"
-- people/ann.md --
---
name: Ann
---
-- people/bo.md --
---
name: Bo
---
-- teams/crew.md --
---
name: Crew
lead: bo
---
-- workflows/task.md --
---
title: Task
owner: crew
team: crew
states: {todo: {category: ready}, done: {category: done}}
transitions: {finish: {from: todo, to: done}}
---
-- workflows/project.md --
---
title: Project
kind: project
states: {running: {category: active}, closed: {category: done}}
transitions: {close: {from: running, to: closed}}
---
-- projects/house.md --
---
title: House
workflow: project
status: running
objective: A house
owner: ann
visibility: restricted
---
-- work/roof.md --
---
title: Roof
workflow: task
status: todo
project: house
---
-- work/tile.md --
---
title: Tile
workflow: task
status: done
parent: roof
---
-- work/ring.md --
---
title: Ring
workflow: task
status: todo
parent: gnir
---
-- work/gnir.md --
---
title: Gnir
workflow: task
status: todo
parent: ring
owner: bo
---
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return load_snapshot(write(WORKSPACE, tmp_path_factory.mktemp("preview") / "ws"))


def test_the_preview_of_what_is_there_is_what_is_there(snapshot: Snapshot) -> None:
    for work in snapshot.works:
        again = preview(snapshot, work.id, dict(work.fields))
        for name in EFFECTIVE_COLUMNS:
            assert getattr(again, name) == getattr(work, name), (work.id, name)


@pytest.mark.parametrize("parent", ["", "nowhere", "house", "roof", "tile", "ring", "new"])
def test_new_work_inherits_from_its_parent(snapshot: Snapshot, parent: str) -> None:
    fields = {"title": "New", "workflow": "task", "status": "todo", "parent": parent}
    new = preview(snapshot, "new", fields)
    above = snapshot.work(parent)
    assert new.owner == (above.owner if above else "crew")
    assert new.accountable == (above.accountable if above else "bo")
    assert new.visibility == (above.visibility if above else "internal")
    project = (above.id if above.kind == "project" else above.project) if above else ""
    assert new.project == project


def test_where_an_id_is_taken_the_new_one_counts(snapshot: Snapshot) -> None:
    fields = {"title": "Roof", "workflow": "task", "status": "done", "owner": "bo"}
    roof = preview(snapshot, "roof", fields)
    assert (roof.owner, roof.project, roof.open) == ("bo", "", False)
    assert roof.body == "Text"


def preview(snapshot: Snapshot, id_: str, fields: Mapping[str, object]) -> Work:
    document = Document(f"work/{id_}.md", "work", id_, readable=True, fields=dict(fields))
    return preview_work(document, "Text", snapshot)
