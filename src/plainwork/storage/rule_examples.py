"""The examples of rules, which are their tests and come with plainwork as its documentation."""

from plainwork.parsing.rule_example import RuleExample, parse_rule_example
from plainwork.storage.resources import find_resource


def load_rule_examples(rule: str) -> tuple[RuleExample, ...]:
    """Return the examples of a rule, sorted by name.

    Raises:
        StorageError: If the installation is damaged.
    """
    folder = find_resource("tests/rules")
    return tuple(
        parse_rule_example(file.stem, file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob(f"{rule}/*.txt"))
    )
