"""The rule ``yaml-tag``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="yaml-tag",
    summary="Front matter has no tags.",
    remedy=(
        "A tag changes what a value is; here its field does that. Remove the tag, or quote "
        "text that begins with `!`."
    ),
    scope=Scope.READING,
)
