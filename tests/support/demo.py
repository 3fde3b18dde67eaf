"""The example organisation and its history, read as values."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from plainwork.model.document import Document
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables
from plainwork.plans.demo import DemoCommit, compute_demo_history

ROOT = Path(__file__).parents[2] / "templates/demo"
FOLDERS = {
    "people": "person",
    "teams": "team",
    "agents": "agent",
    "policies": "policy",
    "records": "record",
    "workflows": "workflow",
}
Tree = Mapping[str, bytes]


def demo_files() -> dict[str, str]:
    paths = sorted(path for path in ROOT.rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


@cache
def history(today: date) -> tuple[DemoCommit, ...]:
    return tuple(compute_demo_history(demo_files(), today))


def main_line(commits: tuple[DemoCommit, ...]) -> list[DemoCommit]:
    """Return the first-parent history, oldest first."""
    line, position = [commits[-1]], len(commits) - 1
    while commits[position].parents:
        position = commits[position].parents[0]
        line.append(commits[position])
    return line[::-1]


def trees(today: date) -> Iterator[tuple[DemoCommit, Tree, Tree]]:
    """Yield each commit of the default branch with the files before and after it."""
    before: dict[str, bytes] = {}
    for commit in main_line(history(today)):
        after = dict(before)
        for path, data in commit.changes.items():
            assert data is not None, "the story deletes nothing"
            after[path] = data
        yield commit, before, after
        before = after


@cache
def workflow_at(path: str, data: bytes) -> Workflow:
    document = parse_document(path, "workflow", data, FieldTables())
    assert document.diagnostics == ()
    return make_workflow(document)


@cache
def tables_of(workflows: tuple[tuple[str, bytes], ...]) -> FieldTables:
    return FieldTables(workflow_at(*each) for each in workflows)


@cache
def document_at(path: str, data: bytes, workflows: tuple[tuple[str, bytes], ...]) -> Document:
    kind = FOLDERS.get(path.partition("/")[0], "work")
    return parse_document(path, kind, data, tables_of(workflows))


def documents(tree: Tree) -> dict[str, Document]:
    workflows = tuple(item for item in sorted(tree.items()) if item[0].startswith("workflows/"))
    return {
        path: document_at(path, data, workflows)
        for path, data in tree.items()
        if path.endswith(".md") and "/" in path
    }


def workflows_by_id(tree: Tree) -> dict[str, Workflow]:
    found = [workflow_at(*item) for item in tree.items() if item[0].startswith("workflows/")]
    return {workflow.id: workflow for workflow in found}
