"""Runs pytest whenever it is asked to, each time in a fork that has loaded all but the project.

Half of a short run goes into loading what no run changes. A line of standard input is a run, as
JSON: pytest's arguments, after the file that takes what it prints. A line of standard output says
that it is over.
"""

import gc
import json
import os
import sys
from importlib import import_module
from pathlib import Path

LOADED = (
    *("cel", "comrak", "dateutil.rrule", "frontmatter", "git", "hypothesis.strategies", "jinja2"),
    *("jsonschema", "msgspec", "pytest", "typer", "yaml"),
)


def main() -> None:
    sys.path[0] = str(Path.cwd())  # as `python -m pytest` has it
    for name in LOADED:
        import_module(name)
    gc.freeze()  # or each fork looks through all of it for garbage
    for line in sys.stdin:
        output, *arguments = json.loads(line)
        process = os.fork()
        if not process:
            run(output, arguments)
        os.waitpid(process, 0)
        print("over", flush=True)


def run(output: str, arguments: list[str]) -> None:
    """Run pytest as a process of its own would, and end the process."""
    import pytest

    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for copied, standard in ((nothing, 0), (descriptor, 1), (descriptor, 2)):
            os.dup2(copied, standard)
        pytest.main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
