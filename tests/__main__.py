"""Every check of the project, as one command: `python tests`.

All of them run, so that one call tells everything; pytest comes last and closes with its summary.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent

CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("lint-imports",),
    ("python", "tests/browser"),  # installs what the tests of pages need
    ("pytest", "--numprocesses=auto", "--hypothesis-profile=ci"),
)


def main() -> int:
    failed = [check for check in CHECKS if not _passes(check)]
    return 1 if failed else 0


def _passes(check: tuple[str, ...]) -> bool:
    name, *arguments = check
    print(f"== {' '.join(check)}", flush=True)
    return subprocess.run([SCRIPTS / name, *arguments], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
