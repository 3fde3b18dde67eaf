"""The rule ``unknown-option``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="unknown-option",
    summary="A choice is one of its options.",
    remedy=(
        "Lists and boards would show the odd word as something of its own. Use one of the "
        "words that the message names."
    ),
    scope=Scope.READING,
)
