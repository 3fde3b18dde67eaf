"""The rule ``nesting-too-deep``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="nesting-too-deep",
    summary="Values are nested at most 16 deep.",
    remedy=("Nobody reads deeper, and some programs crash. Flatten the value."),
    scope=Scope.READING,
)
