"""The rule ``unknown-region``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="unknown-region",
    summary="The public holidays of a region that is named are known.",
    remedy=(
        "Otherwise business days would be counted on them. Use a code of ISO 3166 such as DE or "
        "DE-SH, or list the dates."
    ),
    scope=Scope.READING,
)
