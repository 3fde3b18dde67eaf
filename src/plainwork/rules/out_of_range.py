"""The rule ``out-of-range``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="out-of-range",
    summary="A value lies within its bounds.",
    remedy=("A number, a time or a list beyond them means nothing here. Correct it."),
    scope=Scope.READING,
)
