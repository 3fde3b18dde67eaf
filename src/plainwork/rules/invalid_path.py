"""The rule ``invalid-path``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="invalid-path",
    summary="Names of files can be shown and typed.",
    remedy=(
        "A name with control characters or broken encoding cannot be checked out everywhere. "
        "Rename the file."
    ),
    scope=Scope.READING,
)
