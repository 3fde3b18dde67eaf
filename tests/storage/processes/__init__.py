"""What the tests of writing run as processes of their own, to be stopped, killed and starved."""

import os
import subprocess
import sys
from pathlib import Path

import plainwork

_HERE = Path(__file__).parent
_SEARCHED = (Path(plainwork.__file__).parents[1], _HERE.parents[1])


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Start one of these scripts; both of its streams can be read."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, _SEARCHED))}
    return subprocess.Popen(
        [sys.executable, _HERE / f"{script}.py", *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a script that has to succeed and return what it printed."""
    output, errors = process.communicate()
    assert process.returncode == 0, errors
    return output
