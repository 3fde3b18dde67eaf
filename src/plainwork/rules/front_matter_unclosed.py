"""The rule ``front-matter-unclosed``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="front-matter-unclosed",
    summary="Front matter ends with a line of exactly `---`.",
    remedy=(
        "Without the second fence there is no telling where the fields end and the text "
        "begins. Add the line."
    ),
    scope=Scope.READING,
)
