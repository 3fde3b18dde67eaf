"""The rule ``byte-order-mark``, which the strict reader applies."""

from plainwork.model.diagnostic import Severity
from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="byte-order-mark",
    summary="A file does not begin with a byte-order mark.",
    remedy=(
        "UTF-8 needs none, and it makes every tool that compares bytes see a difference. Changes "
        "keep it; to be rid of it, save the file without it."
    ),
    scope=Scope.READING,
    severity=Severity.WARNING,
)
