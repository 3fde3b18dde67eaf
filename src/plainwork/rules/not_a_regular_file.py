"""The rule ``not-a-regular-file``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="not-a-regular-file",
    summary="A document is a regular file.",
    remedy=(
        "Links lead out of the workspace or make one document two, and submodules are read by "
        "nobody. Put the file itself there."
    ),
    scope=Scope.READING,
)
