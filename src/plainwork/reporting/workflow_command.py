"""Commands that a job of GitHub prints, and the files that it hands over by name.

Forgejo and Gitea run the same jobs and read the same commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plainwork.reporting.text import escape_line


def format_command(name: str, lines: Iterable[str], properties: Mapping[str, str]) -> str:
    """Return one workflow command: ``::error file=a.md,line=3::text``.

    Nothing in a message can end its command or begin another: what does not print is shown, and
    the rest is escaped as the runner's own toolkit does (actions/toolkit, ``command.ts``).

    Args:
        name: ``error``, ``warning`` or ``notice``.
        lines: Of the message; whatever they hold, each stays one.
        properties: What stands beside the name; empty ones are left out.
    """
    written = ",".join(
        f"{key}={_escape_property(value)}" for key, value in properties.items() if value
    )
    shown = "\n".join(map(escape_line, lines))
    return f"::{name}{' ' if written else ''}{written}::{_escape_data(shown)}"


def format_output(name: str, value: str, delimiter: str) -> str:
    """Return what sets one output of a job (``$GITHUB_OUTPUT``).

    Args:
        name: Of the output.
        value: Any text.
        delimiter: A word that nobody can foresee, so that no value ends early.
    """
    return f"{name}<<{delimiter}\n{value}\n{delimiter}\n"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(escape_line(text)).replace(":", "%3A").replace(",", "%2C")
