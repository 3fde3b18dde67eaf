"""Work that ``creates`` makes: what its file says and where it lies.

Both are functions of the definitions, of what creates it and of a day, and of nothing else: not
of who makes it, nor when. So two clones make the same file, and a check of a pull request knows
it again (``FORMAT.md``, *Workflow* and *Routine*).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from plainwork.analysis.distance import resolve_distance
from plainwork.analysis.recurrence import Period
from plainwork.analysis.team_calendar import find_calendar
from plainwork.analysis.templates import (
    MAX_BODY,
    TEMPLATE_NAMES,
    TemplateFault,
    TextTemplate,
    read_template,
)
from plainwork.analysis.turns import find_turn
from plainwork.analysis.working_calendar import WorkingCalendar
from plainwork.model.diagnostic import FieldPath
from plainwork.model.party import Agent, Person
from plainwork.model.quantity import Distance
from plainwork.model.settings import FOLDER_OF_WORK
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import Creation, Workflow
from plainwork.parsing.field_tables import work_fields
from plainwork.parsing.markdown import parse_template
from plainwork.parsing.quantities import parse_distance
from plainwork.parsing.scalars import ID_PATTERN


class Occasion(msgspec.Struct, frozen=True):
    """On what occasion work is created.

    Attributes:
        suffix: What its id has behind that of its creator and a dot.
        day: What ``date`` stands for.
        period: What ``period``, ``first_day`` and ``last_day`` stand for.
        number: Whose turn it is, from 0.
    """

    suffix: str
    day: date
    period: Period
    number: int


class CreatedWork(msgspec.Struct, frozen=True):
    """Work that is to be made.

    Attributes:
        path: From the workspace's root.
        creator: The id of what creates it, which is its parent.
        day: For which day it is.
        absent: Who would do it, but is not there on that day.
        fields: What its file says, in the order of the file.
        body: What stands below.
    """

    id: str
    path: str
    creator: str
    day: date
    title: str
    due: date | None
    assignees: tuple[str, ...]
    absent: tuple[str, ...]
    fields: dict[str, Any]
    body: str


class CreationFault(msgspec.Struct, frozen=True):
    """Why something is not created.

    Attributes:
        rule: The name of the rule that finds it in a check.
        message: What is wrong, in one line.
        field: Where in what is said of the creation.
    """

    rule: str
    message: str
    field: FieldPath = ()


class Blueprint(msgspec.Struct, frozen=True):
    """What is the same for all that one ``creates`` of one creator makes.

    Attributes:
        workflow: Of what is created.
        order: The usual order of its fields.
        folder: Where its files lie.
        said: What the creator's fields say, for the templates.
    """

    creator: Work
    creation: Creation
    workflow: Workflow
    order: dict[str, int]
    folder: str
    title: TextTemplate
    body: TextTemplate
    due: Distance | None
    calendar: WorkingCalendar
    said: dict[str, Any]


def prepare_creation(
    creator: Work, creation: Creation, snapshot: Snapshot
) -> Blueprint | CreationFault:
    """Read what is the same for all that a ``creates`` makes.

    Args:
        creator: A routine, or work in a state.
        creation: What it says is created.
        snapshot: The workspace.
    """
    workflow = snapshot.workflows.get(creation.workflow.lower())
    if workflow is None:
        message = f"there is no workflow `{creation.workflow}`"
        return CreationFault("unknown-workflow", message, ("workflow",))
    if not workflow.states:
        message = f"the workflow {workflow.id} has no states"
        return CreationFault("workflow-without-states", message, ("workflow",))
    own = snapshot.workflow(creator)
    names = TEMPLATE_NAMES | (work_fields(own).keys() if own else set())
    title = read_template(creation.title, names)
    if isinstance(title, TemplateFault):
        return _title_fault(title.message)
    body = _read_body(creator, workflow, names)
    if isinstance(body, TemplateFault):
        return _body_fault(body.message)
    return Blueprint(
        creator=creator,
        creation=creation,
        workflow=workflow,
        order={name: place for place, name in enumerate(work_fields(workflow))},
        folder=_find_folder(creator, workflow, snapshot),
        title=title,
        body=body,
        due=parse_distance(creation.due),
        calendar=find_calendar(snapshot, creation.team or creator.team),
        said={**creator.fields, "id": creator.id},
    )


def _read_body(
    creator: Work, workflow: Workflow, names: frozenset[str] | set[str]
) -> TextTemplate | TemplateFault:
    """Return the body of a routine, which is a template; else that of new work, which is text."""
    if creator.kind == "routine" and creator.body.strip():
        return read_template(creator.body.replace("\r\n", "\n"), names, MAX_BODY)
    return TextTemplate.plain(parse_template(workflow.body).replace("\r\n", "\n"))


def _find_folder(creator: Work, workflow: Workflow, snapshot: Snapshot) -> str:
    """Return a folder of the routine's own, or the one in which the work that creates lies."""
    if creator.kind != "routine":
        return creator.path.rpartition("/")[0]
    folder = snapshot.settings.folders[FOLDER_OF_WORK[workflow.kind]][0]
    return f"{folder}/{creator.id}"


