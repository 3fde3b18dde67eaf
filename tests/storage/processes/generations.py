"""A workspace that steps from one generation to the next: every file says which it is.

So whoever looks sees at once if a plan was applied in part.
"""

from collections.abc import Iterator
from pathlib import Path

from plainwork.model.plan import FileEdit, Plan


def make_generation(number: int, size: int) -> dict[str, bytes]:
    """Return every file of a generation; the odd ones have one more, in a folder of its own."""
    names = [f"work/{index}.md" for index in range(size)]
    extra = ["work/more/extra.md"] if number % 2 and size > 1 else []
    return dict.fromkeys([*names, *extra], b"%d\n" % number)


def read_generation(root: Path) -> int:
    """Return the generation that a workspace is in; fail if it is in none."""
    files = dict(_read_files(root))
    number = int(files.get("work/0.md", b"-1"))
    size = sum(path.count("/") == 1 for path in files)
    expected = make_generation(number, size)
    if files != expected:
        message = f"neither one generation nor another: {files}"
        raise AssertionError(message)
    return number


def plan_next_generation(root: Path) -> Plan:
    """Plan the step to the next generation."""
    before = dict(_read_files(root))
    size = sum(path.count("/") == 1 for path in before)
    after = make_generation(read_generation(root) + 1, size)
    edits = (FileEdit(path, before.get(path), after.get(path)) for path in before | after)
    return Plan(tuple(sorted(edits, key=lambda edit: edit.path)), "Step")


def _read_files(root: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(root.rglob("*")):
        if file.is_file() and not file.relative_to(root).parts[0].startswith("."):
            yield file.relative_to(root).as_posix(), file.read_bytes()
