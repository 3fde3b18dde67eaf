"""The rule ``missing-field``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="missing-field",
    summary="Required fields are set.",
    remedy=("Without them nobody can tell what the document is or where it stands. Set the field."),
    scope=Scope.READING,
)
