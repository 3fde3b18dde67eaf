"""Steps to the next generation where no file may grow beyond some bytes: ROOT BYTES.

To the system that is a write that fails in the middle, as on a full disk, and any user may set
such a limit. Prints what the person would read.
"""

import resource
import sys
from pathlib import Path

from plainwork.errors import StorageError
from plainwork.model.plan import FileEdit, Plan
from plainwork.storage.apply import apply_plan
from storage.processes.generations import plan_next_generation

if __name__ == "__main__":
    root, limit = Path(sys.argv[1]), int(sys.argv[2])
    large = FileEdit("work/z/large.md", None, b"x" * (limit + 1))
    plan = Plan((*plan_next_generation(root).edits, large), "Step")
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        apply_plan(root, plan)
    except StorageError as error:
        print(error)
