"""The rule ``invisible-character``, which the strict reader applies."""

from plainwork.model.diagnostic import Severity
from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="invisible-character",
    summary="Text holds no invisible characters.",
    remedy=(
        "What cannot be seen cannot be reviewed. It is an error in ids, in names and in the names "
        "of fields and states, where two that look the same would differ."
    ),
    scope=Scope.READING,
    severity=Severity.WARNING,
)