def compute_created(
    blueprint: Blueprint, occasion: Occasion, snapshot: Snapshot
) -> CreatedWork | CreationFault:
    """Compute what is created on an occasion."""
    creator, creation = blueprint.creator, blueprint.creation
    id_ = f"{creator.id}.{occasion.suffix}"
    if not ID_PATTERN.fullmatch(id_):
        return CreationFault("invalid-id", f"`{id_}` is too long for an id")
    said = {**blueprint.said, "date": occasion.day.isoformat(), "period": occasion.period.name}
    title, body = blueprint.title.fill(said), blueprint.body.fill(said)
    if isinstance(title, TemplateFault):
        return _title_fault(title.message)
    if isinstance(body, TemplateFault):
        return _body_fault(body.message)
    title = " ".join(title.split())
    if not title:
        return _title_fault("filled in, it is empty")
    due = _find_due(blueprint, occasion)
    assignees, absent = _find_assignees(creation, occasion, snapshot)
    given = {
        "title": title,
        "workflow": blueprint.workflow.id,
        "status": blueprint.workflow.states[0].name,
        "assignees": list(assignees),
        "team": creation.team,
        "parent": creator.id,
        "depends_on": [f"{creator.id}.{key}" for key in creation.depends_on],
        "due": due,
    }
    return CreatedWork(
        id=id_,
        path=f"{blueprint.folder}/{id_}.md",
        creator=creator.id,
        day=occasion.day,
        title=title,
        due=due,
        assignees=assignees,
        absent=absent,
        fields=_in_order(blueprint, given),
        body=body,
    )


def _title_fault(message: str) -> CreationFault:
    return CreationFault("invalid-template", f"the title: {message}", ("title",))


def _body_fault(message: str) -> CreationFault:
    what = "the text below, the template of what it creates"
    return CreationFault("invalid-template", f"{what}: {message}")


def _find_due(blueprint: Blueprint, occasion: Occasion) -> date | None:
    if blueprint.due is None:
        return None
    return resolve_distance(
        blueprint.due,
        day=occasion.day,
        first_day=occasion.period.first_day,
        last_day=occasion.period.last_day,
        calendar=blueprint.calendar,
    )


def _find_assignees(
    creation: Creation, occasion: Occasion, snapshot: Snapshot
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who does it (who is named, and whose turn it is), and who is not there for that."""
    absent = [id_ for id_ in creation.assignees if _has_left(id_, occasion.day, snapshot)]
    assignees = [id_ for id_ in creation.assignees if id_ not in absent]
    if creation.rotation:
        turn = find_turn(creation.rotation, occasion.number, occasion.day, snapshot)
        assignees += [turn] if turn else []
        absent += () if turn else creation.rotation
    return tuple(dict.fromkeys(assignees)), tuple(dict.fromkeys(absent))


def _has_left(id_: str, day: date, snapshot: Snapshot) -> bool:
    """Whether a person or agent is assigned nothing any more on a day, or not yet."""
    party = snapshot.party(id_)
    return isinstance(party, Person | Agent) and not party.present(day)


def _in_order(blueprint: Blueprint, given: dict[str, Any]) -> dict[str, Any]:
    filled = {name: value for name, value in given.items() if value not in ("", [], None)}
    said = {**blueprint.creation.set, **filled}
    last = len(blueprint.order)
    return {name: said[name] for name in sorted(said, key=lambda n: blueprint.order.get(n, last))}
