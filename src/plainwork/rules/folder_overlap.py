"""The rule ``folder-overlap``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="folder-overlap",
    summary="Each folder holds one kind of document.",
    remedy=(
        "Otherwise nobody could tell what a file in it is. Name another folder in `[folders]`."
    ),
    scope=Scope.READING,
)
