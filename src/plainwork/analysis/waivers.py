"""Exceptions from policies: who granted them is judged when they are merged, here they stand."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import msgspec

from plainwork.model.document import Document
from plainwork.model.policy import Policy
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.parsing.quantities import parse_date


class Waiver(msgspec.Struct, frozen=True):
    """An exception that still stands, until its last day."""

    until: date
    reason: str


class Waivers:
    """The exceptions of a workspace on a day; records are read when the first one is sought."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self._snapshot = snapshot
        self._today = today

    def find(self, policy: Policy, document: Work | Document) -> Waiver | None:
        """Return the exception that a document has from a policy, or None.

        A policy that says nothing of waivers grants none.
        """
        if not policy.waivers:
            return None
        return self._standing.get((policy.id.lower(), document.id.lower()))

    @cached_property
    def _standing(self) -> dict[tuple[str, str], Waiver]:
        found: dict[tuple[str, str], Waiver] = {}
        for record in self._snapshot.records:
            until = parse_date(str(record.details.get("until", "")))
            if record.kind != "waiver" or until is None or until < self._today:
                continue
            waiver = Waiver(until, str(record.details.get("reason", "")))
            subject = str(record.details.get("of", "")).lower()
            for id_ in record.about:
                work = self._snapshot.work(id_)
                key = (subject, work.id.lower() if work else id_.lower())
                if key not in found or found[key].until < until:
                    found[key] = waiver
        return found
