"""What an agent's own change may touch: what its document lists, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plainwork.model.change import ChangedDocument, Fault
from plainwork.model.party import Agent
from plainwork.model.work import Work
from plainwork.model.workflow import Transition

_CODE = "agent-not-allowed"
_MOVED = frozenset({"status", "reason"})


def find_oversteps(
    document: ChangedDocument, agent: Agent, path: Iterable[Transition], today: date
) -> Iterator[Fault]:
    """Yield what an agent does to a document that its own document in the base does not allow.

    Args:
        document: What differs.
        agent: Who opened the change, as the base describes it.
        path: The transitions that the change takes.
        today: The day of the decision.
    """
    if not agent.present(today):
        yield _fault(document, f"{agent.id} was stopped on {agent.last}", "")
        return
    hint = f"{agent.path} says what it may do; its owner can have that changed"
    for deed in dict.fromkeys(_find_deeds(document, agent, path)):
        yield _fault(document, f"{agent.id} may not {deed}", hint)


def _find_deeds(
    document: ChangedDocument, agent: Agent, path: Iterable[Transition]
) -> Iterator[str]:
    """Yield in words what is not allowed."""
    new, path = document.new, tuple(path)
    if not isinstance(new, Work) or (document.old is None and document.before is not None):
        yield f"change {document.paths[-1]}"
        return
    workflow = new.workflow
    for transition in path:
        if not _lists(agent.move, f"{workflow}.{transition.name}"):
            yield f"make the transition {workflow}.{transition.name}"
    if not isinstance(document.old, Work):
        if not _lists(agent.create, workflow):
            yield f"create work of workflow {workflow}"
        return
    for each in dict.fromkeys((document.old.workflow, workflow)):
        yield from _find_edits(document, agent, each, free=_MOVED if path else frozenset())


def _find_edits(
    document: ChangedDocument, agent: Agent, workflow: str, *, free: frozenset[str]
) -> Iterator[str]:
    for field in sorted(document.fields - free):
        if not _lists(agent.edit, f"{workflow}.{field}"):
            yield f"edit {workflow}.{field}"


def _lists(entries: Iterable[str], wanted: str) -> bool:
    return any(entry.lower() == wanted.lower() for entry in entries)


def _fault(document: ChangedDocument, message: str, hint: str) -> Fault:
    return Fault(_CODE, message, hint, document.paths[-1])
