"""The board: work in columns, one a state of a workflow, or one a category."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import CLOSED, Category
from plainwork.views.summary import LastChanged, Urgency, WorkSummary, summarise
from plainwork.views.wip import LimitedState, find_over_limits


class Column(msgspec.Struct, frozen=True):
    """A state or category with its work, the most urgent first.

    Attributes:
        name: The state's or category's name; ``label`` is for people.
        count: How much work there is; ``cards`` may be the first of it only, and are none where
            work is closed.
        limit: The limit of work in progress of a state, per team, or None.
        over: The teams that are over it; ``""`` stands for no team.
    """

    name: str
    label: str
    category: str
    count: int
    limit: int | None
    over: tuple[str, ...]
    cards: tuple[WorkSummary, ...]


class Board(msgspec.Struct, frozen=True):
    """Columns in the order in which work passes them.

    Attributes:
        workflow: The workflow whose states the columns are, or ``""``: they are categories.
        total: How much work there is, shown or not.
    """

    workspace: str
    today: date
    workflow: str
    columns: tuple[Column, ...]
    total: int
    left_out: int = 0

    @property
    def count(self) -> int:
        """How much work is on the board."""
        return sum(column.count for column in self.columns)


def compute_board(
    snapshot: Snapshot,
    rows: Iterable[int],
    *,
    today: date,
    last_changed: LastChanged,
    most: int | None = None,
    left_out: int = 0,
) -> Board:
    """Put work into columns.

    Args:
        snapshot: The workspace.
        rows: The works by their rows; if they are of one workflow, its states are the columns.
        today: The day of the question.
        last_changed: The day of a work's last change.
        most: How many cards of a column are described, or None for all; all are counted.
        left_out: How many works a condition could not judge.
    """
    works = [snapshot.works[row] for row in rows]
    workflows = {work.workflow.lower() for work in works}
    workflow = snapshot.workflows.get(workflows.pop()) if len(workflows) == 1 else None
    over = find_over_limits(snapshot)
    urgency = Urgency(snapshot, last_changed)
    found = []
    for column, members in (
        _states(workflow.id, works, snapshot, over) if workflow else _categories(works)
    ):
        closed = column.category in CLOSED
        cards = () if closed else urgency.sort(members, most)
        found.append(
            msgspec.structs.replace(
                column,
                count=len(members),
                cards=tuple(summarise(work, snapshot, today) for work in cards),
            )
        )
    return Board(
        workspace=snapshot.settings.name,
        today=today,
        workflow=workflow.id if workflow else "",
        columns=tuple(found),
        total=len(snapshot.works),
        left_out=left_out,
    )


def _states(
    workflow: str, works: Iterable[Work], snapshot: Snapshot, over: Sequence[LimitedState]
) -> Iterable[tuple[Column, Sequence[Work]]]:
    """Yield a column for each state, and one for work in a state that there is not."""
    members = _group(works, lambda work: work.status)
    for state in snapshot.workflows[workflow.lower()].states:
        teams = tuple(
            entry.team
            for entry in over
            if entry.workflow == workflow.lower() and entry.state == state.name
        )
        category = state.category.value
        column = Column(state.name, state.label, category, 0, state.wip_limit, teams, ())
        yield column, members.pop(state.name, ())
    for name, rest in members.items():
        yield Column(name, f"{name}?", "", 0, None, (), ()), rest


def _categories(works: Iterable[Work]) -> Iterable[tuple[Column, Sequence[Work]]]:
    members = _group(works, lambda work: work.category or "")
    for category in Category:
        label = category.value.capitalize()
        column = Column(category.value, label, category.value, 0, None, (), ())
        yield column, members.pop(category, ())
    for rest in members.values():
        yield Column("", "Unknown", "", 0, None, (), ()), rest


def _group(works: Iterable[Work], key: Callable[[Work], str]) -> dict[str, list[Work]]:
    found: dict[str, list[Work]] = {}
    for work in works:
        found.setdefault(key(work), []).append(work)
    return found
