"""What a proposed workflow would have refused of what happened, and what it does to work now.

Each move of the past is judged by the function that judges moves today, on the work as it was,
with the people of the workspace as it is, as far as they were there on that day. What a document
does not tell is not judged: who made the move, and how much other work stood in its state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.guards import Attempt, judge_path
from plainwork.analysis.requirements import Requirement, compute_requirements
from plainwork.analysis.transitions import creation_path, find_path
from plainwork.analysis.work_columns import WRITTEN_COLUMNS, compute_effective_columns
from plainwork.flow.past_moves import PastMove, PastWork, find_past_moves
from plainwork.model.document import Document
from plainwork.model.history import History
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work, WorkTable
from plainwork.model.workflow import Transition, Workflow

NOT_JUDGED = (
    "who made a move (`by`, except where nobody could have)",
    "how much work stood in a state (`wip_limit`)",
    "approvals by who made an earlier step (`did.…`)",
)
"""What the past does not tell."""

_NOT_FIELDS = frozenset({"path", "body"})
_MOST_NAMED = 3


class RefusedMove(msgspec.Struct, frozen=True):
    """A move that would have been refused; ``old`` is ``""`` for new work."""

    work: str
    title: str
    day: str
    commit: str
    old: str
    new: str
    reasons: tuple[str, ...]


class RefusalCount(msgspec.Struct, frozen=True):
    """How often one reason would have refused a move, with ids of such work, the latest first."""

    reason: str
    count: int
    works: tuple[str, ...]


class Migration(msgspec.Struct, frozen=True):
    """Work that stands in a state which the proposal has not got.

    Attributes:
        state: Where it stands now.
        to: Where ``migrate:`` puts it; ``""``: nowhere, so that the proposal is refused.
        works: Ids of it.
    """

    state: str
    to: str
    works: tuple[str, ...]


class Simulation(msgspec.Struct, frozen=True):
    """What a proposed workflow would have done.

    Attributes:
        since: The first day that counts, or null for all of the past.
        moves: How many moves there were.
        refused: Those that it would have refused, the latest first.
        reasons: Why, the most frequent first.
        migrations: What becomes of work in states that are gone.
        not_judged: What could not be judged.
    """

    workflow: str
    since: str | None
    moves: int
    refused: tuple[RefusedMove, ...]
    reasons: tuple[RefusalCount, ...]
    migrations: tuple[Migration, ...]
    not_judged: tuple[str, ...] = NOT_JUDGED


ReadBodies = Callable[[Sequence[tuple[str, str]]], Sequence[str]]
"""Returns the texts of documents, given commit and path of each."""


def simulate(
    history: History,
    proposed: Workflow,
    snapshot: Snapshot,
    zone: tzinfo,
    *,
    since: datetime | None,
    read_bodies: ReadBodies,
) -> Simulation:
    """Replay the past through a proposed workflow.

    Args:
        history: What happened.
        proposed: The workflow as it would be.
        snapshot: The workspace as it is.
        zone: Its time zone, in which days begin.
        since: The first moment that counts; None: from the beginning.
        read_bodies: Reads texts, for the checklists in them.
    """
    moves = list(find_past_moves(history, proposed, since.timestamp() if since else 0))
    judge = _Judge(proposed, snapshot, zone)
    bodies = _load_bodies(moves, judge, history, read_bodies)
    refused = [
        RefusedMove(
            work=move.event.work,
            title=str(move.after.values.get("title", "")),
            day=judge.day_of(move).isoformat(),
            commit=history.commits[move.event.commit].id,
            old=judge.status_of(move.before),
            new=judge.status_of(move.after),
            reasons=reasons,
        )
        for move in reversed(moves)
        if (reasons := tuple(dict.fromkeys(judge.find_reasons(move, bodies.get(id(move), "")))))
    ]
    return Simulation(
        workflow=proposed.id,
        since=since.date().isoformat() if since else None,
        moves=len(moves),
        refused=tuple(refused),
        reasons=tuple(_count(refused)),
        migrations=tuple(_find_migrations(proposed, snapshot)),
    )


def _load_bodies(
    moves: Iterable[PastMove], judge: _Judge, history: History, read_bodies: ReadBodies
) -> dict[int, str]:
    """Read the texts of those works whose checklists are asked about."""
    asked = [move for move in moves if any(each.checklist for each in judge.find_path(move) or ())]
    places = [
        (history.commits[move.event.commit].id, str(move.after.values["path"])) for move in asked
    ]
    return dict(zip(map(id, asked), read_bodies(places) if places else (), strict=True))


def _count(refused: Iterable[RefusedMove]) -> Iterator[RefusalCount]:
    works: dict[str, dict[str, None]] = {}
    counts: Counter[str] = Counter()
    for move in refused:
        for reason in move.reasons:
            works.setdefault(reason, {})[move.work] = None
            counts[reason] += 1
    for reason, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        yield RefusalCount(reason, count, tuple(works[reason]))


def _find_migrations(proposed: Workflow, snapshot: Snapshot) -> Iterator[Migration]:
    standing: dict[str, list[str]] = {}
    for work in snapshot.works:
        if work.workflow.lower() == proposed.id.lower() and proposed.state(work.status) is None:
            standing.setdefault(work.status, []).append(work.id)
    for state, works in sorted(standing.items()):
        yield Migration(state, proposed.migrate.get(state, ""), tuple(works))


class _Judge:
    """Judges moves of the past by a proposed workflow."""

    def __init__(self, proposed: Workflow, snapshot: Snapshot, zone: tzinfo) -> None:
        # How much stood in a state is not known, so no limit holds.
        states = (msgspec.structs.replace(state, wip_limit=None) for state in proposed.states)
        self._workflow = msgspec.structs.replace(proposed, states=tuple(states))
        self._workflows = {**snapshot.workflows, proposed.id.lower(): self._workflow}
        self._snapshot = snapshot
        self._zone = zone

    def day_of(self, move: PastMove) -> Any:
        """Return the day on which a move took effect."""
        return datetime.fromtimestamp(move.event.time, self._zone).date()

    def status_of(self, work: PastWork | None) -> str:
        """Return the state of a work, as the proposal calls it."""
        status = str(work.values.get("status", "")) if work else ""
        if self._workflow.state(status) is None:
            return self._workflow.migrate.get(status, status)
        return status

    def find_path(self, move: PastMove) -> tuple[Transition, ...] | None:
        """Return the transitions that a move would have passed, or None if there is no way."""
        new, before = self.status_of(move.after), move.before
        if before is None or not self._follows(before):
            return creation_path(self._workflow, new)
        old = self.status_of(before)
        # What is gone without a word about it cannot be left; work there has to be moved first.
        return find_path(self._workflow, old, new) if self._workflow.state(old) else None

    def find_reasons(self, move: PastMove, body: str) -> Iterator[str]:
        """Yield why a move would have been refused."""
        path = self.find_path(move)
        if path is None:
            yield self._describe_missing_way(move)
            return
        if not path:
            return
        before, after, around = self._make_works(move, body)
        today = self.day_of(move)
        for judgement in judge_path(Attempt(before, after, around, today, actor=""), path):
            if judgement.met or (judgement.guard == "by" and judgement.who):
                continue
            nobody = ", and nobody does" if judgement.guard == "by" else ""
            yield f"`{judgement.transition}`: {judgement.message}{nobody}"
        change = DocumentChange(
            before=before,
            after=after,
            fields=frozenset(move.event.changes) - _NOT_FIELDS,
            paths=(after.path,),
            snapshot=around,
            today=today,
            author="",
        )
        for requirement in compute_requirements(change, path):
            if _is_unmeetable(requirement):
                yield _describe_unmeetable(requirement)

    def _follows(self, work: PastWork) -> bool:
        return str(work.values.get("workflow", "")).lower() == self._workflow.id.lower()

    def _describe_missing_way(self, move: PastMove) -> str:
        old, new = self.status_of(move.before), self.status_of(move.after)
        if self._workflow.state(new) is None:
            return f"there is no state `{new}`"
        if move.before is None or not self._follows(move.before):
            return f"new work cannot begin in `{new}`"
        if self._workflow.state(old) is None:
            return f"there is no state `{old}`"
        return f"no transition leads from `{old}` to `{new}`"

    def _make_works(self, move: PastMove, body: str) -> tuple[Work | None, Work, Snapshot]:
        """Return a work before and after, and the workspace around it as it then was."""
        after = self._make_table(move.after, move.around, body)
        before = self._make_table(move.before, move.around, "") if move.before else None
        around = Snapshot(
            settings=self._snapshot.settings,
            works=after,
            workflows=self._workflows,
            parties=self._snapshot.parties,
            policies={},
        )
        return (before[0] if before is not None else None), after[0], around

    def _make_table(self, work: PastWork, around: Iterable[PastWork], body: str) -> WorkTable:
        documents = [self._make_document(each) for each in (work, *around)]
        columns: dict[str, Sequence[Any]] = {
            name: [take(document) for document in documents]
            for name, take in WRITTEN_COLUMNS.items()
        }
        columns["fields"] = [document.fields for document in documents]
        columns["references"] = [()] * len(documents)
        columns["body"] = [body, *[""] * (len(documents) - 1)]
        columns |= compute_effective_columns(columns, self._workflows, self._snapshot.parties)
        return WorkTable(columns)

    def _make_document(self, work: PastWork) -> Document:
        fields: Mapping[str, Any] = {
            name: value for name, value in work.values.items() if name not in _NOT_FIELDS
        }
        status = {"status": self.status_of(work)} if self._follows(work) else {}
        return Document(
            path=str(work.values["path"]),
            kind="work",
            id=work.id,
            readable=True,
            fields={**fields, **status},
        )


def _is_unmeetable(requirement: Requirement) -> bool:
    """Return whether nobody could have given an approval, as far as the past tells."""
    if not requirement.source.startswith(("transition ", "field ")) or requirement.met:
        return False
    if any(word.startswith("did.") for word in requirement.by):
        return False
    ways = requirement.ways or (requirement,)
    return all(len(way.people) < way.count and not way.met for way in ways)


def _describe_unmeetable(requirement: Requirement) -> str:
    who, people = " or ".join(requirement.by), requirement.people
    known = ", ".join(people[:_MOST_NAMED])
    there = f"only {known} could" if people else "nobody could"
    return f"{requirement.source}: {requirement.count} of {who} must approve, {there}"
