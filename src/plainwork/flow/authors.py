"""Who made a change of the past, as its commits say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from plainwork.flow.versions import PastDefinitions
from plainwork.model.history import Commit, History

Merged = Mapping[str, Sequence[str]]
"""The hash of a merge to the addresses of those who wrote what it brought in."""

_ADDRESS = re.compile(r"<([^<>]*)>")


class PastAuthors:
    """Says who made what a commit did.

    Whoever merges need not have written anything, so of a merge those count who wrote what it
    brought in. Names in commits are what their authors wrote; they prove nothing by themselves.

    Args:
        history: The history; commits are named by their positions in it.
        past: What it says of people.
        merged: Of its merges.
    """

    def __init__(self, history: History, past: PastDefinitions, merged: Merged) -> None:
        self._commits = history.commits
        self._past = past
        self._merged = merged
        self._known: dict[int, tuple[str, ...]] = {}

    def find(self, commit: int) -> tuple[str, ...]:
        """Return the ids of the people who made what a commit did, each once."""
        found = self._known.get(commit)
        if found is None:
            addresses = self._addresses(self._commits[commit])
            people = (self._past.person_of(address, commit) for address in addresses)
            found = self._known[commit] = tuple(dict.fromkeys(filter(None, people)))
        return found

    def _addresses(self, commit: Commit) -> Iterator[str]:
        brought_in = self._merged.get(commit.id, ()) if len(commit.parents) > 1 else ()
        yield from brought_in or (commit.author_email,)
        for text in commit.co_authors:
            match = _ADDRESS.search(text)
            if match:
                yield match[1].strip()
