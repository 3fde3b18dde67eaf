"""The rule ``yaml-anchor``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="yaml-anchor",
    summary="Front matter has no anchors, aliases or merge keys.",
    remedy=(
        "What a value is should be read where it stands, and a few aliases can grow to "
        "gigabytes. Write the value out."
    ),
    scope=Scope.READING,
)
