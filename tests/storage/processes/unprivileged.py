"""Steps to the next generation as a user who owns nothing here: ROOT.

The superuser may write everywhere, so if that is who runs the tests, it becomes nobody first.
"""

import hashlib  # noqa: F401 - nobody may be unable to read Python's own folder later
import os
import sys
from pathlib import Path

from plainwork.errors import StorageError
from plainwork.storage.apply import apply_plan
from storage.processes.generations import plan_next_generation

NOBODY = 65534

if __name__ == "__main__":
    root = Path(sys.argv[1])
    plan = plan_next_generation(root)
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        apply_plan(root, plan)
    except StorageError as error:
        print(error)
