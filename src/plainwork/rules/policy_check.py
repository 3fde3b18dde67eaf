"""The rule ``policy-check``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plainwork.analysis.condition import Bindings
from plainwork.analysis.policy_scope import covers_kind, covers_path
from plainwork.analysis.waivers import Waivers
from plainwork.model.diagnostic import Severity
from plainwork.model.document import Document
from plainwork.model.policy import Check, Policy
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.rules.rule import Found, Rule, Scope

_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
}


def _check(snapshot: Snapshot, today: date) -> Iterator[Found]:
    policies = [policy for policy in snapshot.policies.values() if _checks(policy, today)]
    if not policies:
        return
    from plainwork.analysis.document_conditions import Conditions  # CEL costs start-up time

    conditions, waivers = Conditions(snapshot, today), Waivers(snapshot, today)
    for document, chosen in _documents_in_scope(policies, snapshot):
        for policy, check, problem in _find_broken(conditions.bind(document), chosen, today):
            message = f"{check.message} ({problem})" if problem else check.message
            severity = _SEVERITIES[check.severity]
            waiver = waivers.find(policy, document)
            if waiver is not None:
                message = f"{message}; waived until {waiver.until}: {waiver.reason}"
                severity = Severity.INFO
            hint = f"policy {policy.id} requires `{check.require}`"
            yield Found(document.path, message, hint, _place(document, check), severity)


def _checks(policy: Policy, today: date) -> list[Check]:
    return [check for check in policy.checks if check.first is None or check.first <= today]


def _documents_in_scope(
    policies: Sequence[Policy], snapshot: Snapshot
) -> Iterator[tuple[Work | Document, Sequence[Policy]]]:
    by_type: dict[tuple[str, str], list[Policy]] = {}
    for document in (*snapshot.works, *snapshot.definitions, *snapshot.record_documents):
        if isinstance(document, Document) and not document.readable:
            continue
        key = (document.kind, document.workflow if isinstance(document, Work) else "")
        if key not in by_type:
            by_type[key] = [each for each in policies if covers_kind(each.applies_to, (document,))]
        chosen = [each for each in by_type[key] if covers_path(each.applies_to, (document.path,))]
        if chosen:
            yield document, chosen


def _find_broken(
    names: Bindings, policies: Sequence[Policy], today: date
) -> Iterator[tuple[Policy, Check, str]]:
    """Yield each check that a document does not fulfil, and why it cannot be judged, or ``""``."""
    from plainwork.analysis.condition import ConditionError, evaluate

    for policy in policies:
        when = policy.applies_to.when
        if when and evaluate(when, names) is False:
            continue
        for check in _checks(policy, today):
            holds = evaluate(check.require, names)
            if isinstance(holds, ConditionError):
                yield policy, check, holds.message
            elif not holds:
                yield policy, check, ""


def _place(document: Work | Document, check: Check) -> tuple[str, ...]:
    """Return the first field of the document that the check speaks of."""
    from plainwork.analysis.condition import ConditionError, compile_expression

    expression = compile_expression(check.require)
    names = () if isinstance(expression, ConditionError) else expression.names
    return next(((name,) for name in names if name in document.fields), ())


RULE = Rule(
    name="policy-check",
    summary="Documents fulfil what policies demand of them.",
    remedy=(
        "The policy says why, and its owner can tell you more. If it cannot be fulfilled for some "
        "time, ask for a waiver: `plainwork record waiver`."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
