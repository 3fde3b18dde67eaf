"""``plainwork schema``: JSON Schemas of what is written and of what is printed."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Annotated, Any

import typer

from plainwork.cli.context import Invocation, invocation
from plainwork.errors import NotAWorkspaceError, UsageError
from plainwork.model.document_fields import DOCUMENT_FIELDS

OUTPUTS: dict[str, tuple[str, str]] = {
    "approvals": ("plainwork.views.open_approvals", "OpenApprovals"),
    "audit": ("plainwork.approvals.audit", "Audit"),
    "board": ("plainwork.views.board", "Board"),
    "check": ("plainwork.reporting.diagnostics_json", "CheckReport"),
    "decisions": ("plainwork.views.decisions", "Decisions"),
    "doctor": ("plainwork.views.setup", "Setup"),
    "explain": ("plainwork.reporting.rule_catalogue", "RuleCatalogue"),
    "flow": ("plainwork.flow.measures", "Flow"),
    "export": ("plainwork.flow.field_changes", "FieldEvents"),
    "forecast": ("plainwork.flow.outlook", "Outlook"),
    "friction": ("plainwork.flow.friction", "Friction"),
    "handoffs": ("plainwork.flow.handoffs", "Handoffs"),
    "list": ("plainwork.views.listing", "ListedWorks"),
    "log": ("plainwork.flow.story", "Story"),
    "next": ("plainwork.views.next_work", "NextWork"),
    "owners": ("plainwork.views.ownership", "Ownership"),
    "portfolio": ("plainwork.views.portfolio", "Portfolio"),
    "raci": ("plainwork.views.raci", "Raci"),
    "reliability": ("plainwork.flow.reliability", "Reliability"),
    "show-party": ("plainwork.views.shown_party", "ShownParty"),
    "show-policy": ("plainwork.views.shown_policy", "ShownPolicy"),
    "show-record": ("plainwork.views.shown_record", "ShownRecord"),
    "show-work": ("plainwork.views.shown_work", "ShownWork"),
    "show-workflow": ("plainwork.views.workflow_rules", "WorkflowRules"),
    "site-build": ("plainwork.site.report", "SiteReport"),
    "status": ("plainwork.views.status", "Status"),
    "tick": ("plainwork.plans.tick", "Tick"),
    "who": ("plainwork.views.attendance", "Attendance"),
    "why": ("plainwork.views.way_there", "WayThere"),
    "workflow-graph": ("plainwork.views.workflow_map", "WorkflowMap"),
    "workflow-simulate": ("plainwork.flow.simulation", "Simulation"),
    "workflow-list": ("plainwork.views.workflow_list", "WorkflowList"),
}
"""What commands print as JSON: the name of its schema to the module and class of the value."""

EXCHANGED: dict[str, tuple[str, str]] = {
    "decision": ("plainwork.model.decision", "Decision"),
    "evidence": ("plainwork.model.evidence", "Evidence"),
}
"""What is kept as JSON and read again, in the same form."""

PUBLISHED: dict[str, tuple[str, str]] = {
    "calendar": ("plainwork.views.calendar_days", "DayList"),
    "decided": ("plainwork.site.decided", "DecidedSteps"),
    "glossary": ("plainwork.views.glossary", "Glossary"),
    "load": ("plainwork.views.weekly_load", "WeeklyLoad"),
    "offers": ("plainwork.views.offered", "OfferedWorks"),
    "policies": ("plainwork.views.policy_list", "PolicyList"),
    "promises": ("plainwork.views.promises", "PromisedWorks"),
    "timeline": ("plainwork.views.timeline", "Timeline"),
}
"""What a site holds as JSON beside what commands print."""

_SETTINGS = "settings"

NameArgument = Annotated[
    str,
    typer.Argument(metavar="KIND", help="A kind of document, a workflow, `settings` or an output."),
]


def schema(context: typer.Context, name: NameArgument) -> None:
    """Print a JSON Schema (draft 2020-12).

    Of the front matter of a kind of document (item, project, routine, workflow, person, team,
    agent, policy, record); of one workflow's documents, with its own fields; of plainwork.toml
    (settings); of what a command prints with --format json (list, check, …); or of evidence, from
    which a decision can be made again.

    For example: plainwork schema purchase > .schemas/purchase.json
    """
    found = _find_schema(name, invocation(context))
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def _find_schema(name: str, call: Invocation) -> dict[str, Any]:
    from plainwork.analysis import json_schema

    if name == _SETTINGS:
        return json_schema.settings_schema()
    workflows = _load_workflows(call)
    # A workflow may be called like a kind, such as `project`: then it is the one that is meant.
    if name.lower() in workflows:
        return json_schema.work_schema(workflows[name.lower()])
    if name in DOCUMENT_FIELDS:
        return json_schema.document_schema(name)
    written = OUTPUTS | PUBLISHED | EXCHANGED
    if name in written:
        from plainwork.reporting.envelope import json_schema as output_schema

        module, class_name = written[name]
        return output_schema(name, getattr(import_module(module), class_name))
    from plainwork.parsing.near_match import did_you_mean

    known = dict.fromkeys((_SETTINGS, *DOCUMENT_FIELDS, *workflows, *written))
    hint = did_you_mean(name.lower(), known) or f"there are {', '.join(known)}"
    message = f"no schema `{name}`; {hint}"
    raise UsageError(message)


def _load_workflows(call: Invocation) -> dict[str, Any]:
    """Return the workspace's workflows by id; outside of one there are none."""
    try:
        return dict(call.load().workflows)
    except NotAWorkspaceError:
        return {}


COMMAND = schema
