"""The rule ``wrong-type``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="wrong-type",
    summary="A value is what its field can hold.",
    remedy=(
        "Values are read strictly and never guessed: `1.5.2026` might be January or May. "
        "Write the value as the message says."
    ),
    scope=Scope.READING,
)
