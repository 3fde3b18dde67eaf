"""The rule ``yaml-directive``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="yaml-directive",
    summary="Front matter has no `%` directives.",
    remedy=("They change how YAML is read. Remove the line, or quote text that begins with `%`."),
    scope=Scope.READING,
)
