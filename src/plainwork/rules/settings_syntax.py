"""The rule ``settings-syntax``, which the strict reader applies."""

from plainwork.rules.rule import Rule, Scope

RULE = Rule(
    name="settings-syntax",
    summary="`plainwork.toml` is TOML.",
    remedy=("Until it can be read, all settings have their defaults. Correct the line."),
    scope=Scope.READING,
)
