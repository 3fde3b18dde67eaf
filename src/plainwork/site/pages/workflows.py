"""Workflows: all of them, and of each a map with live counts and its rules in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from plainwork.model.workflow import Workflow
from plainwork.parsing.markdown import parse_template
from plainwork.site.address import document_address, list_address
from plainwork.site.groups import Group
from plainwork.site.markdown import render_markdown
from plainwork.site.page import Link, Origin, Output, Page
from plainwork.site.pages.flow import flow_address
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.pictures.workflow_map import render_workflow_map
from plainwork.site.sources import Sources
from plainwork.views.workflow_list import ListedWorkflow, compute_workflow_list
from plainwork.views.workflow_map import compute_workflow_map
from plainwork.views.workflow_rules import WorkflowRules, compute_workflow_rules

_SECTION, _TITLE = "workflows", "Workflows"
_SIZE = 80
_Listed = tuple[ListedWorkflow, Group | None]
"""A workflow with its work, or None if there is none."""


class WorkflowPage(msgspec.Struct, frozen=True):
    """One workflow.

    Attributes:
        map: A picture of its states and transitions.
        numbers: Of each state, by name, its place in the rules, from 1.
        states: Of each state, by name, where its work is listed.
        body: Its own words as HTML, without the template of new work.
        work: All of its work, or None.
        flow: Where it is shown how its work flows, or ``""``.
    """

    rules: WorkflowRules
    map: str
    numbers: Mapping[str, int]
    states: Mapping[str, str]
    body: str
    work: Group | None
    flow: str


def plan_workflows(sources: Sources) -> Iterator[Output]:
    """Yield the list, and the page of every workflow."""
    groups = sources.groups.workflows
    listed = [
        (each, groups.get(each.id.lower()))
        for each in compute_workflow_list(sources.snapshot).workflows
    ]
    origin = sources.counting([each.path for each in sources.snapshot.workflows.values()])
    for part in split(listed, (each.id for each, _ in listed), list_address(_SECTION), _SIZE):
        yield Output(part.address, sources.keys.everything, partial(_make_list, part, origin))
    for workflow in sources.snapshot.workflows.values():
        key = sources.keys.everything  # bodies name work, and all of it is counted
        yield Output(
            document_address("workflow", workflow.id), key, partial(_make, sources, workflow)
        )


def _make_list(part: Part[_Listed], origin: Origin) -> Page:
    return Page(
        part.address,
        name_part(_TITLE, part.number),
        "workflows.html",
        part,
        crumbs=part.crumbs(_TITLE),
        section=_SECTION,
        origin=origin,
    )


def _make(sources: Sources, workflow: Workflow) -> Page:
    directory = sources.directory
    label = partial(directory.state, workflow=workflow.id)
    rules = compute_workflow_rules(workflow, sources.snapshot, directory.call, label)
    counts = {state.name: state.count for state in rules.states}
    group = sources.groups.workflows.get(workflow.id.lower())
    paths = (workflow.path, *sources.paths_of(group.rows if group else ()))
    text = render_markdown(_purpose(rules.body), sources.directory.work)
    model = WorkflowPage(
        rules=rules,
        map=render_workflow_map(compute_workflow_map(workflow), counts) if rules.states else "",
        numbers={state.name: number for number, state in enumerate(rules.states, 1)},
        states={name: group.find(name) if group else "" for name in counts},
        body=text.html,
        work=group,
        flow=flow_address(workflow),
    )
    return Page(
        address=document_address("workflow", workflow.id),
        title=workflow.title or workflow.id,
        template="workflow.html",
        model=model,
        crumbs=(Link(list_address(_SECTION), _TITLE),),
        section=_SECTION,
        origin=sources.origin_of(paths, workflow.path),
        mentions=text.mentions,
    )


def _purpose(body: str) -> str:
    """Return what a workflow says for people: all but the part that is the body of new work."""
    template = parse_template(body)
    if not template:
        return body
    before, _, after = body.partition(template)
    return before.rpartition("##")[0] + after
