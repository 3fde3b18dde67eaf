"""Attributes, in the files of a commit, that would let Git treat what is judged in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork.approvals.git_attributes import (
    AlteringPattern,
    find_macros,
    parse_altering_patterns,
)
from plainwork.model.change import Fault
from plainwork.storage.scan import MOST_READ
from plainwork.storage.scratch import Scratch
from plainwork.storage.scratch_trees import Tree

_NAME = ".gitattributes"
_MOST_PATTERNS = 50
"""Each is compared with every file; repositories have a handful."""


def load_altering_attributes(
    scratch: Scratch, tree: Tree, governed: Callable[[str], bool]
) -> Iterator[Fault]:
    """Yield the attributes that alter something that is judged.

    Args:
        scratch: Where the objects are.
        tree: Every file of a commit, by path from the repository's top.
        governed: Tells whether a file, by that path, is judged.
    """
    paths = [path for path in tree if path.endswith(_NAME) and _is_attributes(path)]
    contents = dict(zip(paths, scratch.read_blobs(tree[path].oid for path in paths), strict=True))
    for path, data in contents.items():
        if len(data) == MOST_READ:
            yield Fault("altering-attribute", "the file is too large to be read", "", path)
    macros = frozenset(name for data in contents.values() for name in find_macros(data))
    patterns = [
        (path, pattern)
        for path, data in contents.items()
        for pattern in parse_altering_patterns(data, path.removesuffix(_NAME), macros)
    ]
    if len(patterns) > _MOST_PATTERNS:
        message = f"{len(patterns)} patterns alter files, at most {_MOST_PATTERNS} may"
        yield Fault("altering-attribute", message, "remove some", patterns[0][0])
        return
    for path, pattern in patterns:
        meant = next((each for each in tree if pattern.matches(each) and governed(each)), "")
        if meant:
            yield _fault(path, pattern, meant)


def _is_attributes(path: str) -> bool:
    return path.rpartition("/")[2] == _NAME


def _fault(path: str, pattern: AlteringPattern, meant: str) -> Fault:
    message = (
        f"`{pattern.attribute}` of `{pattern.pattern}` lets Git treat {meant} otherwise "
        "than it was reviewed"
    )
    return Fault("altering-attribute", message, "give it to other files only", path, pattern.line)
