"""References to what is not there, or is something else: one pass for all rules about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from plainwork.model.party import kind_of_party
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import ReferenceUse

PARTY_KINDS = frozenset({"party", "person", "team", "agent"})
WORK_KINDS = frozenset({"work", "project", "milestone"})
_ELSEWHERE = frozenset({"file", "approver"})  # resolved by other rules
_ACCEPTED: Mapping[str, frozenset[str]] = {
    "party": frozenset({"person", "team", "agent"}),
    "work": frozenset({"item", "project", "routine"}),
    "milestone": frozenset({"item"}),
}
_MOST_NEAR_MATCHES = 20  # finding one takes milliseconds, and thousands may be broken


class BrokenReference(msgspec.Struct, frozen=True):
    """A reference that comes to nothing, or to something of another kind.

    Attributes:
        path: The document that refers.
        use: The reference.
        found: The kind of what bears the id, or ``""`` if nothing does.
        hint: What may have been meant, or ``""``.
    """

    path: str
    use: ReferenceUse
    found: str
    hint: str


@lru_cache(maxsize=1)
def find_broken_references(snapshot: Snapshot) -> tuple[BrokenReference, ...]:
    """Return every broken reference of work, definitions and records, in their order.

    Several rules ask this of the same snapshot, and none of them changes it, so the last answer
    is kept.
    """
    return tuple(_Search(snapshot).broken())


def find_broken_among(
    uses: Iterable[tuple[str, ReferenceUse]], snapshot: Snapshot
) -> Iterator[BrokenReference]:
    """Yield the broken ones of some references, each with the path of its document."""
    search = _Search(snapshot)
    for path, use in uses:
        yield from search.of_document(path, (use,))


class _Search:
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._hints: dict[tuple[str, str], str] = {}
        self._record_ids: frozenset[str] | None = None

    def broken(self) -> Iterator[BrokenReference]:
        columns = self._snapshot.works.columns
        targets = columns["targets"]
        bad = {each for each in set().union(*targets) if not self._is_right(*each.split(" ", 1))}
        if bad:
            for row, row_targets in enumerate(targets):
                if not bad.isdisjoint(row_targets):
                    yield from self.of_document(columns["path"][row], columns["references"][row])
        for documents in (self._snapshot.definitions, self._snapshot.record_documents):
            for document in documents:
                yield from self.of_document(document.path, document.references)

    def of_document(self, path: str, uses: Iterable[ReferenceUse]) -> Iterator[BrokenReference]:
        """Yield the broken references of a document."""
        for use in uses:
            if not self._is_right(use.to, use.target):
                found = self._kind_of(use.to, use.target)
                yield BrokenReference(path, use, found, "" if found else self._hint(use))

    def _is_right(self, to: str, target: str) -> bool:
        if to in _ELSEWHERE:
            return True
        return self._kind_of(to, target) in _ACCEPTED.get(to, (to,))

    def _kind_of(self, to: str, target: str) -> str:
        """Return the kind of what bears an id among what a reference can mean, or ``""``."""
        snapshot = self._snapshot
        if to in PARTY_KINDS:
            party = snapshot.party(target)
            return kind_of_party(party) if party else ""
        if to in WORK_KINDS:
            work = snapshot.work(target)
            return work.kind if work else self._record_kind(target)
        if to == "workspace":
            known = target.partition(":")[0] in snapshot.settings.workspaces
        elif to == "calendar":
            known = target in snapshot.settings.calendars
        else:
            known = target.lower() in snapshot.workflows
        return to if known else ""

    def _record_kind(self, target: str) -> str:
        if self._record_ids is None:
            documents = self._snapshot.record_documents
            self._record_ids = frozenset(document.id.lower() for document in documents)
        return "record" if target.lower() in self._record_ids else ""

    def _hint(self, use: ReferenceUse) -> str:
        key = (use.to, use.target)
        if key not in self._hints and len(self._hints) < _MOST_NEAR_MATCHES:
            from plainwork.parsing.near_match import did_you_mean  # only for a diagnostic

            self._hints[key] = did_you_mean(use.target.lower(), self._known(use.to))
        return self._hints.get(key, "")

    def _known(self, to: str) -> Iterable[str]:
        snapshot = self._snapshot
        if to in PARTY_KINDS:
            right = _ACCEPTED.get(to, (to,))
            return (id_ for id_, party in snapshot.parties.items() if kind_of_party(party) in right)
        if to in WORK_KINDS:
            return snapshot.works.by_id
        if to == "workspace":
            return snapshot.settings.workspaces
        return snapshot.settings.calendars if to == "calendar" else snapshot.workflows
