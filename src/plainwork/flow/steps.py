"""Which commits made which transitions of work: what ``did.<transition>`` asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from plainwork.analysis.transitions import creation_path, find_path
from plainwork.flow.events import find_all_ids
from plainwork.model.history import Event, History
from plainwork.model.workflow import Transition, Workflow


class Step(msgspec.Struct, frozen=True):
    """A transition that was made.

    Attributes:
        work: The id of the work, in lower case.
        transition: Its name.
        commit: The position of the commit in the history.
        paths: Where the document was before and after.
    """

    work: str
    transition: str
    commit: int
    paths: tuple[str, ...]


def find_steps(
    history: History, workflows: Mapping[str, Workflow], works: Collection[str]
) -> Iterator[Step]:
    """Yield every transition that some works have made, oldest first.

    A commit that passed several transitions made each of them. Transitions are those of the
    workflows that are given: a rule that asks who made one means its own.

    Args:
        history: What happened.
        workflows: By id in lower case.
        works: Ids as they are now, in lower case.
    """
    former = find_all_ids(history.events, works)
    standing: dict[str, tuple[str, str, str]] = {}  # workflow, status and path by current id
    for event in history.events:
        id_ = former.get(event.work.lower())
        if id_ is None:
            continue
        before = standing.get(id_, ("", "", ""))
        after = _after(event, before)
        for transition in _passed(before, after, workflows):
            paths = tuple(dict.fromkeys(path for path in (before[2], after[2]) if path))
            yield Step(id_, transition.name, event.commit, paths)
        standing[id_] = after if not event.deleted else ("", "", "")


def _after(event: Event, before: tuple[str, str, str]) -> tuple[str, str, str]:
    workflow, status, path = (
        event.changes.get(name, (None, old))[1] or ""
        for name, old in zip(("workflow", "status", "path"), before, strict=True)
    )
    return workflow, status, path


def _passed(
    before: tuple[str, str, str], after: tuple[str, str, str], workflows: Mapping[str, Workflow]
) -> tuple[Transition, ...]:
    workflow = workflows.get(after[0].lower())
    if workflow is None or before[:2] == after[:2]:
        return ()
    if before[0].lower() != after[0].lower():  # it is new there, and judged so
        return creation_path(workflow, after[1]) or ()
    return find_path(workflow, before[1], after[1]) or ()
