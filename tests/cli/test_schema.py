"""``plainwork schema`` has a schema for whatever is written and printed."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plainwork.cli.app import run
from plainwork.cli.schema import OUTPUTS, PUBLISHED
from plainwork.model.document_fields import DOCUMENT_FIELDS
from support.archive import write

SOURCE = Path(__file__).parents[2] / "src" / "plainwork"
WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Acme"
-- workflows/purchase.md --
---
title: Purchase
fields:
  vendor: {type: text, help: Who sells it}
states:
  todo: {category: ready}
  done: {category: done}
---
-- workflows/project.md --
---
title: Our projects
kind: project
states:
  planned: {category: ready}
---
-- work/ops-1.md --
---
title: Chairs
workflow: purchase
status: todo
vendor: 7
---
"""


def print_schema(name: str, directory: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["-C", str(directory), "schema", name]) == 0
    schema: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


@pytest.mark.parametrize("name", ["settings", *DOCUMENT_FIELDS, *OUTPUTS, *PUBLISHED])
def test_schemas_need_no_workspace(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert print_schema(name, tmp_path, capsys)["$schema"].endswith("/2020-12/schema")


def test_a_workflow_has_a_schema_with_its_own_fields(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    properties = print_schema("Purchase", write(WORKSPACE, tmp_path), capsys)["properties"]

    assert properties["status"]["enum"] == ["todo", "done"]
    assert properties["vendor"]["description"] == "Who sells it"


def test_a_workflow_comes_before_the_kind_of_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert print_schema("project", write(WORKSPACE, tmp_path), capsys)["title"] == "Our projects"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("purchas", "no schema `purchas`; did you mean `purchase`?", id="near"),
        pytest.param("zzz", "no schema `zzz`; there are settings, item, project,", id="nothing"),
    ],
)
def test_a_name_without_schema_is_refused_with_those_that_have_one(
    name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(write(WORKSPACE, tmp_path)), "schema", name]) == 2

    assert capsys.readouterr().err.startswith(f"plainwork: {told}")


def test_every_output_has_a_schema() -> None:
    # Read from the source, so that a new output cannot be forgotten.
    written = re.compile(r'\b(?:write_json|to_json|schema_name)\(\s*"([a-z-]+)"')
    printed = {name for path in SOURCE.rglob("*.py") for name in written.findall(path.read_text())}

    assert printed == OUTPUTS.keys(), "list each in OUTPUTS of plainwork.cli.schema"


@pytest.mark.parametrize("command", ["list", "portfolio", "status"])
def test_what_a_command_prints_fits_its_schema(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(WORKSPACE, tmp_path)
    schema = print_schema(command, tmp_path, capsys)

    assert run(["-C", str(tmp_path), command, "--format", "json", "--today", "2026-05-01"]) == 0

    jsonschema.Draft202012Validator(schema).validate(json.loads(capsys.readouterr().out))
