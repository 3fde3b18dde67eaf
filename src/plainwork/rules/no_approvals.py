"""The rule ``no-approvals``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    policies = snapshot.policies.values()
    default = next((policy for policy in policies if policy.default), None)
    if default is None or default.approvals is None:
        return  # default-policy tells it
    if not any(policy.approvals for policy in policies):
        message = "no policy asks for an approval, so anybody may change anything"
        hint = "when more people join, let `governance` approve changes of the rules"
        yield Found(default.path, message, hint, ("approvals",))


RULE = Rule(
    name="no-approvals",
    summary="Some policy asks for an approval.",
    remedy=(
        "For one person, or at the beginning, that is fine. Later the rules themselves should not "
        "be changed by anybody alone: `plainwork init --template software-team` shows policies."
    ),
    scope=Scope.WORKSPACE,
    severity=Severity.INFO,
    check_workspace=_check,
)
