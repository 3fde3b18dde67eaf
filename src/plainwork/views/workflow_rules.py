"""A workflow in words: what every state means, and what every way out of it asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import (
    Clock,
    Creation,
    CustomField,
    State,
    Transition,
    Workflow,
)
from plainwork.views.approval_words import Call, describe_consent, join_words
from plainwork.views.duration_words import describe_duration


class WayRules(msgspec.Struct, frozen=True):
    """A transition: what it asks for, a sentence each."""

    name: str
    to: str
    asks: tuple[str, ...]


class StateRules(msgspec.Struct, frozen=True):
    """A state: what it means and brings about, a sentence each, and the ways out of it.

    Attributes:
        count: How much work stands there.
    """

    name: str
    label: str
    category: str
    count: int
    says: tuple[str, ...]
    ways: tuple[WayRules, ...]


class FieldRules(msgspec.Struct, frozen=True):
    """A field that the workflow declares or says more about."""

    name: str
    type: str
    says: tuple[str, ...]


class WorkflowRules(msgspec.Struct, frozen=True):
    """Everything that a workflow demands and promises.

    Attributes:
        says: What else holds for its work, a sentence each.
        first: The state where work begins.
        beginnings: Transitions without ``from``: where else it may begin, and what that asks.
        states: In board order, each with the ways out of it in order of declaration.
        promises: Its service level and clocks, a sentence each.
        body: Its own words, and the template of new work.
    """

    id: str
    path: str
    title: str
    kind: str
    owner: str
    team: str
    says: tuple[str, ...]
    first: str
    beginnings: tuple[WayRules, ...]
    states: tuple[StateRules, ...]
    fields: tuple[FieldRules, ...]
    promises: tuple[str, ...]
    body: str


def compute_workflow_rules(
    workflow: Workflow, snapshot: Snapshot, call: Call = str, label: Call = str
) -> WorkflowRules:
    """Say in words what a workflow says, and how much work stands where.

    Args:
        workflow: The workflow.
        snapshot: The workspace, whose work is counted.
        call: Returns what people call whom a rule names.
        label: Returns what people call a state or a clock.
    """
    columns = snapshot.works.columns
    counts = Counter(
        status
        for name, status in zip(columns["workflow"], columns["status"], strict=True)
        if name.lower() == workflow.id.lower()
    )
    return WorkflowRules(
        id=workflow.id,
        path=workflow.path,
        title=workflow.title,
        kind=workflow.kind,
        owner=workflow.owner,
        team=workflow.team,
        says=tuple(_says(workflow, label)),
        first=workflow.states[0].name if workflow.states else "",
        beginnings=tuple(_way(each, call) for each in workflow.transitions if not each.sources),
        states=tuple(
            _state(state, workflow, counts[state.name], call) for state in workflow.states
        ),
        fields=tuple(_field(field, call) for field in workflow.fields),
        promises=tuple(_promises(workflow, call, label)),
        body=workflow.body,
    )


def _says(workflow: Workflow, label: Call) -> Iterator[str]:
    if workflow.visibility:
        yield f"its work is {workflow.visibility}, unless it says otherwise"
    for old, new in workflow.migrate.items():
        yield f"what stood in {label(old)} stands in {label(new)}"


def _state(state: State, workflow: Workflow, count: int, call: Call) -> StateRules:
    ways = (each for each in workflow.transitions if state.name in each.sources)
    return StateRules(
        name=state.name,
        label=state.label,
        category=state.category.value,
        count=count,
        says=tuple(_state_says(state, call)),
        ways=tuple(_way(each, call) for each in ways),
    )


def _state_says(state: State, call: Call) -> Iterator[str]:
    if state.help:
        yield state.help
    if state.team:
        yield f"{call(state.team)} is responsible"
    if state.wip_limit is not None:
        yield f"at most {state.wip_limit} may stand here, per team"
    for creation in state.creates:
        yield _creates(creation, call)


def _creates(creation: Creation, call: Call) -> str:
    words = [f"creates {creation.workflow} “{creation.title}”"]
    if creation.team:
        words.append(f"with {call(creation.team)}")
    if creation.assignees:
        words.append(f"for {join_words(tuple(map(call, creation.assignees)), 'and')}")
    if creation.rotation:
        words.append(f"by turns for {join_words(tuple(map(call, creation.rotation)), 'and')}")
    if creation.due:
        words.append(f"due {creation.due}")
    if creation.depends_on:
        words.append(f"after {join_words(creation.depends_on, 'and')}")
    if creation.set:
        from plainwork.editing.yaml_text import format_value  # loads PyYAML

        words += [f"{name}: {format_value(value)}" for name, value in creation.set.items()]
    return ", ".join(words)


def _way(transition: Transition, call: Call) -> WayRules:
    return WayRules(transition.name, transition.to, tuple(_asks(transition, call)))


def _asks(transition: Transition, call: Call) -> Iterator[str]:
    if transition.help:
        yield transition.help
    yield from _guards(transition, call)
    for approval in transition.approvals:
        yield f"with the consent of {describe_consent(approval, call)}"
    if transition.accept_within:
        within = describe_duration(transition.accept_within)
        yield f"the team that receives it accepts within {within}"


def _guards(transition: Transition, call: Call) -> Iterator[str]:
    if transition.by:
        yield f"made by {join_words(tuple(map(call, transition.by)))}"
    if transition.require:
        verb = "is" if len(transition.require) == 1 else "are"
        yield f"{join_words(transition.require, 'and')} {verb} set"
    for heading in transition.checklist:
        yield f"the checklist “{heading}” is ticked"
    if transition.children_closed:
        yield "its parts are closed"
    if transition.depends_on_closed:
        yield "what it waits for is closed"
    if transition.when:
        yield f"true is `{transition.when}`"


def _field(field: CustomField, call: Call) -> FieldRules:
    type_ = f"list of {field.type}" if field.many else field.type
    return FieldRules(field.name, type_, tuple(_field_says(field, call)))


def _field_says(field: CustomField, call: Call) -> Iterator[str]:
    if field.help:
        yield field.help
    if field.options:
        yield f"one of {join_words(field.options)}"
    for approval in field.approvals:
        yield f"changed with the consent of {describe_consent(approval, call)}"
    if field.visibility:
        yield f"shown as {field.visibility}"


def _promises(workflow: Workflow, call: Call, label: Call) -> Iterator[str]:
    level = workflow.service_level
    if level is not None:
        yield f"{level.percent:g} of 100 are closed within {describe_duration(level.within)}"
    for clock in workflow.clocks:
        yield _clock(clock, call, label)


def _clock(clock: Clock, call: Call, label: Call) -> str:
    start, stop, paused = (
        tuple(map(label, states)) for states in (clock.start, clock.stop, clock.pause)
    )
    pause = f", not counting {join_words(paused, 'and')}" if paused else ""
    targets = "; ".join(
        describe_duration(target.within) + (f" if `{target.when}`" if target.when else "")
        for target in clock.targets
    )
    missed = "".join(f"; if missed, it {_creates(creation, call)}" for creation in clock.creates)
    way = f"from {join_words(start)} to {join_words(stop)}"
    return f"{label(clock.name)}: {way}{pause}: {targets}{missed}"
