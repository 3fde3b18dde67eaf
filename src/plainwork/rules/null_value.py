"""The rule ``null-value``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="null-value",
    summary="An unset value is empty.",
    remedy=(
        "`null` and `~` are text to some and nothing to others. Leave the value empty, or "
        "quote it if the text is meant."
    ),
    scope=Scope.READING,
)
