"""What came of building a site."""

from __future__ import annotations

import msgspec


class Built(msgspec.Struct, frozen=True):
    """What a build did.

    Attributes:
        files: How many files the site has.
        written: How many of them are new or have changed.
        removed: How many files of the last build are gone.
    """

    files: int
    written: int
    removed: int


class SiteProblem(msgspec.Struct, frozen=True):
    """Something that is wrong with a page of the site."""

    page: str
    problem: str


class SiteReport(msgspec.Struct, frozen=True):
    """What a build did, and what was found.

    Attributes:
        output: The folder of the site, as it was given.
        audience: Who may read it.
        errors: How many errors `plainwork check` finds in the workspace.
        problems: What is wrong with the site itself, if that was asked.
    """

    output: str
    audience: str
    built: Built
    errors: int
    problems: tuple[SiteProblem, ...] = ()
