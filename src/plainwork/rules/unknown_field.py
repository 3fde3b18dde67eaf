"""The rule ``unknown-field``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="unknown-field",
    summary="Every field is known.",
    remedy=(
        "A misspelt field would be ignored silently. Correct it, declare it in the workflow's "
        "`fields`, or begin its name with `x-`."
    ),
    scope=Scope.READING,
)
