"""Paths that a glob means."""

from __future__ import annotations

from fnmatch import fnmatchcase


def matches_glob(path: str, glob: str) -> bool:
    """Tell whether a path matches a glob: ``*`` within a folder, ``**`` for any number of them."""
    parts, patterns = path.split("/"), glob.split("/")
    # One row of the table "the first n patterns match the first m parts", rolled forward.
    matched = [True] + [False] * len(parts)
    for pattern in patterns:
        row = [matched[0] and pattern == "**"]
        for position, part in enumerate(parts):
            if pattern == "**":
                row.append(matched[position + 1] or row[position])
            else:
                row.append(matched[position] and fnmatchcase(part, pattern))
        matched = row
    return matched[-1]
