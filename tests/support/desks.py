"""Two teams and a workflow between them: what passes from hand to hand.

The shop (Ada and Bo) builds, the lab (Cy) tests; it promises to take work within a day.
"""

from typing import Any

import msgspec

from plainwork.flow.events import CommitFiles, WrittenWork
from plainwork.model.party import Party
from plainwork.model.record import Record
from plainwork.model.workflow import Category, State, Transition, Workflow
from support import events
from support.builders import make_person, make_team

_STATES = (
    State("todo", Category.READY),
    State("building", Category.ACTIVE, team="shop"),
    State("testing", Category.WAITING, team="lab"),
    State("free", Category.ACTIVE),
    State("done", Category.DONE),
    State("dropped", Category.DROPPED),
)
_TRANSITIONS = (
    Transition("build", "building", ("todo", "testing")),
    Transition("test", "testing", ("building",), accept_within="1d"),
    Transition("pass", "done", ("testing",)),
    Transition("hand-out", "free", ("todo", "building")),
)
ORDER = Workflow(
    "order", "workflows/order.md", team="shop", states=_STATES, transitions=_TRANSITIONS
)
PEOPLE: dict[str, Party] = {
    **{id_: make_person(id_) for id_ in ("ada", "bo", "cy")},
    "shop": make_team("shop", lead="ada", members=("bo",)),
    "lab": make_team("lab", lead="cy"),
    "store": make_team("store", lead="bo"),
}


def order(id_: str, status: str, **more: Any) -> WrittenWork:
    return events.written(id_, status, workflow="order", **more)


def answer(by: str, word: str, *about: str, reason: str = "") -> Record:
    details: dict[str, object] = {"answer": word, **({"reason": reason} if reason else {})}
    return Record(f"r-{by}-{word}", "", "handoff", about or ("a",), by, "1970-01-01", details)


def commit(number: int, author: str, *works: WrittenWork, **more: Any) -> CommitFiles:
    """Build a commit of a person, made at the beginning of a day of 1970."""
    given = {"workflows": {"order": ORDER}, "parties": PEOPLE, **more}
    return events.commit(number, *works, author=f"{author}@example.org", **given)


def merge(files: CommitFiles, *parents: str) -> CommitFiles:
    """Return a commit as one that merges others."""
    merged = msgspec.structs.replace(files.commit, parents=parents)
    return msgspec.structs.replace(files, commit=merged)
