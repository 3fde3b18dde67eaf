"""``plainwork check``: what is wrong with a workspace."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from plainwork.cli.context import (
    AtOption,
    CommitOption,
    DryRunOption,
    Invocation,
    TodayOption,
    choose_format,
    invocation,
)
from plainwork.cli.output import find_screen, write_lines, write_notice
from plainwork.cli.paths import choose_paths, from_here
from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.model.snapshot import Snapshot
from plainwork.storage.checking import document_paths, load_check

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH]...", help="Report on these files and folders alone."),
]
FixOption = Annotated[bool, typer.Option("--fix", help="Mend what has one right answer first.")]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE|REV", help="Judge what has changed since, too.")
]
CheckFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|sarif|github|junit", help="How to print.")
]


def check(
    context: typer.Context,
    paths: PathsArgument = None,
    *,
    fix: FixOption = False,
    since: SinceOption = "",
    at: AtOption = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    format_: CheckFormatOption = "text",
    today: TodayOption = "",
) -> int:
    """Say what is wrong, with file, line and column; the exit code is 1 if there are errors.

    The whole workspace is checked, even if only a part of it is reported. More of a rule, with
    an example, says `plainwork explain RULE`.

    For example: plainwork check work/ --since main
    """
    choose_format(format_, "text", "json", "sarif", "github", "junit")
    if at and (fix or since):
        message = "--at looks at the past; it goes neither with --fix nor with --since"
        raise UsageError(message)
    call = invocation(context)
    is_chosen = choose_paths(call, paths or ())
    if fix:
        from plainwork.cli.changing import Manner
        from plainwork.cli.fixing import fix_workspace

        fix_workspace(context, is_chosen, Manner(dry_run, commit, today))
        if dry_run:
            return 0
    elif dry_run or commit:
        message = "a check changes nothing: --dry-run and --commit go with --fix"
        raise UsageError(message)
    snapshot, found = _load(context, since, at, today)
    diagnostics = [diagnostic for diagnostic in found if is_chosen(diagnostic.location.path)]
    _write_report(call, diagnostics, sum(map(is_chosen, document_paths(snapshot))), format_)
    if format_ == "text" and not fix:
        _offer_fix(diagnostics)
    return int(any(found.severity is Severity.ERROR for found in diagnostics))


def _load(
    context: typer.Context, since: str, at: str, today: str
) -> tuple[Snapshot, Sequence[Diagnostic]]:
    call = invocation(context)
    if at:
        from plainwork.cli.viewing import Sight

        sight = Sight(context, at=at, today=today)
        return sight.snapshot, sight.check()
    before = call.load(since) if since else None
    snapshot = call.load()
    day = call.today(today, snapshot)
    return snapshot, load_check(call.root, snapshot, day, before=before)


def _write_report(
    call: Invocation, diagnostics: Sequence[Diagnostic], documents: int, format_: str
) -> None:
    """Print diagnostics; only the modules of one format are loaded."""
    if format_ == "json":
        from plainwork.reporting.diagnostics_json import format_json

        sys.stdout.write(format_json(diagnostics, documents=documents))
    elif format_ == "sarif":
        from plainwork import __version__
        from plainwork.reporting.sarif import format_sarif
        from plainwork.rules import BUILT_IN

        placed = _from_top(call, diagnostics)
        sys.stdout.write(format_sarif(placed, rules=BUILT_IN, version=__version__))
    elif format_ == "github":
        from plainwork.reporting.github_annotations import format_github_annotations

        write_lines(format_github_annotations(_from_top(call, diagnostics)))
    elif format_ == "junit":
        from plainwork.reporting.junit import format_junit

        sys.stdout.write(format_junit(diagnostics, documents=documents))
    else:
        from plainwork.reporting.diagnostics_text import format_text

        color = find_screen().color
        placed = from_here(call, diagnostics)
        write_lines(format_text(placed, documents=documents, color=color))


def _from_top(call: Invocation, diagnostics: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Return diagnostics with paths from the top of the repository, which forges ask for."""
    import msgspec

    from plainwork.storage.git_folder import find_git_folder

    git = find_git_folder(call.root)
    place = call.root.resolve().relative_to(git.worktree).as_posix() if git else "."
    if place == ".":
        return diagnostics
    return [
        msgspec.structs.replace(
            found,
            location=msgspec.structs.replace(found.location, path=f"{place}/{found.location.path}"),
        )
        for found in diagnostics
    ]


def _offer_fix(diagnostics: Sequence[Diagnostic]) -> None:
    from plainwork.rules import BUILT_IN

    fixable = {rule.name for rule in BUILT_IN if rule.fixable}
    if any(found.rule in fixable for found in diagnostics):
        write_notice("`plainwork check --fix` mends some of it; `--dry-run` shows how")


COMMAND = check
