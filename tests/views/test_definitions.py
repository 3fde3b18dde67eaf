"""Workflows and policies in words."""

from datetime import date

from plainwork.model.policy import Check, Policy
from plainwork.model.workflow import Category, Creation, State, Workflow
from plainwork.views.shown_policy import compute_shown_policy
from plainwork.views.workflow_rules import compute_workflow_rules
from support.builders import make_snapshot, make_workflow


def test_a_workflow_says_who_may_see_its_work_and_where_that_of_a_former_state_is() -> None:
    workflow = make_workflow(visibility="restricted", migrate={"triage": "todo"})
    rules = compute_workflow_rules(workflow, make_snapshot())
    assert rules.says == (
        "its work is restricted, unless it says otherwise",
        "what stood in triage stands in todo",
    )


def test_a_state_says_all_of_what_it_creates() -> None:
    creation = Creation(
        key="call",
        workflow="task",
        title="Call {{ title }}",
        team="support",
        assignees=("ada", "bob"),
        rotation=("eve", "kim"),
        due="date + 3bd",
        depends_on=("ask",),
        set={"priority": "high", "labels": ["a", "b"]},
    )
    workflow = Workflow(
        id="ticket",
        path="workflows/ticket.md",
        states=(State("new", Category.READY, creates=(creation,)),),
    )
    rules = compute_workflow_rules(workflow, make_snapshot())
    assert rules.states[0].says == (
        "creates task “Call {{ title }}”, with support, for ada and bob, by turns for eve and kim,"
        " due date + 3bd, after ask, priority: high, labels: [a, b]",
    )


def test_a_policy_says_how_much_a_check_matters_and_since_when() -> None:
    checks = (
        Check("due != null", "A day is needed"),
        Check("owner != null", "An owner is needed", "warning", date(2026, 5, 1)),
    )
    shown = compute_shown_policy(Policy("p", "policies/p.md", "P", checks=checks))
    assert shown.checks == (
        "A day is needed (`due != null`)",
        "An owner is needed (`owner != null`, warning, from 2026-05-01)",
    )
