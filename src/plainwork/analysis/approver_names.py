"""Which words may stand for an approver: parties and relations (``FORMAT.md``, *Approvals*)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from plainwork.analysis.condition_bindings import condition_types
from plainwork.analysis.relations import CHANGE_RELATIONS, PREFIXES, SUFFIXES
from plainwork.model import field_type as ft
from plainwork.model.policy import Policy
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Workflow
from plainwork.model.workflow_document import custom_type
from plainwork.parsing.near_match import did_you_mean

_PARTIES = frozenset({"party", "person", "team"})
_WORK_KINDS = frozenset({"item", "project", "routine"})
_OF_WORKFLOWS = frozenset({"owner", "team"})


class ApproverNames(msgspec.Struct, frozen=True):
    """The relations that an approver may use.

    Attributes:
        relations: Fields of type party by what stands before them: ``""``, ``project``,
            ``parent`` or ``workflow``.
        transitions: What may follow ``did.``.
    """

    relations: dict[str, frozenset[str]]
    transitions: frozenset[str]

    def find_fault(self, text: str, parties: Iterable[str], *, excluded: bool) -> tuple[str, str]:
        """Return what is wrong with a word that is no party, and a hint; or ``""`` twice.

        Args:
            text: The word.
            parties: Ids of all parties, for the hint.
            excluded: Whether it says who does not count.
        """
        if text in CHANGE_RELATIONS:
            hint = "write `author: true` if making the change is consent enough"
            return ("", "") if excluded else (f"`{text}` can only be excluded", hint)
        words = text.split(".")
        if words[0] == "did":
            name = text.partition(".")[2]
            if name in self.transitions:
                return "", ""
            return f"there is no transition `{name}`", did_you_mean(name, self.transitions)
        prefix = words[0] if words[0] in PREFIXES and len(words) > 1 else ""
        name, *suffixes = words[1:] if prefix else words
        known = self.relations[prefix]
        if name not in known:
            near = did_you_mean(text, [*self.relations[""], *parties])
            if prefix or suffixes:
                near = did_you_mean(name, known)
            return f"`{text}` is neither a party nor a relation here", near
        if len(suffixes) > 1 or not set(suffixes) <= set(SUFFIXES):
            return f"`{text}` leads nowhere", "a relation may end in `.lead` or `.manager`"
        return "", ""


def names_in_workflow(workflow: Workflow, snapshot: Snapshot) -> ApproverNames:
    """Return what the approvers of a workflow may be."""
    return _names((workflow,), (), snapshot)


def names_in_policy(policy: Policy, snapshot: Snapshot) -> ApproverNames:
    """Return what the approvers of a policy may be: what some document in its scope has."""
    scope = policy.applies_to
    kinds = set(scope.kinds)
    chosen = {name.lower() for name in scope.workflows}
    workflows = tuple(
        workflow
        for id_, workflow in snapshot.workflows.items()
        if (not chosen or id_ in chosen) and (not kinds or workflow.kind in kinds)
    )
    others = kinds - _WORK_KINDS if kinds else {"record", "workflow", "policy", "agent", "person"}
    return _names(workflows, () if chosen else others, snapshot)


def _names(
    workflows: Iterable[Workflow], kinds: Iterable[str], snapshot: Snapshot
) -> ApproverNames:
    workflows = tuple(workflows)
    above = tuple(snapshot.workflows.values())
    relations = {
        "": frozenset().union(*map(_party_fields, workflows), *map(_common_party_fields, kinds)),
        "parent": frozenset().union(*map(_party_fields, above)),
        "project": frozenset().union(
            *(_party_fields(each) for each in above if each.kind == "project")
        ),
        "workflow": _OF_WORKFLOWS,
    }
    transitions = (entry.name for workflow in workflows for entry in workflow.transitions)
    return ApproverNames(relations, frozenset(transitions))


def _party_fields(workflow: Workflow) -> frozenset[str]:
    declared = {
        custom.name for custom in workflow.fields if custom.type and _is_party(custom_type(custom))
    }
    return _common_party_fields(workflow.kind) | (declared - condition_types(workflow.kind).keys())


@lru_cache
def _common_party_fields(kind: str) -> frozenset[str]:
    return frozenset(name for name, type_ in condition_types(kind).items() if _is_party(type_))


def _is_party(type_: ft.FieldType) -> bool:
    single = type_.item if isinstance(type_, ft.Many) else type_
    return isinstance(single, ft.Reference) and single.to in _PARTIES
