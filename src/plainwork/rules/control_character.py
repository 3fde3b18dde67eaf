"""The rule ``control-character``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="control-character",
    summary="Front matter holds no control characters.",
    remedy=(
        "Some end a line for the program, but not for the reviewer, and so hide a field. "
        "Remove them, also where they are written as escapes."
    ),
    scope=Scope.READING,
)
