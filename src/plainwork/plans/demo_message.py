"""What the commits of the example organisation say."""

import re
from collections.abc import Mapping
from typing import Any

from plainwork.model.workflow import Workflow
from plainwork.plans.demo_story import SHOWN, Event

_WORDS_OF_A_BRANCH = 4
_RECORDS = {
    "update": "Report on",
    "approval": "Approve",
    "handoff": "Answer the handoff of",
    "spent": "Book time and cost of",
    "measure": "Measure",
    "waiver": "Ask for an exception for",
}


def format_subject(
    event: Event, before: str, fields: Mapping[str, Any], workflow: Workflow | None
) -> str:
    """Return the subject of a commit that makes one change.

    Args:
        event: The change.
        before: The state that the work leaves, ``""`` for new work.
        fields: The document's fields.
        workflow: The work's workflow; None for a document that is no work.
    """
    if workflow is None:
        return f"{_RECORDS[fields['record']]} {', '.join(fields['about'])}"
    title = fields["title"]
    if not event.state:
        return f"{_format_change(event)}: {title}"
    if not before:
        return f"New {workflow.title.lower()}: {title}"
    return f"{_format_move(workflow, before, event.state)}: {title}"


def format_body(event: Event, fields: Mapping[str, Any]) -> str:
    """Return what a commit explains: the reason of a move, or what blocks the work.

    Args:
        event: The change.
        fields: The document's fields, as it shows them in the end.
    """
    said = ((name, event.fields.get(name)) for name in ("reason", "blocked"))
    texts = (fields[name] if text == SHOWN else text for name, text in said)
    return "\n\n".join(text for text in texts if isinstance(text, str))


def format_branch(who: str, subject: str) -> str:
    """Return the name of the branch on which somebody prepared a change."""
    words = re.findall("[a-z0-9]+", subject.lower())
    return "-".join([who, *words[:_WORDS_OF_A_BRANCH]])


def _format_move(workflow: Workflow, before: str, state: str) -> str:
    """Return the name of the transition made, or of the last of several made at once."""
    before = workflow.migrate.get(before, before)  # the state may have had another name then
    into = [transition for transition in workflow.transitions if transition.to == state]
    direct = [transition for transition in into if before in transition.sources]
    return (direct or into)[0].name.replace("-", " ").capitalize()


def _format_change(event: Event) -> str:
    if "blocked" in event.fields:
        return "Block" if event.fields["blocked"] else "Unblock"
    names = [name.replace("_", " ") for name in event.fields]
    return f"Set {', '.join(names)}"
