"""The rule ``duplicate-key``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="duplicate-key",
    summary="A key stands once.",
    remedy=(
        "Most programs would silently keep one of the two values, and a reviewer cannot tell "
        "which. Remove one."
    ),
    scope=Scope.READING,
)
