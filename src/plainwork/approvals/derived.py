"""Derived work: new work that is, byte for byte, what ``tick`` would write from the base.

It needs nobody, for nobody decided anything: the routines and workflows of the base say all of
it. One byte more, another path, another mode or a day that has not come, and it is new work like
any other (``APPROVALS.md``, *Two things need nobody*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

from plainwork.analysis.created_work import CreatedWork
from plainwork.analysis.owed_occurrences import Horizon
from plainwork.analysis.owed_work import ClockRuns, EntryDays, compute_owed
from plainwork.analysis.taken_names import find_occurrences
from plainwork.approvals.neighbours import creator_of
from plainwork.editing.new_document import render_document
from plainwork.model.change import Change, ChangedDocument, FileState

_REGULAR_FILE = "100644"


def find_asked(new: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """Return which works of the base tell whether new ones are derived, by id in lower case.

    They are what creates them and, of a routine, the last occurrence.

    Args:
        new: The ids of new works.
        names: Ids and aliases, in lower case, of all works of the base.
    """
    creators = {creator_of(id_) for id_ in new} - {""}
    if not creators:
        return frozenset()
    made = find_occurrences({name for name in names if creator_of(name) in creators})
    return frozenset({*creators, *(f"{id_}.{days[-1]}" for id_, days in made.items())})


def find_derived(
    change: Change, today: date, entry_days: EntryDays, clock_runs: ClockRuns
) -> frozenset[tuple[str, str]]:
    """Return the keys of a change's documents that follow from its base.

    What is not known is not derived.

    Args:
        change: Its ``before`` holds what :func:`find_asked` names.
        today: The server's day, in the workspace's time zone; later occurrences count as far as
            their routine makes them ahead.
        entry_days: From works of the base to the days on which they came into their states.
        clock_runs: From works of the base to how they passed clocks, by the server's clock.
    """
    new = [document for document in change.documents if _is_new_work(document)]
    if not new:
        return frozenset()
    owed = compute_owed(
        change.before,
        Horizon(today),
        entry_days,
        clock_runs,
        creators={creator_of(document.id) for document in new},
        others=change.names,
    )
    files: Mapping[str, FileState] = {
        work.id.lower(): _compute_state(work) for work in owed.created
    }
    return frozenset(
        document.key for document in new if files.get(document.id.lower()) == document.after
    )


def _is_new_work(document: ChangedDocument) -> bool:
    return document.kind == "work" and document.before is None and document.after is not None


def _compute_state(work: CreatedWork) -> FileState:
    data = render_document(work.fields, work.body).encode()
    return FileState(work.path, _REGULAR_FILE, sha256(data).hexdigest())
