"""The rule ``invalid-id``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="invalid-id",
    summary="Ids are short, lower case and plain.",
    remedy=(
        "They stand in file names, links and branches, on systems that differ in case and "
        "encoding. Use lower case letters, digits, `.`, `_` and `-`, at most 64, a letter or "
        "digit first and last."
    ),
    scope=Scope.READING,
)
