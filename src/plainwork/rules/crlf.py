"""The rule ``crlf``, which the strict reader applies."""

from plainwork.model.diagnostic import Severity
from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="crlf",
    summary="Lines end with a line feed.",
    remedy=(
        "Mixed ends of lines make whole files differ in a diff. Changes keep them; to be rid of "
        "them, write `* text=auto eol=lf` in `.gitattributes` and run `git add --renormalize .`."
    ),
    scope=Scope.READING,
    severity=Severity.WARNING,
)
