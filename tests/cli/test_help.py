"""What `--help` of each command says: it fits on a screen, and its example can be pasted."""

import re
import shlex
from importlib import import_module

import pytest

from plainwork.cli.app import run
from plainwork.cli.commands import command_names, find_command


def _commands() -> list[str]:
    """Return every command and subcommand."""
    found = []
    for name in command_names():
        command = import_module(f"plainwork.cli.{find_command(name)}").COMMAND
        found += [f"{name} {each}" for each in command] if isinstance(command, dict) else [name]
    return found


@pytest.mark.parametrize("command", _commands())
def test_help_fits_and_shows_an_example(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*command.split(), "--help"]) == 0

    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    assert re.match(rf"Usage: plainwork {command} [^{{}}]*\n\n", told)
    paragraphs = told.split("\n\n")
    (example,) = (each for each in paragraphs if each.startswith("  For example: "))
    assert "\n" not in example, "an example of several lines cannot be pasted"
    assert f"plainwork {command} " in f"{example} "
    assert shlex.split(example)


def test_the_help_of_all_commands_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize("arguments", [[], ["--help"]], ids=["bare", "--help"])
def test_a_command_of_several_shows_them(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["workflow", *arguments]) == 0

    told = capsys.readouterr().out
    assert re.search(r"\n  graph +Draw a workflow as text, or as SVG for a browser.\n", told)
    assert "..." not in told.partition("Commands:")[2], "a summary is cut"


def test_a_usage_error_names_the_help_of_the_subcommand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["workflow", "graph"]) == 2
    assert "`plainwork workflow graph --help` says more" in capsys.readouterr().err
