"""What other tools call the commands, for those who come from there."""

from difflib import get_close_matches

from plainwork.cli.commands import command_names

_CALLED = {
    "list": ("find", "issues", "ls", "search", "tasks"),
    "next": ("inbox", "mine", "my", "todo"),
    "show": ("cat", "get", "info", "open", "view"),
    "portfolio": ("projects",),
    "who": ("people", "persons", "team", "teams", "users"),
    "new": ("add", "create"),
    "set": ("change", "modify", "update"),
    "move": ("close", "complete", "delete", "done", "drop", "finish", "remove", "rm", "start"),
    "record": ("comment", "note", "track"),
    "check": ("lint", "test", "validate", "verify"),
}
_OTHER_NAMES = {other: name for name, others in _CALLED.items() for other in others}


def suggest_command(word: str) -> str:
    """Return the command that is meant by a word that is none, or ``""``."""
    meant = _OTHER_NAMES.get(word.lower())
    near = get_close_matches(word[:80], command_names(), n=1)
    return meant or (near[0] if near else "")
