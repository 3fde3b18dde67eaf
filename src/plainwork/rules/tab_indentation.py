"""The rule ``tab-indentation``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="tab-indentation",
    summary="Lines are indented with blanks.",
    remedy=(
        "YAML forbids tabs for indentation, because nobody sees how wide they are. Use two blanks."
    ),
    scope=Scope.READING,
)
