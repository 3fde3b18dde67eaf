"""The rule ``default-policy``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plainwork.model.snapshot import Snapshot
from plainwork.rules.rule import Found, Rule, Scope


def _check(snapshot: Snapshot, _today: date) -> Iterator[Found]:
    defaults = [policy for policy in snapshot.policies.values() if policy.default]
    if not defaults:
        paths = [policy.path for policy in snapshot.policies.values()]
        message = "no policy is the default, so every change would be rejected"
        yield Found(min(paths, default="plainwork.toml"), message, "write one with `default: true`")
    for policy in defaults[1:]:
        message = f"`{defaults[0].id}` is the default already"
        yield Found(policy.path, message, "remove `default` from one of them", ("default",))
    for policy in defaults:
        if policy.approvals is None:
            message = "the default does not say what changes need"
            hint = "write `approvals`; `[]` means: on purpose, none"
            yield Found(policy.path, message, hint, ("default",))
        for name in policy.applies_to.__struct_fields__:
            if getattr(policy.applies_to, name):
                message = "the default applies to what nothing else names, not to a scope"
                hint = "remove `applies_to`, or write a second policy"
                yield Found(policy.path, message, hint, ("applies_to", name))


RULE = Rule(
    name="default-policy",
    summary="Exactly one policy is the default.",
    remedy=(
        "It applies to each changed field that no transition, field rule or other policy names, "
        "so that nothing is free by oversight. Without it every change is rejected."
    ),
    scope=Scope.WORKSPACE,
    check_workspace=_check,
)
