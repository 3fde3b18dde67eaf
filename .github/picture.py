"""Draw the README's picture: `plainwork status` in the demo, as the terminal shows it.

`python .github/picture.py` writes `.github/status.svg`; a test holds that it is what the program
prints today.
"""

import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

TODAY = "2026-11-23"
PICTURE = Path(__file__).parent / "status.svg"

_COLUMNS = 80
_CHARACTER = 8.43
_LINE = 18
_MARGIN = 18


def render_picture() -> str:
    """Return the picture of the demo's status on a fixed day."""
    with tempfile.TemporaryDirectory() as folder:
        _run("demo", "--today", TODAY, "demo", cwd=folder)
        screen = _run("status", "--today", TODAY, cwd=f"{folder}/demo")
    return _render(["$ plainwork status", *screen.splitlines()])


def _run(*arguments: str, cwd: str) -> str:
    command = [sys.executable, "-m", "plainwork", *arguments]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=cwd, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def _render(lines: list[str]) -> str:
    width = round(_COLUMNS * _CHARACTER + 2 * _MARGIN)
    height = len(lines) * _LINE + 2 * _MARGIN
    rows = "\n".join(
        f'<text x="{_MARGIN}" y="{_MARGIN + (number + 1) * _LINE - 5}"{_weight(line)}>'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
        if line
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>What plainwork status prints in the demo workspace</title>
<style>
text {{ font: 14px ui-monospace, Menlo, Consolas, monospace; fill: #e6e6e6; white-space: pre }}
.head {{ font-weight: bold; fill: #ffffff }}
</style>
<rect width="{width}" height="{height}" rx="8" fill="#1d2129"/>
{rows}
</svg>
"""


def _weight(line: str) -> str:
    return "" if line.startswith(" ") else ' class="head"'


if __name__ == "__main__":
    PICTURE.write_text(render_picture(), encoding="utf-8")
