"""Finding what somebody means by an id, typed whole or in part, or by the name of a state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from plainwork.errors import UsageError
from plainwork.model.party import kind_of_party
from plainwork.model.policy import Policy
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import State, Workflow
from plainwork.parsing.near_match import did_you_mean

WORK = frozenset({"work"})
TEAM = frozenset({"team"})
WORKFLOW = frozenset({"workflow"})
PARTIES = frozenset({"person", "team", "agent"})
EVERYTHING = WORK | PARTIES | {"workflow", "policy", "record"}

_WORDS = {
    WORK: "work",
    TEAM: "team",
    WORKFLOW: "workflow",
    PARTIES: "person, team or agent",
}
_WITH_ARTICLE = {"work": "work", "agent": "an agent"}
_SHOWN_BY = {
    TEAM: "`plainwork owners` shows the teams",
    WORKFLOW: "`plainwork workflow list` shows the workflows",
    PARTIES: "`plainwork who` shows who is there, `plainwork owners` the teams",
}
_MOST_LISTED = 10


class Named(msgspec.Struct, frozen=True):
    """A document that was found by its id.

    Attributes:
        kind: As :class:`~plainwork.model.document.Document` names it.
    """

    kind: str
    id: str
    path: str


def find_named(snapshot: Snapshot, text: str, kinds: frozenset[str] = EVERYTHING) -> Named:
    """Return the document of some kinds that a text means.

    A whole id or alias wins, of work before that of others; else a unique beginning serves.

    Raises:
        UsageError: If nothing, or more than one, is called so.
    """
    wanted = text.lower()
    whole = _called(wanted, snapshot, kinds)
    if whole is not None:
        return whole
    found = list(_beginning_with(wanted, snapshot, kinds)) if wanted else []
    if len(found) == 1:
        return found[0]
    raise UsageError(
        _format_ambiguous(text, found) if found else format_unknown(snapshot, text, kinds)
    )


def _called(wanted: str, snapshot: Snapshot, kinds: Collection[str]) -> Named | None:
    """Return the document with a whole id or alias; of work before that of others."""
    work = snapshot.work(wanted) if "work" in kinds else None
    if work is not None:
        return Named("work", work.id, work.path)
    return next((each for each in _others(snapshot, kinds) if each.id.lower() == wanted), None)


def find_state(workflow: Workflow, name: str) -> State:
    """Return the state of a workflow that has a name.

    Raises:
        UsageError: If none has.
    """
    state = workflow.state(name)
    if state is None:
        names = [each.name for each in workflow.states]
        hint = did_you_mean(name, names) or f"there are {', '.join(names)}"
        message = f"{workflow.title} has no state `{name}`; {hint}"
        raise UsageError(message)
    return state


def taken_ids(snapshot: Snapshot) -> frozenset[str]:
    """Return the ids and aliases that work and records have, in lower case."""
    records = (document.id.lower() for document in snapshot.record_documents)
    return frozenset((*snapshot.works.by_id, *records))


def _beginning_with(wanted: str, snapshot: Snapshot, kinds: Collection[str]) -> Iterator[Named]:
    if "work" in kinds:
        columns = snapshot.works.columns
        for row, id_ in enumerate(columns["id"]):
            if id_.lower().startswith(wanted):
                yield Named("work", id_, columns["path"][row])
    for each in _others(snapshot, kinds):
        if each.id.lower().startswith(wanted):
            yield each


def _others(snapshot: Snapshot, kinds: Collection[str]) -> Iterator[Named]:
    """Yield every document of these kinds that is no work."""
    for party in snapshot.parties.values():
        kind = kind_of_party(party)
        if kind in kinds:
            yield Named(kind, party.id, party.path)
    others: tuple[tuple[str, Iterable[Workflow | Policy | Record]], ...] = (
        ("workflow", snapshot.workflows.values()),
        ("policy", snapshot.policies.values()),
        ("record", snapshot.records),
    )
    for kind, documents in others:
        if kind in kinds:
            yield from (Named(kind, each.id, each.path) for each in documents)


def _format_ambiguous(text: str, found: list[Named]) -> str:
    names = ", ".join(sorted(each.id for each in found)[:_MOST_LISTED])
    more = f" and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
    return f"`{text}` may be {names}{more}; type more of it"


def is_known(snapshot: Snapshot, id_: str, kinds: frozenset[str]) -> bool:
    """Tell whether a document of some kinds has a whole id or alias."""
    return _called(id_.lower(), snapshot, kinds) is not None


def format_unknown(snapshot: Snapshot, text: str, kinds: frozenset[str]) -> str:
    """Return in a line that no document of some kinds has an id, and what may be meant."""
    wanted = text.lower()
    other = _called(wanted, snapshot, EVERYTHING - kinds)
    if other is not None:
        kind = _WITH_ARTICLE.get(other.kind, f"a {other.kind}")
        return f"`{text}` is {kind} and no {_WORDS[kinds]}; `plainwork show {text}` shows it"
    unreadable = _unreadable(wanted, snapshot)
    if unreadable:
        return f"{unreadable} cannot be read; `plainwork check {unreadable}` says why"
    known = [each.id for each in _others(snapshot, kinds)]
    if "work" in kinds:
        known += snapshot.works.columns["id"]
    hint = did_you_mean(wanted, known)
    if not hint:
        few = known and len(known) <= _MOST_LISTED
        shown = _SHOWN_BY.get(kinds, "`plainwork list` shows what there is")
        hint = f"there are {', '.join(known)}" if few else shown
    return f"no {_WORDS.get(kinds, 'document')} has the id `{text}`; {hint}"


def _unreadable(wanted: str, snapshot: Snapshot) -> str:
    """Return the path of a document that is called so by its file name, which is all there is."""
    names = {path.rpartition("/")[2].lower(): path for path in snapshot.unreadable}
    for name, path in names.items():
        if wanted and (name == f"{wanted}.md" or name.startswith(f"{wanted}-")):
            return path
    return ""
