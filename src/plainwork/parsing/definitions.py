"""Turning workflows, policies and records into typed values.

The reader has left out every value that was wrong, so what is missing here is a default, and
the diagnostics have already been given.
"""

import re
from collections.abc import Mapping
from typing import Any

from plainwork.model.document import Document
from plainwork.model.policy import Check, Policy, Scope
from plainwork.model.record import Record
from plainwork.model.workflow import (
    ALL_OF_THEM,
    Approval,
    Category,
    Clock,
    Creation,
    CustomField,
    ServiceLevel,
    State,
    Target,
    Transition,
    Workflow,
)
from plainwork.parsing.quantities import parse_date

Values = Mapping[str, Any]

_RECORD_COMMON = frozenset({"id", "record", "about", "by", "at"})
APPROVAL_COUNT = re.compile("all|[1-9][0-9]?")
"""What an approval may say of how many people it asks for."""
_NOBODY_IS_ENOUGH = 1_000


def make_workflow(document: Document) -> Workflow:
    """Return the workflow that a document defines."""
    values = document.fields
    return Workflow(
        id=document.id,
        path=document.path,
        title=values.get("title", document.id),
        kind=values.get("kind", "item"),
        owner=values.get("owner", ""),
        team=values.get("team", ""),
        visibility=values.get("visibility", ""),
        fields=tuple(_custom_field(*entry) for entry in values.get("fields", {}).items()),
        states=tuple(
            _state(name, state)
            for name, state in values.get("states", {}).items()
            if "category" in state
        ),
        transitions=tuple(
            _transition(name, transition)
            for name, transition in values.get("transitions", {}).items()
            if "to" in transition
        ),
        service_level=_service_level(values.get("service_level", {})),
        clocks=tuple(_clock(*entry) for entry in values.get("clocks", {}).items()),
        migrate=values.get("migrate", {}),
        body=document.body,
    )


def make_policy(document: Document) -> Policy:
    """Return the policy that a document states."""
    values = document.fields
    scope = values.get("applies_to", {})
    return Policy(
        id=document.id,
        path=document.path,
        title=values.get("title", document.id),
        owner=values.get("owner", ""),
        default=values.get("default", False),
        applies_to=Scope(
            kinds=tuple(scope.get("kinds", ())),
            workflows=tuple(scope.get("workflows", ())),
            fields=tuple(scope.get("fields", ())),
            paths=tuple(scope.get("paths", ())),
            when=scope.get("when", ""),
        ),
        approvals=_approvals(values["approvals"]) if "approvals" in values else None,
        checks=tuple(
            Check(
                require=check["require"],
                message=check["message"],
                severity=check.get("severity", "error"),
                first=parse_date(check.get("from", "")),
            )
            for check in values.get("checks", ())
            if "require" in check and "message" in check
        ),
        waivers=_approvals(values.get("waivers", ())),
        body=document.body,
    )


def make_record(document: Document) -> Record:
    """Return the statement that a document records."""
    values = document.fields
    return Record(
        id=document.id,
        path=document.path,
        kind=values.get("record", ""),
        about=tuple(values.get("about", ())),
        by=values.get("by", ""),
        at=values.get("at", ""),
        details={name: value for name, value in values.items() if name not in _RECORD_COMMON},
        body=document.body,
    )


def _custom_field(name: str, values: Values) -> CustomField:
    type_ = values.get("type", "")
    many = isinstance(type_, list)
    return CustomField(
        name=name,
        type=(type_[0] if type_ else "") if many else type_,
        many=many,
        options=tuple(values.get("options", ())),
        help=values.get("help", ""),
        approvals=_approvals(values.get("approvals", ())),
        visibility=values.get("visibility", ""),
    )


def _state(name: str, values: Values) -> State:
    return State(
        name=name,
        category=Category(values["category"]),
        title=values.get("title", ""),
        help=values.get("help", ""),
        team=values.get("team", ""),
        wip_limit=values.get("wip_limit"),
        creates=_creations(values),
    )


def _transition(name: str, values: Values) -> Transition:
    return Transition(
        name=name,
        to=values["to"],
        sources=tuple(values.get("from", ())),
        require=tuple(values.get("require", ())),
        by=tuple(values.get("by", ())),
        approvals=_approvals(values.get("approvals", ())),
        checklist=tuple(values.get("checklist", ())),
        children_closed="children" in values,
        depends_on_closed="depends_on" in values,
        when=values.get("when", ""),
        accept_within=values.get("accept_within", ""),
        help=values.get("help", ""),
    )


def _service_level(values: Values) -> ServiceLevel | None:
    if "percent" not in values or "within" not in values:
        return None
    return ServiceLevel(percent=values["percent"], within=values["within"])


def _clock(name: str, values: Values) -> Clock:
    return Clock(
        name=name,
        start=tuple(values.get("start", ())),
        stop=tuple(values.get("stop", ())),
        pause=tuple(values.get("pause", ())),
        targets=tuple(
            Target(within=target["within"], when=target.get("when", ""))
            for target in values.get("targets", ())
            if "within" in target
        ),
        creates=_creations(values),
    )


def _creations(values: Values) -> tuple[Creation, ...]:
    made = (make_creation(entry) for entry in values.get("creates", ()))
    return tuple(creation for creation in made if creation is not None)


def make_creation(values: Values) -> Creation | None:
    """Return what an entry of ``creates`` says; None if it does not say what is made."""
    if "workflow" not in values or "title" not in values:
        return None
    return Creation(
        workflow=values["workflow"],
        title=values["title"],
        key=values.get("key", ""),
        team=values.get("team", ""),
        assignees=tuple(values.get("assignees", ())),
        rotation=tuple(values.get("rotation", ())),
        due=values.get("due", ""),
        depends_on=tuple(values.get("depends_on", ())),
        set=values.get("set", {}),
    )


def _approvals(entries: Any) -> tuple[Approval, ...]:
    return tuple(_approval(entry) for entry in entries)


def _approval(values: Values) -> Approval:
    exclude = values.get("exclude")
    return Approval(
        by=tuple(values.get("by", ())),
        count=_count(values.get("count", "1")),
        when=values.get("when", ""),
        exclude=None if exclude is None else tuple(exclude),
        author=values.get("author", False),
        max_age=values.get("max_age", ""),
        consent=values.get("consent", "review"),
        veto=values.get("veto", False),
        any=_approvals(values.get("any", ())),
    )


def _count(text: str) -> int:
    if not APPROVAL_COUNT.fullmatch(text):
        return _NOBODY_IS_ENOUGH  # until it is mended, as the rule approval-count demands
    return ALL_OF_THEM if text == "all" else int(text)
