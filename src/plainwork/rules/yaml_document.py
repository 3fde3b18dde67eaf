"""The rule ``yaml-document``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="yaml-document",
    summary="Front matter is one YAML document.",
    remedy=(
        "What stands behind `...` or another `---` would be read by some programs only. "
        "Remove the marker."
    ),
    scope=Scope.READING,
)
