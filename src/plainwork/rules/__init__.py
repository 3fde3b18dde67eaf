"""The rules that ``plainwork check`` applies, and how they are applied.

To add a rule: write one module, add it to :data:`BUILT_IN`, and give it a folder of examples
under ``tests/rules/``.
"""

from collections.abc import Mapping
from datetime import date

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import Surroundings
from plainwork.model.workflow import Workflow
from plainwork.rules import (
    absent_party,
    account_without_id,
    agent_approver,
    agent_owner,
    agent_without_owner,
    ambiguous_transition,
    approval_count,
    approval_form,
    byte_order_mark,
    changed_id,
    closed_parent,
    condition_on_unset,
    control_character,
    creation_cycle,
    creation_fields,
    creation_keys,
    crlf,
    dates_reversed,
    default_policy,
    delegation_to_oneself,
    deleted_open_work,
    departed_assignee,
    departed_party,
    dependency_cycle,
    dropped_dependency,
    duplicate_account,
    duplicate_email,
    duplicate_id,
    duplicate_key,
    edited_record,
    empty_record,
    endless_clock,
    field_definition,
    file_too_large,
    folder_overlap,
    forbidden_transition,
    front_matter_missing,
    front_matter_unclosed,
    gate_bypass,
    id_clash,
    incomplete_routine,
    invalid_condition,
    invalid_id,
    invalid_path,
    invalid_policy_condition,
    invalid_recurrence,
    invalid_template,
    invalid_view,
    invisible_character,
    lone_value,
    manager_cycle,
    migrated_state,
    missing_attachment,
    missing_field,
    nesting_too_deep,
    no_approvals,
    no_way_to_an_end,
    not_a_regular_file,
    not_utf_8,
    null_value,
    open_dependency,
    out_of_range,
    owner_not_human,
    parent_cycle,
    policy_check,
    policy_scope,
    project_mismatch,
    removed_state,
    reserved_name,
    service_level_percent,
    settings_syntax,
    stale_reason,
    tab_indentation,
    team_cycle,
    team_without_lead,
    transition_to_itself,
    undeclared_field,
    undeclared_state,
    unknown_approver,
    unknown_calendar,
    unknown_field,
    unknown_option,
    unknown_party,
    unknown_permission,
    unknown_region,
    unknown_state,
    unknown_timezone,
    unknown_work,
    unknown_workflow,
    unknown_workspace,
    unmeetable_approval,
    unmet_guard,
    unnamed_creator,
    unnamed_stakeholder,
    unowned,
    unportable_recurrence,
    unreachable_state,
    unreachable_target,
    unreadable_file,
    unsaid_maker,
    waiver_without_effect,
    wip_limit_on_end,
    workflow_without_states,
    wrong_reference,
    wrong_type,
    yaml_anchor,
    yaml_directive,
    yaml_document,
    yaml_key,
    yaml_syntax,
    yaml_tag,
)
from plainwork.rules.rule import Rule, Scope

__all__ = [
    "BUILT_IN",
    "Rule",
    "Scope",
    "check_change",
    "check_document",
    "check_surroundings",
    "check_workspace",
]

