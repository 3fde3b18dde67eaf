"""Adds one to a counter, again and again: ROOT NAME TIMES together|apart.

Each time a file of its own is made in the same plan. With `together` the counter is read under
the lock, with `apart` before it is taken. Prints `done` or the refusal, a line each time.
"""

import sys
from pathlib import Path

from plainwork.errors import RefusedError
from plainwork.model.plan import FileEdit, Plan
from plainwork.storage.apply import apply_plan, writing


def plan_next(root: Path, name: str) -> Plan:
    before = (root / "counter.md").read_bytes()
    after = b"%d" % (int(before) + 1)
    edits = (FileEdit("counter.md", before, after), FileEdit(f"work/{name}.md", None, after))
    return Plan(edits, "Count")


def count(root: Path, name: str, *, together: bool) -> str:
    try:
        if together:
            with writing(root, patience=120) as writer:
                writer.apply(plan_next(root, name))
        else:
            apply_plan(root, plan_next(root, name))
    except RefusedError as error:
        return str(error)
    return "done"


if __name__ == "__main__":
    root, name, times, mode = sys.argv[1:]
    for number in range(int(times)):
        print(count(Path(root), f"{name}-{number}", together=mode == "together"))
