"""Creating people, teams, agents, policies and workflows."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

import msgspec

from plainwork.editing.front_matter_edit import set_field
from plainwork.editing.new_document import file_name, render_document, slug
from plainwork.errors import UsageError
from plainwork.model.plan import Plan
from plainwork.model.snapshot import Snapshot
from plainwork.plans.consent import note_requirements
from plainwork.plans.document_edit import add_document
from plainwork.plans.new_document import NewDocument, ended, parse_new
from plainwork.plans.set_fields import assign_fields
from plainwork.plans.situation import Situation

# The smallest workflow that is of use; whoever makes one goes on in an editor.
_WORKFLOW = """\
---
title: A type of work
states:
  todo: {category: ready, title: To do}
  doing: {category: active}
  done: {category: done}
  dropped: {category: dropped}
transitions:
  start: {from: todo, to: doing}
  stop: {from: doing, to: todo}
  finish: {from: doing, to: done}
  drop: {from: [todo, doing], to: dropped, require: [reason]}
  reopen: {from: [done, dropped], to: todo, require: [reason]}
---
"""


class _Kind(msgspec.Struct, frozen=True):
    """Where documents of a kind lie, which field holds their title, and which the maker."""

    folder: str
    title: str
    maker: str = ""


DEFINITIONS: Mapping[str, _Kind] = {
    "person": _Kind("people", "name"),
    "team": _Kind("teams", "name", "lead"),
    "agent": _Kind("agents", "name", "owner"),
    "policy": _Kind("policies", "title", "owner"),
    "workflow": _Kind("workflows", "title", "owner"),
}
"""What can be created besides work."""


def plan_definition(situation: Situation, new: NewDocument) -> Plan:
    """Plan to create a document that is no work; the first note is its id and its path.

    Who asks answers for it, unless the fields say otherwise.

    Raises:
        UsageError: If its id is taken, there is no such field, or a value is none.
        RefusedError: If it would be wrong.
    """
    kind = DEFINITIONS[new.what]
    taken = _taken_ids(situation.snapshot, new.what)
    id_, assignments = parse_new(new, taken)
    id_ = id_ or _make_id(new, taken)
    folder = situation.snapshot.settings.folders[kind.folder][0]
    path = f"{folder}/{file_name(id_, '')}"
    fields = {kind.title: new.title}
    if kind.maker and situation.actor:
        fields[kind.maker] = situation.actor
    source = situation.imagine(new.what, path, _render(new, fields))
    edit = add_document(situation, new.what, path, assign_fields(source, assignments))
    message = f"New {new.what} {id_}: {new.title}"
    notes = (f"{edit.after.document.id} {path}", *note_requirements(situation, None, edit.after))
    return Plan((edit.file_edit,), message, notes)


def _render(new: NewDocument, fields: Mapping[str, str]) -> str:
    if new.what != "workflow":
        return render_document(fields, ended(new.text))
    text = _WORKFLOW + ended(new.text)
    for name, value in fields.items():
        text = set_field(text, name, value, order=("title", "owner"))
    return text


def _taken_ids(snapshot: Snapshot, kind: str) -> Container[str]:
    taken: Mapping[str, Any] = snapshot.parties
    if kind == "workflow":
        taken = snapshot.workflows
    elif kind == "policy":
        taken = snapshot.policies
    return taken.keys()


def _make_id(new: NewDocument, taken: Container[str]) -> str:
    """Return the first name of a person if nobody has it, else the whole title, as an id."""
    whole = slug(new.title)
    first = whole.partition("-")[0] if new.what == "person" else whole
    for id_ in (first, whole):
        if id_ and id_ not in taken:
            return id_
    reason = f"the id `{whole}` is taken" if whole else "its title gives no id"
    message = f"{new.title}: {reason}; choose one with --set id=…"
    raise UsageError(message)
