"""The rule ``front-matter-missing``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="front-matter-missing",
    summary="A document begins with front matter.",
    remedy=(
        "The first line is exactly `---`; nothing stands before it. A file that is no "
        "document is named README.md, begins with `.` or `_`, or lies outside the folders of "
        "documents."
    ),
    scope=Scope.READING,
)
