"""The name of who made a commit: a person of the workspace, or whoever the commit names."""

from __future__ import annotations

import msgspec

from plainwork.model.history import Commit
from plainwork.model.party import Person
from plainwork.model.snapshot import Snapshot


class Author(msgspec.Struct, frozen=True):
    """Who made a commit.

    Attributes:
        name: An id of a person here, else the name that the commit says: hostile text.
        known: Whether it is an id.
    """

    name: str
    known: bool


class CommitAuthors:
    """Finds who made commits, by the e-mail addresses of people."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._people = {
            email.lower(): party.id
            for party in snapshot.parties.values()
            if isinstance(party, Person)
            for email in party.emails
        }

    def find(self, commit: Commit) -> Author:
        """Return who made a commit."""
        person = self._people.get(commit.author_email.lower(), "")
        return Author(person or commit.author or commit.author_email, known=bool(person))
