"""``plainwork audit``: which changes of a branch the rules allowed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plainwork.cli.context import Invocation, choose_format, invocation
from plainwork.cli.output import Progress, find_screen, write_json, write_lines, write_notice

if TYPE_CHECKING:
    from plainwork.approvals.audit import Audit
    from plainwork.forge.detect import Job
    from plainwork.serving.auditing import Branch

_HEADS = "refs/heads/"

RangeArgument = Annotated[
    str,
    typer.Argument(metavar="[RANGE]", help="REV, or A..B: what came after A; else everything."),
]
RefOption = Annotated[
    str, typer.Option("--ref", metavar="BRANCH", help="The branch whose history it is.")
]
KeepOption = Annotated[
    bool, typer.Option("--keep", help="Ask the forge about new commits; keep its word as notes.")
]
AuditFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|csv|html", help="How to print.")
]


def audit(
    context: typer.Context,
    range_: RangeArgument = "",
    *,
    ref: RefOption = "",
    keep: KeepOption = False,
    format_: AuditFormatOption = "text",
) -> int:
    """Replay the history of a branch: which changes were decided, and which came in without proof.

    Every change is decided again by the rules of the commit before it, on what Git notes keep
    (refs/notes/plainwork). Direct pushes, merges by hand and approvals of something else are
    unproven; the exit code is 1 if there are any. In CI, --keep asks the forge about the commits
    since the last note, keeps its word as notes, and looks at these only. html is to be printed.

    For example: plainwork audit v1..main --format html > audit.html
    """
    choose_format(format_, "text", "json", "csv", "html")
    from plainwork.cli.forge_access import find_ci_job

    call = invocation(context)
    job = find_ci_job() if keep else None
    branch = _load_branch(call.root, range_, ref, job)
    if keep:
        branch = _keep(call, branch, job)
    from plainwork.serving.auditing import load_audit
    from plainwork.serving.older_rules import load_older_rules

    warnings = load_older_rules(call.root, branch)
    found = load_audit(call.root, branch, Progress("Deciding again"), warnings)
    _write(found, format_)
    return int(found.unproven > 0)


def _load_branch(root: Path, range_: str, ref: str, job: Job | None) -> Branch:
    from plainwork.serving.auditing import load_branch
    from plainwork.storage.git_questions import (
        load_branch_name,
        load_default_branch,
        load_tip_name,
    )
    from plainwork.storage.source_repository import resolve_revision

    since, _, until = range_.rpartition("..")
    default = load_default_branch(root)
    named = ref or (job.ref if job else "") or load_branch_name(root, until) or default
    branch = named.removeprefix(_HEADS)
    first = resolve_revision(root, since) if since else ""
    last = resolve_revision(root, until or load_tip_name(root, branch))
    return load_branch(root, _HEADS + branch, first, last)


def _keep(call: Invocation, branch: Branch, job: Job | None) -> Branch:
    """Keep what the forge says of new commits; return the branch with these only."""
    from plainwork.cli.forge_access import open_access
    from plainwork.serving.keeping import find_new, keep_decisions

    new = find_new(call.root, branch)
    if new:
        access = open_access(call, job)
        for kept in keep_decisions(call.root, access.forge, access.remote, branch, new):
            write_notice(f"kept what was decided about #{kept.pull} with {kept.commit[:10]}")
    from msgspec.structs import replace

    return replace(branch, commits=new)


def _write(found: Audit, format_: str) -> None:
    if format_ == "json":
        write_json("audit", found)
    elif format_ == "csv":
        from plainwork.reporting.audit_csv import format_audit_csv

        sys.stdout.write(format_audit_csv(found))
    elif format_ == "html":
        from plainwork.reporting.audit_html import render_audit
        from plainwork.storage.resources import find_resource

        template = (find_resource("site") / "audit.html").read_text("utf-8")
        sys.stdout.write(render_audit(found, template))
    else:
        from plainwork.reporting.audit_text import format_audit

        screen = find_screen()
        write_lines(format_audit(found, width=screen.width, color=screen.color))


COMMAND = audit
