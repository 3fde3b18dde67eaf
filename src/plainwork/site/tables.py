"""Tables of the whole workspace for programs.

What a file holds is what the command of the same name prints (`plainwork portfolio`, …), so that
one reader understands both; a few that no command prints have schemas of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from plainwork.site.decided import DecidedSteps
from plainwork.site.digest import digest
from plainwork.site.page import Output
from plainwork.site.picture_tables import PICTURED
from plainwork.site.sources import Sources
from plainwork.site.table import Forms, Table, flatten, plan_table
from plainwork.views.attendance import compute_attendance
from plainwork.views.counts import CountRow
from plainwork.views.glossary import Glossary, Meaning, compute_glossary
from plainwork.views.offered import OfferedWorks
from plainwork.views.open_approvals import Asked, compute_waiting_work
from plainwork.views.ownership import TeamRow
from plainwork.views.policy_list import compute_policy_list
from plainwork.views.promises import PromisedWorks
from plainwork.views.raci import RaciRow, compute_raci
from plainwork.views.workflow_list import ListedWorkflow, compute_workflow_list


def plan_tables(sources: Sources, forms: Forms) -> Iterator[Output]:
    """Yield the tables of the whole workspace, lists of work left out."""
    for table in (*_TABLES, *PICTURED):
        yield from plan_table(table, sources.keys.everything, sources, forms)
    everything = sources.keys.everything
    yield from plan_table(_OFFERS, everything, sources, forms, of_past=True)
    yield from plan_table(_DECIDED, digest(everything, sources.notes), sources, forms, of_past=True)


_STANDING = ("declared", "computed", "reasons", "finished", "of")
_OF_PROJECTS = (
    *("id", "title", "status", "state", "category", "priority", "owner", "sponsor", "team"),
    *("start", "due", "overdue", "blocked", *_STANDING, "budget", "spent", "hours", "open_risks"),
)

_PRESENCE = ("presence_state", "presence_until")
_OF_PEOPLE = ("id", "name", *_PRESENCE, "working", "duties", "stands_in_for", "teams")
_OF_OWNERS = (
    *("id", "name", *_PRESENCE, "leads", "projects", "routines", "proposed", "ready", "active"),
    *("waiting", "overdue", "open", "load_hours", "load_available"),
)


def _describe_project(overview: Any) -> dict[str, Any]:
    budget, spent = overview.budget, overview.spent
    return {
        **flatten(overview.work),
        "sponsor": overview.sponsor,
        "start": overview.start,
        **{name: getattr(overview, name) for name in _STANDING},
        "budget": f"{budget.amount} {budget.currency}" if budget else "",
        "spent": [f"{sum_.amount} {sum_.currency}" for sum_ in spent.money],
        "hours": spent.hours,
        "open_risks": len(overview.risks),
    }


def _ask(found: Any) -> list[dict[str, Any]]:
    return [
        {"person": person.id, "name": person.name, **flatten(asked)}
        for person in found.people
        for asked in person.asked
    ]


def _raci(sources: Sources) -> msgspec.Struct:
    snapshot = sources.snapshot
    return compute_raci(snapshot, range(len(snapshot.works)), today=sources.today)


_OF_PROMISES = (
    *("id", "title", "workflow", "state", "owner", "assignees", "team", "project"),
    *("clock", "standing", "within", "started", "due"),
)
_OF_OFFERS = (
    *("id", "title", "workflow", "state", "owner", "assignees", "project"),
    *("giver", "receiver", "offered", "within", "due", "late", "commit"),
)
_OF_CLOCKS = ("clock", "standing", "within", "started", "due")


def _list_promises(found: PromisedWorks) -> list[dict[str, Any]]:
    return [
        flatten(each.work) | {name: getattr(each.clock, name) for name in _OF_CLOCKS}
        for each in found.works
    ]


def _list_offers(found: OfferedWorks) -> list[dict[str, Any]]:
    return [flatten(each.work) | flatten(each.offer) for each in found.works]


_OF_DECIDED = (
    *("work", "workflow", "before", "after", "fields", "at", "commit", "verdict", "rules"),
    *("approved_by", "asked", "said", "check"),
)


def _list_decided(found: DecidedSteps) -> list[dict[str, Any]]:
    return [
        flatten(step)
        | {
            "rules": [f"{rule.rule}{'' if rule.met else ' (not met)'}" for rule in step.rules],
            "approved_by": [voice.person for rule in step.rules for voice in rule.given],
            "asked": [each.by for each in step.asked],
        }
        for step in found.steps
    ]


def _list_meanings(found: Glossary) -> list[dict[str, Any]]:
    return [
        {"word": term.word, **flatten(meaning)} for term in found.terms for meaning in term.meanings
    ]


_TABLES = (
    Table(
        "status",
        "status",
        lambda sources: sources.status,
        ("by", *CountRow.__struct_fields__),
        lambda found: [{"by": found.by, **flatten(each)} for each in found.groups],
    ),
    Table(
        "promises",
        "promises",
        lambda sources: PromisedWorks(
            sources.clocks.promises.describe(sources.attention["promises"], sources.today)
        ),
        _OF_PROMISES,
        _list_promises,
    ),
    Table(
        "glossary",
        "glossary",
        lambda sources: compute_glossary(sources.snapshot),
        ("word", *Meaning.__struct_fields__),
        _list_meanings,
    ),
    Table(
        "portfolio",
        "portfolio",
        lambda sources: sources.portfolio,
        _OF_PROJECTS,
        lambda found: [_describe_project(each) for each in found.projects],
    ),
    Table(
        "approvals",
        "approvals",
        lambda sources: compute_waiting_work(sources.snapshot, today=sources.today),
        ("person", "name", *Asked.__struct_fields__),
        _ask,
    ),
    Table(
        "people",
        "who",
        lambda sources: compute_attendance(sources.snapshot, today=sources.today),
        _OF_PEOPLE,
        lambda found: [flatten(each) for each in found.people],
    ),
    Table(
        "owners",
        "owners",
        lambda sources: sources.ownership,
        _OF_OWNERS,
        lambda found: [flatten(each) for each in found.owners],
    ),
    Table(
        "teams",
        "owners",
        lambda sources: sources.ownership,
        TeamRow.__struct_fields__,
        lambda found: [flatten(each) for each in found.teams],
    ),
    Table(
        "policies",
        "policies",
        lambda sources: compute_policy_list(sources.snapshot),
        ("id", "title", "owner", "default", "approvals", "checks", "waivers"),
        lambda found: [flatten(each) for each in found.policies],
    ),
    Table(
        "raci",
        "raci",
        _raci,
        RaciRow.__struct_fields__,
        lambda found: list(map(msgspec.structs.asdict, found.works)),  # for there are thousands
    ),
    Table(
        "workflows",
        "workflow-list",
        lambda sources: compute_workflow_list(sources.snapshot),
        ListedWorkflow.__struct_fields__,
        lambda found: [flatten(each) for each in found.workflows],
    ),
)

_OFFERS = Table(
    "offers",
    "offers",
    lambda sources: OfferedWorks(sources.offers.find_all().works),
    _OF_OFFERS,
    _list_offers,
)
_DECIDED = Table(
    "decided",
    "decided",
    lambda sources: sources.decided,
    _OF_DECIDED,
    _list_decided,
)
