"""The rule ``yaml-key``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="yaml-key",
    summary="Keys are plain or quoted text.",
    remedy=("A list or a map as a key cannot be the name of a field. Write a name."),
    scope=Scope.READING,
)
