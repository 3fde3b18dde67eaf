"""Creating work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plainwork.analysis.lookup import WORKFLOW, find_named, find_state, taken_ids
from plainwork.analysis.transitions import creation_path
from plainwork.editing.new_document import file_name, make_id, render_document
from plainwork.errors import RefusedError, UsageError
from plainwork.model.plan import Plan
from plainwork.model.settings import FOLDER_OF_WORK
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Transition, Workflow
from plainwork.parsing.assignments import Assignment
from plainwork.parsing.markdown import parse_template
from plainwork.plans.consent import note_requirements
from plainwork.plans.create_definition import DEFINITIONS
from plainwork.plans.document_edit import add_document
from plainwork.plans.move import make_attempt, refuse_unmet
from plainwork.plans.new_document import NewDocument, ended, parse_new
from plainwork.plans.set_fields import assign_fields
from plainwork.plans.situation import Situation

_OTHERS = ", ".join(DEFINITIONS)


def plan_work(situation: Situation, new: NewDocument, random: Callable[[int], int]) -> Plan:
    """Plan to create work; the first note is its id and its path.

    Args:
        situation: The workspace as it is.
        new: What was asked for.
        random: Returns a number from 0 up to, but not, its argument: for the id.

    Raises:
        UsageError: If there is no such workflow, state or field, or a value is none.
        RefusedError: If work may not begin so, or would be wrong.
    """
    snapshot = situation.snapshot
    workflow = _find_workflow(snapshot, new.what)
    taken = taken_ids(snapshot)
    id_, assignments = parse_new(new, taken)
    id_ = id_ or make_id(snapshot.settings.prefix, random, taken)
    folder = snapshot.settings.folders[FOLDER_OF_WORK[workflow.kind]][0]
    path = f"{folder}/{file_name(id_, new.title)}"
    status = _find_status(workflow, assignments)
    fields = {"id": id_, "title": new.title, "workflow": workflow.id, "status": status}
    text = render_document(fields, ended(new.text) or parse_template(workflow.body))
    source = situation.imagine("work", path, text)
    edit = add_document(situation, "work", path, assign_fields(source, assignments))
    way = _find_way(workflow, status)
    attempt = make_attempt(situation, None, edit.after)
    refuse_unmet(attempt, way, f"no {workflow.title.lower()} may be created in {status}")
    notes = (f"{id_} {path}", *note_requirements(situation, None, edit.after, way))
    return Plan((edit.file_edit,), f"New {workflow.title.lower()} {id_}: {new.title}", notes)


def find_default_workflow(snapshot: Snapshot, title: str) -> str:
    """Return the workflow of work for which only a title was given.

    Raises:
        UsageError: If the title is what work is of, so that the title itself was forgotten.
    """
    if title.lower() in {*snapshot.workflows, *DEFINITIONS}:
        message = f"say what it is called: plainwork new {title} TITLE"
        raise UsageError(message)
    return snapshot.settings.default_workflow


def _find_workflow(snapshot: Snapshot, text: str) -> Workflow:
    try:
        return snapshot.workflows[find_named(snapshot, text, WORKFLOW).id.lower()]
    except UsageError as error:
        others = f"; there may also be a new {_OTHERS}"
        message = str(error) if str(error).endswith("?") else f"{error}{others}"
        raise UsageError(message) from error


def _find_status(workflow: Workflow, assignments: Sequence[Assignment]) -> str:
    states = [state.name for state in workflow.states]
    if not states:
        message = f"the workflow {workflow.id} has no states; `plainwork check` says why"
        raise UsageError(message)
    given = [each.text for each in assignments if each.path == ("status",)]
    return find_state(workflow, given[-1] if given else states[0]).name


def _find_way(workflow: Workflow, status: str) -> tuple[Transition, ...]:
    way = creation_path(workflow, status)
    if way is None:
        message = (
            f"no {workflow.title.lower()} can begin in {status}: no transition leads there;"
            f" it begins in {workflow.states[0].name}"
        )
        raise RefusedError(message)
    return way
