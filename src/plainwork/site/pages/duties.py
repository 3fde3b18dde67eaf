"""What a party answers for beside work: routines, rules, and what it may do; as links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from plainwork.site.directory import Directory
from plainwork.site.page import Link
from plainwork.site.sources import Sources
from plainwork.views.occurrences import Recurrence, compute_recurrence
from plainwork.views.shown_party import ShownParty

_FIELD = "field "
_POLICY = "policy "


class Duty(msgspec.Struct, frozen=True):
    """Something that a party may have to do, or may do.

    Attributes:
        subject: The workflow or policy that says so.
        what: The step or field, with the verb before it if there is one.
        when: The condition under which, or ``""``.
    """

    subject: Link
    what: str
    when: str = ""


class OwnRoutine(msgspec.Struct, frozen=True):
    """A routine of somebody's; without a recurrence it is a standing duty."""

    id: str
    recurrence: Recurrence | None


class Duties(msgspec.Struct, frozen=True):
    """What a party answers for.

    Attributes:
        routines: Those that it owns or does.
        approves: What may need its approval.
        may: Of an agent, what it may do and nothing else.
    """

    routines: tuple[OwnRoutine, ...]
    approves: tuple[Duty, ...]
    may: tuple[Duty, ...]


def describe_duties(shown: ShownParty, sources: Sources) -> Duties:
    """Return what a party answers for."""
    directory = sources.directory
    return Duties(
        routines=tuple(_routines(shown.routines, sources)),
        approves=tuple(_approval(each.rule, each.when, directory) for each in shown.approves),
        may=tuple(_permission(each, directory) for each in shown.may),
    )


def _routines(ids: Iterable[str], sources: Sources) -> Iterator[OwnRoutine]:
    for id_ in ids:
        work = sources.snapshot.work(id_)
        if work is not None:
            yield OwnRoutine(id_, compute_recurrence(work, sources.snapshot, sources.today))


def _approval(rule: str, when: str, directory: Directory) -> Duty:
    workflow, _, step = rule.partition(": ")
    if step.startswith(_FIELD):
        return Duty(directory.workflow(workflow), f"change {step.removeprefix(_FIELD)}", when)
    if step:
        return Duty(directory.workflow(workflow), step, when)
    return Duty(directory.policy(rule.removeprefix(_POLICY)), "", when)


def _permission(text: str, directory: Directory) -> Duty:
    verb, _, name = text.partition(" ")
    workflow, _, part = name.partition(".")
    return Duty(directory.workflow(workflow), f"{verb} {part}".strip())
