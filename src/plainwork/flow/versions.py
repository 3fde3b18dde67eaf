"""Workflows and parties of the past: what was in force when something happened."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from plainwork.model.history import History
from plainwork.model.party import Party, Person, Team
from plainwork.model.workflow import Workflow

T = TypeVar("T")


def find_changed(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[tuple[str, T | None]]:
    """Yield the key and new value of what is new, differs or is gone (None)."""
    if before is after:
        return
    for key, value in after.items():
        known = before.get(key)
        if known is not value and known != value:
            yield key, value
    for key in before:
        if key not in after:
            yield key, None


def find_last_workflows(history: History) -> dict[str, Workflow]:
    """Return the workflows in which a history ends, by id in lower case."""
    return _find_last((each.id, each.workflow) for each in history.workflows)


def find_last_parties(history: History) -> dict[str, Party]:
    """Return the parties with which a history ends, by id in lower case."""
    return _find_last((each.id, each.party) for each in history.parties)


def _find_last(versions: Iterable[tuple[str, T | None]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for id_, value in versions:
        if value is None:
            found.pop(id_, None)
        else:
            found[id_] = value
    return found


class PastDefinitions:
    """What workflows and parties said at each commit of a history.

    Args:
        history: The history; commits are named by their positions in it.
    """

    def __init__(self, history: History) -> None:
        self._workflows: _Versions[Workflow] = _Versions()
        for each in history.workflows:
            self._workflows.add(each.id, each.commit, each.workflow)
        self._parties: _Versions[Party] = _Versions()
        self._addresses: dict[str, dict[str, None]] = {}
        for version in history.parties:
            party = version.party
            self._parties.add(version.id, version.commit, party)
            for email in party.emails if isinstance(party, Person) else ():
                self._addresses.setdefault(email.lower(), {})[version.id] = None

    def workflow(self, id_: str, commit: int) -> Workflow | None:
        """Return a workflow as it was at a commit."""
        return self._workflows.find(id_, commit)

    def team(self, id_: str, commit: int) -> Team | None:
        """Return a team as it was at a commit."""
        party = self._parties.find(id_, commit)
        return party if isinstance(party, Team) else None

    def is_in_team(self, person: str, team: str, commit: int) -> bool:
        """Return whether somebody led a team or was a member of it."""
        found = self.team(team, commit)
        return found is not None and person.lower() in map(str.lower, found.people)

    def person_of(self, email: str, commit: int) -> str:
        """Return the id of the person who had an address at a commit, or ``""``."""
        wanted = email.lower()
        for id_ in self._addresses.get(wanted, ()):
            party = self._parties.find(id_, commit)
            if isinstance(party, Person) and wanted in map(str.lower, party.emails):
                return party.id
        return ""


class _Versions(Generic[T]):
    """What documents said, each from a commit on."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[list[int], list[T | None]]] = {}

    def add(self, id_: str, commit: int, value: T | None) -> None:
        """Add a version; commits come in their order."""
        commits, values = self._known.setdefault(id_, ([], []))
        commits.append(commit)
        values.append(value)

    def find(self, id_: str, commit: int) -> T | None:
        """Return what was said at a commit, if anything was."""
        commits, values = self._known.get(id_.lower(), ((), ()))
        at = bisect_right(commits, commit)
        return values[at - 1] if at else None
