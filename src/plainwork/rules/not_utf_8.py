"""The rule ``not-utf-8``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="not-utf-8",
    summary="Files are UTF-8.",
    remedy=("Bytes in another encoding look different on every machine. Save the file as UTF-8."),
    scope=Scope.READING,
)
