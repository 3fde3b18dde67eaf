"""The starter workspaces: complete, readable, and the same where they need not differ."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plainwork.analysis.globs import matches_glob
from plainwork.approvals.special_files import SPECIAL_NAMES
from plainwork.model.diagnostic import Severity
from plainwork.model.policy import Policy
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_policy, make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables
from plainwork.parsing.settings_file import parse_settings
from plainwork.storage.checking import load_check
from plainwork.storage.workspace import load_snapshot
from support.demo import FOLDERS

TEMPLATES = Path(__file__).parents[2] / "templates"
STARTERS = ("minimal", "software-team", "operations", "compliance")
EVERYWHERE = {"task", "project", "routine", "milestone", "risk", "decision", "goal"}
VALUES = {
    "workspace_name": "Acme",
    "person_id": "maja",
    "person_name": "Maja Lund",
    "person_email": "maja@acme.example",
    "today": "2026-11-23",
}
on_each_starter = pytest.mark.parametrize("name", STARTERS)


def filled(text: str) -> str:
    for name, value in VALUES.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text


def started(name: str) -> dict[str, str]:
    root = TEMPLATES / name
    return {
        filled(path.relative_to(root).as_posix()): filled(path.read_text("utf-8"))
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def workflows_of(files: Mapping[str, str]) -> dict[str, Workflow]:
    documents = [
        parse_document(path, "workflow", text.encode(), FieldTables())
        for path, text in files.items()
        if path.startswith("workflows/")
    ]
    assert [problem for document in documents for problem in document.diagnostics] == []
    return {document.id: make_workflow(document) for document in documents}


def policies_of(files: Mapping[str, str]) -> dict[str, Policy]:
    found = [
        make_policy(parse_document(path, "policy", text.encode(), FieldTables()))
        for path, text in files.items()
        if path.startswith("policies/")
    ]
    return {policy.id: policy for policy in found}


@on_each_starter
def test_every_document_reads_without_a_problem(name: str) -> None:
    files = started(name)
    tables = FieldTables(workflows_of(files).values())
    for path, text in files.items():
        if path.endswith(".md") and "/" in path:
            kind = FOLDERS.get(path.partition("/")[0], "work")
            assert parse_document(path, kind, text.encode(), tables).diagnostics == ()
    assert parse_settings("plainwork.toml", files["plainwork.toml"].encode())[1] == ()


@on_each_starter
def test_it_checks_without_a_warning(name: str, tmp_path: Path) -> None:
    for path, text in started(name).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    found = load_check(tmp_path, load_snapshot(tmp_path), date(2026, 11, 23))
    told = {(each.rule, each.severity) for each in found}
    # Whoever begins alone is told so, once: the others' rules wait for a second person.
    expected = "no-approvals" if name == "minimal" else "unmeetable-approval"
    assert told == {(expected, Severity.INFO)}


@on_each_starter
def test_it_has_what_every_workspace_needs(name: str) -> None:
    files = started(name)
    assert set(workflows_of(files)) >= EVERYWHERE
    assert "people/maja.md" in files
    assert 'lead: "maja"' in files["teams/governance.md"]
    policies = policies_of(files)
    assert set(policies) >= {"everyday", "default", "governance"}
    assert [policy.id for policy in policies.values() if policy.default] == ["default"]
    assert policies["everyday"].approvals == ()
    guarded = {bool(policies[each].approvals) for each in ("default", "governance")}
    assert guarded == {name != "minimal"}


@on_each_starter
def test_the_first_line_of_its_page_says_what_it_is_for(name: str) -> None:
    first, *rest = started(name)["README.md"].splitlines()
    assert re.fullmatch(r"# .{20,110}", first)
    assert any("plainwork new" in line for line in rest)


@on_each_starter
def test_only_what_creates_work_keeps_placeholders(name: str) -> None:
    for path, text in started(name).items():
        left = re.findall(r"\{\{ ?(.*?) ?\}\}", text)
        assert set(left) <= {"period", "title"}, path
        assert not left or "creates:" in text, path


@on_each_starter
@pytest.mark.parametrize("folder", ["", "vendor/"])
def test_every_file_that_is_judged_wherever_it_lies_is_somebodys(name: str, folder: str) -> None:
    globs = policies_of(started(name))["governance"].applies_to.paths
    for special in (*SPECIAL_NAMES, ".gitattributes", ".gitlab-ci.yml", ".github"):
        paths = [f"{folder}{special}", f"{folder}{special}/workflows/ci.yml"]
        assert any(matches_glob(path, glob.lower()) for path in paths for glob in globs), special


def test_everyday_changes_are_the_same_everywhere() -> None:
    assert len({started(name)["policies/everyday.md"] for name in STARTERS}) == 1


def test_guarding_policies_are_the_same_everywhere() -> None:
    guarded = [name for name in STARTERS if name != "minimal"]
    for policy in ("default", "governance"):
        assert len({started(name)[f"policies/{policy}.md"] for name in guarded}) == 1
