"""Steps to the next generation once: ROOT. Prints `done` or the refusal."""

import sys
from pathlib import Path

from plainwork.errors import PlainworkError
from plainwork.storage.apply import apply_plan
from storage.processes.generations import plan_next_generation

if __name__ == "__main__":
    root = Path(sys.argv[1])
    plan = plan_next_generation(root)
    try:
        apply_plan(root, plan)
    except PlainworkError as error:
        print(error)
    else:
        print("done")
