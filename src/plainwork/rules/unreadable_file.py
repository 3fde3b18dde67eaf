"""The rule ``unreadable-file``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="unreadable-file",
    summary="Every folder and file of documents can be read.",
    remedy=(
        "What cannot be read is not checked. Give yourself the permission, or remove what "
        "stands in the way."
    ),
    scope=Scope.READING,
)
