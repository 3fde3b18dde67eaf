"""What names a work in a field, seen from that work."""

import json
from pathlib import Path
from typing import Any

import pytest

from plainwork.storage.workspace import load_snapshot
from plainwork.views.work_index import WorkIndex
from support.archive import write_files


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        pytest.param({"milestone": "goal"}, ["milestone"], id="a milestone"),
        pytest.param({"links": {"relates": ["goal"]}}, ["relates"], id="a link"),
        pytest.param(
            {"milestone": "goal", "links": {"causes": ["GOAL"]}}, ["causes", "milestone"], id="both"
        ),
        pytest.param({"parent": "goal"}, [], id="a part is listed elsewhere"),
        pytest.param({"project": "goal"}, [], id="an item too"),
        pytest.param({"depends_on": ["goal"]}, [], id="and what waits for it"),
        pytest.param({"links": {"relates": ["nowhere"]}}, [], id="another one"),
    ],
)
def test_what_names_a_work(fields: dict[str, Any], found: list[str], tmp_path: Path) -> None:
    front = {"title": "T", "workflow": "task", "status": "todo"}
    files = {
        "plainwork.toml": "",
        "work/goal.md": _document(front),
        "work/a.md": _document(front | fields),
    }
    snapshot = load_snapshot(write_files(files, tmp_path))
    goal = snapshot.work("goal")
    assert goal is not None
    named = WorkIndex(snapshot).mentions.get(goal, ())
    assert sorted(field for _, field in named) == found
    assert {work.id for work, _ in named} <= {"a"}


def _document(front: dict[str, Any]) -> str:
    return f"---\n{json.dumps(front)}\n---\n"
