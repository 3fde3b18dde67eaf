"""Every rule against its examples: a workspace, made as a person would, and its report."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from plainwork.reporting.diagnostics_text import format_text
from plainwork.rules import BUILT_IN, Rule, Scope
from plainwork.storage.checking import document_paths, load_check
from plainwork.storage.workspace import load_snapshot
from support.archive import unpack, write_files

FOLDER = Path(__file__).parent
EXAMPLES = sorted(FOLDER.glob("*/*.txt"))
WORKSPACE = unpack((FOLDER / "_workspace.txt").read_text("utf-8"))
SOURCE = FOLDER.parents[1] / "src/plainwork"
TODAY = date(2026, 3, 2)


def _name(example: Path) -> str:
    return f"{example.parent.name}/{example.stem}"


def _report(root: Path, before: Path | None = None) -> str:
    snapshot = load_snapshot(root)
    earlier = load_snapshot(before) if before else None
    found = load_check(root, snapshot, TODAY, before=earlier)
    documents = len(document_paths(snapshot))
    return "".join(f"{line}\n" for line in format_text(found, documents=documents))


def _make(example: Path, root: Path) -> tuple[str, Path | None]:
    """Make an example; return what it expects, and where the workspace is that it changes.

    Its files are laid over the workspace below all examples. Files in `after/` are laid over
    these: then what has become of the workspace is judged too. At last the commands run that
    stand above the files.
    """
    text = example.read_text(encoding="utf-8")
    files = unpack(text)
    expected = files.pop("expected")
    after = {
        path.removeprefix("after/"): files.pop(path)
        for path in list(files)
        if path.startswith("after/")
    }
    write_files({**WORKSPACE, **files, **after}, root)
    before = write_files({**WORKSPACE, **files}, root.with_name("before")) if after else None
    for command in re.findall(r"^\$ (.+)$", text.partition("\n-- ")[0], re.MULTILINE):
        subprocess.run(["sh", "-ec", command], cwd=root, check=True)
    return expected, before


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_an_example_is_reported_as_it_says(example: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"

    expected, before = _make(example, root)

    assert _report(root, before) == expected


def test_the_workspace_below_the_examples_is_fine(tmp_path: Path) -> None:
    write_files(WORKSPACE, tmp_path)

    assert _report(tmp_path) == f"no problems found in {len(WORKSPACE) - 1} documents\n"


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_rule_has_an_example_that_breaks_it_and_one_that_is_fine(rule: Rule) -> None:
    reports = [
        unpack(example.read_text("utf-8"))["expected"]
        for example in FOLDER.glob(f"{rule.name}/*.txt")
    ]

    assert any(f"[{rule.name}]" in report for report in reports)
    assert any(f"[{rule.name}]" not in report for report in reports)


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_rule_is_described_for_people(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.summary.endswith(".")
    assert rule.summary.count(". ") == 0
    assert rule.remedy.endswith(".")


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_rule_has_the_check_that_its_scope_names(rule: Rule) -> None:
    checks = {
        Scope.DOCUMENT: rule.check_document,
        Scope.WORKSPACE: rule.check_workspace,
        Scope.SURROUNDINGS: rule.check_surroundings,
        Scope.CHANGE: rule.check_change,
    }

    assert {scope for scope, check in checks.items() if check is not None} == {rule.scope} - {
        Scope.READING
    }


def test_examples_belong_to_rules() -> None:
    assert {example.parent.name for example in EXAMPLES} == {rule.name for rule in BUILT_IN}


def test_what_the_reader_reports_is_a_rule() -> None:
    """Names in the source that look like those of rules, where diagnostics are made."""
    made = re.compile(
        r'(?:Diagnostic|_problem|_error|report|Mistake)\(\s*(?:[^"()]|\([^()]*\))*?"([a-z0-9]+(?:-[a-z0-9]+)*)"'
    )
    names = {
        name
        for folder in ("parsing", "storage")
        for module in (SOURCE / folder).glob("*.py")
        for name in made.findall(module.read_text("utf-8"))
        if "-" in name
    }

    assert len(names) > 20
    assert names <= {rule.name for rule in BUILT_IN}
