"""Every command in one table, so that help and dispatch import nothing else.

A row is the command's name, the module that holds it (with a function or Typer app named
``COMMAND``) and what it does, in the words of ``plainwork --help``.
"""

COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Start": {
        "demo": ("demo", "make a complete example workspace and look around in it"),
        "init": ("init", "start a workspace from a template"),
        "import": ("import_", "bring work in from other tools"),
    },
    "Look": {
        "status": ("status", "where all work stands, and what needs attention"),
        "list": ("list", "work that a query finds"),
        "next": ("next", "what to do next"),
        "show": ("show", "one document with all that belongs to it"),
        "board": ("board", "work in columns, a state each"),
        "log": ("log", "what happened to work, when and by whom"),
        "flow": ("flow", "how work flows: how many, how fast, and where time goes"),
        "forecast": ("forecast", "when work will be finished, and how much of it by then"),
        "handoffs": ("handoffs", "what passes from team to team, and how long it waits"),
        "friction": ("friction", "where time is lost: by state, team, approver and blocker"),
        "reliability": ("reliability", "are promises kept: routines, clocks, forecasts"),
        "owners": ("owners", "who is accountable for what, and how much it is"),
        "portfolio": ("portfolio", "one row a project"),
        "raci": ("raci", "who does, owns, advises and is informed"),
        "who": ("who", "who is there, who is away, who stands in"),
        "workflow": ("workflow", "workflows in words and pictures; are they sound"),
    },
    "Change": {
        "new": ("new", "create work, a party, a policy or a workflow"),
        "set": ("set", "change fields, and nothing else in the file"),
        "move": ("move", "make a transition, if its guards hold"),
        "why": ("why", "every guard between here and there: met, or who can meet it"),
        "assign": ("assign", "say who does it"),
        "edit": ("edit", "open a document in your editor, and check it afterwards"),
        "block": ("block", "say what work waits for"),
        "unblock": ("unblock", "work waits no longer"),
        "handoff": ("handoff", "offer work to another team"),
        "accept": ("accept", "accept work that was handed over"),
        "reject": ("reject", "reject work that was handed over"),
        "tick": ("tick", "create what routines owe; running it twice changes nothing"),
        "record": ("record", "add an update, time spent, a measure, a waiver, …"),
    },
    "Approve": {
        "gate": ("gate", "may this change be merged, and who must still agree"),
        "approvals": ("approvals", "what waits for whose approval"),
        "audit": ("audit", "which changes were decided, and which came in without proof"),
        "approve": ("approve", "what you would agree to, and the line that says so"),
    },
    "Publish": {
        "export": ("export", "what happened, for process mining and spreadsheets"),
        "site": ("site", "the site on which everybody sees how work stands"),
    },
    "Check": {
        "check": ("check", "what is wrong, with file and line"),
        "explain": ("explain", "a rule, with an example and its remedy"),
        "codeowners": ("codeowners", "write CODEOWNERS from the rules, for the forge to invite"),
        "doctor": ("doctor", "can the workspace and its forge enforce what the rules say"),
        "schema": ("schema", "JSON Schemas for editors and for every output"),
    },
}
"""Group to command name to (module, summary)."""


def find_command(name: str) -> str | None:
    """Return the module of a command, or None."""
    for group in COMMANDS.values():
        if name in group:
            return group[name][0]
    return None


def command_names() -> list[str]:
    """Return the names of all commands."""
    return [name for group in COMMANDS.values() for name in group]


def format_help() -> str:
    """Return what ``plainwork --help`` prints."""
    lines = [
        "Usage: plainwork [OPTION]... COMMAND [ARGUMENT]...",
        "",
        "Work management as plain text in Git.",
    ]
    for title, group in COMMANDS.items():
        lines += ["", f"{title}:"]
        lines += [f"  {name:<10} {summary}" for name, (_, summary) in group.items()]
    lines += [
        "",
        "Options:",
        "  -C DIR          begin in DIR instead of the current folder",
        "  --mapping FILE  look back on what another tool wrote there, such as `kep`",
        "  --version       print the version",
        "  --help          print this; `plainwork COMMAND --help` says more of one",
        "",
        "Begin with `plainwork demo`, or with `plainwork init` in your own repository.",
        "",
    ]
    return "\n".join(lines)
