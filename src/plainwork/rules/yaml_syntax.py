"""The rule ``yaml-syntax``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="yaml-syntax",
    summary="Front matter is YAML: lines of `key: value`.",
    remedy=(
        "Quote text that holds `: ` or ` #`, or that begins with a character that means "
        "something to YAML."
    ),
    scope=Scope.READING,
)
