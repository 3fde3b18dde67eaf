"""Digests of what pages are made of, so that what did not change is not made anew.

They are computed column by column: telling that a page is still right costs a small part of
making it. A work's page depends on the work, on what it names and on what names it; on every
definition, because names and rules stand everywhere; and on a few things of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

import msgspec

from plainwork.analysis.references import WORK_KINDS
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.party import Person, Team
from plainwork.model.snapshot import Snapshot
from plainwork.views.changes import Changes

_SIZE = 16
_FOLLOWED = ("owner", "accountable", "team", "project", "visibility", "kind", "category")
"""What a work has from elsewhere; what it says itself is in its document."""

_encode = msgspec.msgpack.Encoder(enc_hook=str).encode


def digest(*parts: bytes | str) -> bytes:
    """Return the digest of some parts; each counts by itself."""
    found = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.digest()


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
        findings: Iterable[Diagnostic],
        today: date,
        made_for: Sequence[str],
    ) -> None:
        self._snapshot = snapshot
        self._changes = changes
        self._findings = tuple(findings)
        self._today = today
        self._made_for = made_for

    @cached_property
    def rules(self) -> bytes:
        """What every page depends on: definitions, and whom they mean today."""
        snapshot, today = self._snapshot, self._today
        documents = _encode(list(snapshot.definitions))
        present = [
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
        day = today.isoformat() if b"today" in documents else ""
        people, settings = _encode([present, agents]), _encode(snapshot.settings)
        return digest(documents, people, settings, day, *self._made_for)

    @cached_property
    def lines(self) -> list[bytes]:
        """Of each work, by row, everything that is said of it anywhere; days left out."""
        columns, digests = self._snapshot.works.columns, self._snapshot.digests
        parts = zip(
            columns["path"],
            columns["due"],
            *(columns[name] for name in _FOLLOWED),
            strict=True,
        )
        today, findings = self._today, self._faults
        found = []
        for path, due, *followed in parts:
            state = (
                *followed,
                due is not None and due < today,
                path,
                self._changes.identify(path),
                findings.get(path, b""),
            )
            found.append(digest(digests.get(path, b""), _encode(state)))
        return found

    @cached_property
    def everything(self) -> bytes:
        """What pages depend on that show the whole workspace, and today."""
        return digest(self.rules, self.day, self.records, *self.lines)

    @cached_property
    def records(self) -> bytes:
        """Every record."""
        return digest(_encode(list(self._snapshot.records)))

    @cached_property
    def day(self) -> bytes:
        """Today, for pages that count days."""
        return self._today.isoformat().encode()

    def of_rows(self, rows: Iterable[int], *more: bytes | str) -> bytes:
        """Return the key of a page that shows some works, in this order, and perhaps more."""
        return digest(self.rules, *map(self.lines.__getitem__, rows), b"", *more)

    def of_work(self, row: int, *more: bytes | str) -> bytes:
        """Return the key of a work's own page."""
        around = (self.lines[other] for other in self._around.get(row, ()))
        records = self._record_digests.get(row, b"")
        return digest(self.rules, self.lines[row], records, *around, b"", *more)

    @cached_property
    def _faults(self) -> Mapping[str, bytes]:
        found: dict[str, list[Diagnostic]] = {}
        for each in self._findings:
            found.setdefault(each.location.path, []).append(each)
        return {path: _encode(each) for path, each in found.items()}

    @cached_property
    def _around(self) -> Mapping[int, Sequence[int]]:
        """Of each row, those of the works that it names, and of those that name it."""
        works = self._snapshot.works
        by_id = {id_: work.row for id_, work in works.by_id.items()}
        found: dict[int, dict[int, None]] = {}

        def join(row: int, id_: str) -> None:
            other = by_id.get(id_.lower())
            if other is not None and other != row:
                found.setdefault(row, {})[other] = None
                found.setdefault(other, {})[row] = None

        kinds = tuple(f"{kind} " for kind in WORK_KINDS)
        columns = zip(works.columns["targets"], works.columns["project"], strict=True)
        for row, (targets, project) in enumerate(columns):
            if project:
                join(row, project)
            for target in targets:
                if target.startswith(kinds):
                    join(row, target.partition(" ")[2])
        return {row: sorted(others) for row, others in found.items()}

    @cached_property
    def _record_digests(self) -> Mapping[int, bytes]:
        found: dict[int, list[Any]] = {}
        for record in self._snapshot.records:
            for id_ in record.about:
                work = self._snapshot.work(id_)
                if work is not None:
                    found.setdefault(work.row, []).append(record)
        return {row: _encode(records) for row, records in found.items()}


def _stands_in(person: Person, day: date) -> list[bool]:
    return [
        (each.first is None or each.first <= day) and (each.last is None or day <= each.last)
        for each in person.delegates
    ]
