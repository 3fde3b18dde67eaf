"""The rule ``lone-value``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="lone-value",
    summary="A list is written as a list.",
    remedy=(
        "`labels: a, b` might be one label or two. Write `[a, b]`; `check --fix` puts "
        "brackets around a lone value."
    ),
    scope=Scope.READING,
    fixable=True,
)
