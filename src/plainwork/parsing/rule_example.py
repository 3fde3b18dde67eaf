"""Examples of rules: small workspaces in the txtar format, and what a check says of them."""

from __future__ import annotations

import re

import msgspec

_FILE = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
_REPORT = "expected"


class RuleExample(msgspec.Struct, frozen=True):
    """One example.

    Attributes:
        name: Its name among the examples of its rule.
        comment: What it shows, in a sentence.
        commands: What was done to the files, in a shell.
        files: Path to text; what is not about the matter is left out.
        report: What `plainwork check` says.
    """

    name: str
    comment: str
    commands: tuple[str, ...]
    files: dict[str, str]
    report: str

    def breaks(self, rule: str) -> bool:
        """Whether it breaks a rule."""
        return f"[{rule}]" in self.report


def parse_rule_example(name: str, text: str) -> RuleExample:
    """Read an example.

    Args:
        name: What to call it.
        text: The comment, with a line `$ command` for each command, and the files; the last of
            them, `expected`, is the report.
    """
    head, *parts = _FILE.split(text)
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    return RuleExample(
        name=name,
        comment=_COMMAND.sub("", head).strip(),
        commands=tuple(_COMMAND.findall(head)),
        report=files.pop(_REPORT, ""),
        files=files,
    )
