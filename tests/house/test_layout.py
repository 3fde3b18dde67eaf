"""The shape of the repository, as a reader finds it."""

import ast
import re
from pathlib import Path

import pytest

from support.git import run_git

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/plainwork"
MODULES = sorted(SOURCE.rglob("*.py"))
FOLDERS = {".ci", ".github", "site", "src", "templates", "tests"}


def _name(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def test_the_top_level_has_the_known_folders_only() -> None:
    paths = run_git("ls-files", "-z", cwd=ROOT).split("\0")
    assert {path.split("/")[0] for path in paths if "/" in path} == FOLDERS


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_says_what_it_is(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body


def test_names_say_what_a_module_does() -> None:
    vague = {"util", "utils", "helper", "helpers", "manager", "handler", "service", "common"}
    assert [_name(module) for module in MODULES if module.stem.split("_")[-1] in vague] == []


def test_rules_are_listed() -> None:
    from plainwork import rules

    files = {module.stem for module in (SOURCE / "rules").glob("*.py")} - {"__init__", "rule"}
    names = [rule.name for rule in rules.BUILT_IN]
    assert len(names) == len(set(names))
    assert {name.replace("-", "_") for name in names} == files


def test_commands_are_listed() -> None:
    from plainwork.cli.commands import COMMANDS

    files = {
        module.stem
        for module in (SOURCE / "cli").glob("*.py")
        if re.search(r"^COMMAND\b", module.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {module for group in COMMANDS.values() for module, _ in group.values()} == files
