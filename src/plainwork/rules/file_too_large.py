"""The rule ``file-too-large``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="file-too-large",
    summary="A file has at most 1 MiB.",
    remedy=(
        "Work is text that people read. Put large content into a file of its own and name it "
        "in `attachments`."
    ),
    scope=Scope.READING,
)
