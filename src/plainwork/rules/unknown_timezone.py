"""The rule ``unknown-timezone``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="unknown-timezone",
    summary="The time zone exists.",
    remedy=(
        "Days begin and end in it. Use a name of the IANA database, such as Europe/Berlin, or UTC."
    ),
    scope=Scope.READING,
)
