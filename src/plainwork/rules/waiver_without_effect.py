"""The rule ``waiver-without-effect``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.near_match import did_you_mean
from plainwork.parsing.quantities import parse_date
from plainwork.rules.rule import Found, Rule, Scope


def _check(before: Snapshot, after: Snapshot, today: date) -> Iterator[Found]:
    known = {document.id.lower() for document in before.record_documents}
    for record in after.records:
        if record.kind == "waiver" and record.id.lower() not in known:
            until = parse_date(str(record.details.get("until", "")))
            if until is not None and until < today:
                hint = "name a day that is yet to come"
                yield Found(record.path, f"its last day, {until}, is over", hint, ("until",))
            message, hint = _find_fault(record, before)
            if message:
                yield Found(record.path, message, hint, ("of",))


def _find_fault(record: Record, base: Snapshot) -> tuple[str, str]:
    subject = str(record.details.get("of", ""))
    policy = base.policies.get(subject.lower())
    if policy is not None:
        message = f"policy {policy.id} grants no exceptions" if not policy.waivers else ""
        return message, "ask its owner to say under `waivers` who may grant them"
    id_, _, name = subject.partition(".")
    workflow = base.workflows.get(id_.lower())
    if workflow is not None and workflow.transition(name) is not None:
        return "", ""
    from plainwork.rules import BUILT_IN  # which this rule is a part of

    if any(rule.name == subject for rule in BUILT_IN):
        return "", ""
    hint = did_you_mean(subject, base.policies) or "name a policy, rule or `workflow.transition`"
    return f"there is nothing called `{subject}` to be excepted from", hint


RULE = Rule(
    name="waiver-without-effect",
    summary="A new waiver is for something that can be waived, and for days to come.",
    remedy=(
        "An exception counts only if the policy says under `waivers` who may grant it, and until "
        "its last day. Correct the record before it is merged; later it cannot be edited."
    ),
    scope=Scope.CHANGE,
    check_change=_check,
)
