"""Digests of what pages are made of, so that what did not change is not made anew.

Telling that a page is still right costs a small part of making it. Every page depends on every
definition, because names and rules stand everywhere, and on a few things of the day; a work's
page on the work and on its surroundings, and a page that lists works on a line of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.party import Person, Team
from plainwork.model.snapshot import Snapshot
from plainwork.site.digest import digest, encode
from plainwork.site.menu import find_menu
from plainwork.site.work_lines import WorkLines
from plainwork.views.changes import Changes


class Keys:
    """The digests of one site.

    Args:
        snapshot: The workspace without what is left out.
        changes: The commits of each document.
        findings: What is wrong with it.
        today: The day on which the site is made.
        made_for: Whatever else every page depends on.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        changes: Changes,
        findings: Sequence[Diagnostic],
        today: date,
        made_for: Sequence[str],
    ) -> None:
        self._snapshot = snapshot
        self._changes = changes
        self._findings = findings
        self._today = today
        self._made_for = made_for
        self._works = WorkLines(snapshot, changes, findings, today)

    @cached_property
    def rules(self) -> bytes:
        """What every page depends on: definitions, whom they mean today, and the menu."""
        snapshot, today = self._snapshot, self._today
        documents = encode(list(snapshot.definitions))
        people = [
            (party.present(today), party.away(today), _stands_in(party, today))
            for party in snapshot.parties.values()
            if isinstance(party, Person)
        ]
        agents = [
            party.present(today)
            for party in snapshot.parties.values()
            if not isinstance(party, Person | Team)
        ]
        # A condition may speak of the day, and then so does every page that judges it.
        day = self.day if b"today" in documents else b""
        settings, menu = encode(snapshot.settings), encode(find_menu(snapshot))
        return digest(documents, encode((people, agents)), settings, menu, day, *self._made_for)

    @cached_property
    def everything(self) -> bytes:
        """What pages depend on that show the whole workspace, and today."""
        findings, commit = encode(self._findings), self._changes.head
        lines = b"".join(self._works.lines)
        return digest(self.rules, self.day, commit, findings, self.records, lines)

    @cached_property
    def names(self) -> bytes:
        """What templates look up by an id: what it is called, and where its page is."""
        columns = self._snapshot.works.columns
        names = ("id", "aliases", "title", "kind", "path")
        return digest(self.rules, encode([list(columns[name]) for name in names]))

    @cached_property
    def past(self) -> bytes:
        """What pages depend on that tell of the past, up to today."""
        return digest(self.names, self.counts)

    @cached_property
    def counts(self) -> bytes:
        """What measures of the past depend on: not on what works are called now.

        Of how things are now they read which works are seen, whose they are and when they are
        due, and all that routines say, whose missed occurrences no commit tells of.
        """
        columns = self._snapshot.works.columns
        read = encode([list(columns[name]) for name in ("id", "aliases", "team", "due")])
        kinds = enumerate(columns["kind"])
        routines = b"".join(self._works.lines[row] for row, kind in kinds if kind == "routine")
        return digest(self.rules, self.day, self._changes.head, read, routines)

    @cached_property
    def records(self) -> bytes:
        """Every record."""
        return digest(encode(list(self._snapshot.records)))

    @cached_property
    def day(self) -> bytes:
        """Today, for pages that count days."""
        return self._today.isoformat().encode()

    def of_rows(self, rows: Iterable[int], *more: bytes | str) -> bytes:
        """Return the key of what lists some works, in this order, and perhaps says more."""
        listed = b"".join(map(self._works.rows.__getitem__, rows))  # all are of one length
        return digest(self.rules, listed, *more)

    def of_works(self, rows: Iterable[int], *more: bytes | str) -> bytes:
        """Return the key of what is computed from all that some works say."""
        return digest(self.rules, b"".join(map(self._works.lines.__getitem__, rows)), *more)

    def of_work(self, row: int, *more: bytes | str) -> bytes:
        """Return the key of a work's own page."""
        return digest(self.rules, b"".join(self._works.around(row)), *more)


def _stands_in(person: Person, day: date) -> list[bool]:
    return [
        (each.first is None or each.first <= day) and (each.last is None or day <= each.last)
        for each in person.delegates
    ]
