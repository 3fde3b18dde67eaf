"""What it takes to show that a test would notice a missing defence."""

import msgspec

SRC = "src/plainwork"

Edit = tuple[str, str, str]
"""A file below the project's root, a text that stands in it exactly once, and what replaces it."""


class Mutation(msgspec.Struct, frozen=True):
    """A defence, taken away.

    Attributes:
        what: What is done without it, in a few words; unique.
        edits: Several, if there is a second line behind the first.
        tests: Which tests fail: file below ``tests`` and function. Of one with several cases, at
            least one.
    """

    what: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