BUILT_IN: tuple[Rule, ...] = (
    # How files are written
    front_matter_missing.RULE,
    front_matter_unclosed.RULE,
    yaml_syntax.RULE,
    duplicate_key.RULE,
    yaml_anchor.RULE,
    yaml_tag.RULE,
    yaml_directive.RULE,
    yaml_document.RULE,
    yaml_key.RULE,
    nesting_too_deep.RULE,
    tab_indentation.RULE,
    file_too_large.RULE,
    not_utf_8.RULE,
    control_character.RULE,
    invisible_character.RULE,
    byte_order_mark.RULE,
    crlf.RULE,
    not_a_regular_file.RULE,
    unreadable_file.RULE,
    invalid_path.RULE,
    # Fields
    unknown_field.RULE,
    missing_field.RULE,
    null_value.RULE,
    wrong_type.RULE,
    out_of_range.RULE,
    unknown_option.RULE,
    lone_value.RULE,
    # plainwork.toml
    settings_syntax.RULE,
    folder_overlap.RULE,
    unknown_timezone.RULE,
    unknown_region.RULE,
    unknown_calendar.RULE,
    invalid_view.RULE,
    # Identity
    invalid_id.RULE,
    duplicate_id.RULE,
    id_clash.RULE,
    reserved_name.RULE,
    # References
    unknown_party.RULE,
    unknown_work.RULE,
    unknown_workflow.RULE,
    unknown_state.RULE,
    unknown_workspace.RULE,
    wrong_reference.RULE,
    missing_attachment.RULE,
    # Structure
    parent_cycle.RULE,
    dependency_cycle.RULE,
    project_mismatch.RULE,
    closed_parent.RULE,
    open_dependency.RULE,
    dropped_dependency.RULE,
    # Ownership
    unowned.RULE,
    owner_not_human.RULE,
    agent_owner.RULE,
    agent_approver.RULE,
    agent_without_owner.RULE,
    team_without_lead.RULE,
    departed_party.RULE,
    unsaid_maker.RULE,
    unnamed_stakeholder.RULE,
    # Dates
    dates_reversed.RULE,
    # Parties
    team_cycle.RULE,
    manager_cycle.RULE,
    account_without_id.RULE,
    duplicate_account.RULE,
    duplicate_email.RULE,
    # Workflows
    workflow_without_states.RULE,
    undeclared_state.RULE,
    migrated_state.RULE,
    unreachable_state.RULE,
    no_way_to_an_end.RULE,
    ambiguous_transition.RULE,
    transition_to_itself.RULE,
    undeclared_field.RULE,
    field_definition.RULE,
    invalid_condition.RULE,
    condition_on_unset.RULE,
    wip_limit_on_end.RULE,
    service_level_percent.RULE,
    endless_clock.RULE,
    unreachable_target.RULE,
    # Approvals
    approval_form.RULE,
    approval_count.RULE,
    unknown_approver.RULE,
    unmeetable_approval.RULE,
    gate_bypass.RULE,
    # Policies
    default_policy.RULE,
    policy_scope.RULE,
    invalid_policy_condition.RULE,
    policy_check.RULE,
    no_approvals.RULE,
    # Routines, and work that is created
    invalid_recurrence.RULE,
    unportable_recurrence.RULE,
    incomplete_routine.RULE,
    invalid_template.RULE,
    creation_keys.RULE,
    creation_fields.RULE,
    creation_cycle.RULE,
    departed_assignee.RULE,
    unnamed_creator.RULE,
    # Agents, delegates and records
    unknown_permission.RULE,
    delegation_to_oneself.RULE,
    empty_record.RULE,
    # Changes
    forbidden_transition.RULE,
    unmet_guard.RULE,
    stale_reason.RULE,
    changed_id.RULE,
    deleted_open_work.RULE,
    absent_party.RULE,
    edited_record.RULE,
    removed_state.RULE,
    waiver_without_effect.RULE,
)
"""Every rule, in the order of the catalogue."""

_OF_DOCUMENTS = tuple(
    (rule, rule.check_document) for rule in BUILT_IN if rule.check_document is not None
)


def check_document(
    document: Document, workflows: Mapping[str, Workflow], settings: Settings
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with one document by itself, lines still to be found."""
    if not document.readable:
        return ()
    return tuple(
        rule.diagnostic(found)
        for rule, check in _OF_DOCUMENTS  # chosen once, because documents are many
        for found in check(document, workflows, settings)
    )


def check_workspace(snapshot: Snapshot, today: date) -> tuple[Diagnostic, ...]:
    """Return what is wrong with all documents together, lines still to be found."""
    return tuple(
        rule.diagnostic(found)
        for rule in BUILT_IN
        if rule.check_workspace is not None
        for found in rule.check_workspace(snapshot, today)
    )


def check_surroundings(snapshot: Snapshot, surroundings: Surroundings) -> tuple[Diagnostic, ...]:
    """Return what is wrong with documents beside other branches and files."""
    return tuple(
        rule.diagnostic(found)
        for rule in BUILT_IN
        if rule.check_surroundings is not None
        for found in rule.check_surroundings(snapshot, surroundings)
    )


def check_change(before: Snapshot, after: Snapshot, today: date) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a change, lines (of what is there after it) still to be found."""
    return tuple(
        rule.diagnostic(found)
        for rule in BUILT_IN
        if rule.check_change is not None
        for found in rule.check_change(before, after, today)
    )
