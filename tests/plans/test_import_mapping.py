from pathlib import Path

import pytest

from plainwork.model.diagnostic import Severity
from plainwork.model.workflow import Category
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables
from plainwork.plans.import_mapping_file import parse_mapping
from support.builders import make_workflow
from support.mapping import read_mapping

MAPPINGS = sorted((Path(__file__).parents[2] / "templates" / "mappings").glob("*.toml"))
WORKFLOWS = {"task": make_workflow()}
WORK = '[[files]]\nmatch = "*.md"\nworkflow = "task"\n'


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_what_plainwork_brings_needs_nothing(path: Path) -> None:
    mapping, diagnostics = parse_mapping(path.name, path.read_bytes(), {})
    assert mapping is not None, diagnostics
    used = {rule.work.workflow.id for rule in mapping.files if rule.work}
    assert used == set(mapping.workflows)
    for id_, text in mapping.workflows.items():
        document = parse_document(f"workflows/{id_}.md", "workflow", text.encode(), FieldTables())
        assert not document.diagnostics


def test_workflows_of_the_workspace_come_first() -> None:
    text = (
        WORK
        + "[workflows]\ntask = '''\n---\ntitle: T\nstates:\n  new: {category: ready}\n---\n'''\n"
    )
    own = make_workflow("task", {"later": Category.READY})
    mapping, diagnostics = parse_mapping("m.toml", f'title = "M"\n{text}'.encode(), {"task": own})
    assert mapping is not None, diagnostics
    assert mapping.files[0].work is not None
    assert mapping.files[0].work.workflow is own
    assert mapping.files[0].work.status == "later"


@pytest.mark.parametrize(
    ("path", "number"),
    [("7-a.md", 0), ("deep/er/a.md", 0), ("a.yaml", 0), ("a.txt", None)],
)
def test_the_first_rule_that_matches_counts(path: str, number: int | None) -> None:
    mapping = read_mapping()
    expected = mapping.files[number] if number is not None else None
    assert mapping.find_rule(path) is expected


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("", 0, "`title` is not set", id="title"),
        pytest.param('title = "M"\n', 0, "`files` is not set", id="files"),
        pytest.param('title = "M"\nfiles = 3', 2, "expected a list", id="type"),
        pytest.param(
            f'title = "M"\ntimezone = "Bonn"\n{WORK}', 2, "no time zone `Bonn`", id="zone"
        ),
        pytest.param(f'title = "M"\ncolour = 1\n{WORK}', 2, "unknown field `colour`", id="key"),
        pytest.param(f'title = "M"\n{WORK}skip = "no"\n', 2, "say one of", id="two purposes"),
        pytest.param(f'title = "M"\n{WORK}status = "gone"\n', 5, "has no state `gone`", id="state"),
        pytest.param(
            'title = "M"\n[[files]]\nmatch = "*"\nworkflow = "job"\n',
            4,
            "no workflow `job`",
            id="workflow",
        ),
        pytest.param(
            f'title = "M"\n{WORK}fields.a.to = ["title", "heading"]\n',
            5,
            "no field `heading`",
            id="field",
        ),
        pytest.param(
            f'title = "M"\n{WORK}fields.a.to = "id"\n', 5, "no field `id`", id="own field"
        ),
        pytest.param(
            f'title = "M"\n{WORK}fields.a = {{to = "status", values = {{gone = "x"}}}}\n',
            5,
            "`gone` is no option",
            id="word",
        ),
        pytest.param(f'title = "M"\n{WORK}fields.a.values = {{}}\n', 5, "`to` is not set", id="to"),
        pytest.param(
            f'title = "M"\n{WORK}ids = [{{pattern = "("}}]\n',
            5,
            "not a form: missing )",
            id="pattern",
        ),
        pytest.param(
            f"title = 'M'\n{WORK}ids = [{{is = '\\1'}}]\n",
            5,
            "not a form: invalid group",
            id="group",
        ),
        pytest.param(
            f'title = "M"\n{WORK}[workflows]\njob = "---\\ntitle: Job\\n---\\n"\n',
            6,
            "`states` is not set",
            id="workflow's text",
        ),
        pytest.param("title", 1, "", id="no TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, message: str) -> None:
    mapping, diagnostics = parse_mapping("m.toml", text.encode(), WORKFLOWS)
    assert mapping is None
    assert any(
        found.location.line == line
        and message in found.message
        and found.severity is Severity.ERROR
        for found in diagnostics
    ), diagnostics


def test_bytes_that_are_no_text_are_told() -> None:
    mapping, diagnostics = parse_mapping("m.toml", b"\xff", WORKFLOWS)
    assert mapping is None
    assert [found.rule for found in diagnostics] == ["not-utf-8"]
