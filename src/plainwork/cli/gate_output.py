"""Printing decisions: for people, for machines, for a CI job."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.model.decision import Verdict
from plainwork.serving.deciding import Judged, describe_judged

_EXIT_CODES = {
    Verdict.APPROVED: 0,
    Verdict.WAITING: 1,
    Verdict.REJECTED: 1,
    Verdict.ERROR: 2,
}


def exit_code(judged: Sequence[Judged]) -> int:
    """Return 0 if all changes are approved, 2 if one could not be decided, else 1."""
    return max((_EXIT_CODES[each.verdict] for each in judged), default=0)


def write_judged(judged: Sequence[Judged], format_: str) -> None:
    """Print decisions.

    Args:
        judged: The changes, decided.
        format_: ``text``, ``json``, ``markdown`` or ``github``.
    """
    {"json": write_json_decisions, "markdown": _write_markdown, "github": _write_for_job}.get(
        format_, _write_text
    )(judged)


def _write_text(judged: Sequence[Judged]) -> None:
    from plainwork.reporting.gate_text import format_decision

    screen = find_screen()
    shown = [each for change in judged for each in describe_judged(change)]
    for at, each in enumerate(shown):
        write_lines([""] if at else [])
        write_lines(format_decision(each, width=screen.width, color=screen.color))
    if not shown:
        write_lines(["No pull request is open."])


def write_json_decisions(judged: Sequence[Judged]) -> None:
    """Print decisions as JSON: one as it is kept, several under one name."""
    from plainwork.reporting.envelope import document_to_json
    from plainwork.views.decisions import Decisions

    decisions = tuple(decision for change in judged for decision in change.decisions)
    if len(decisions) == 1:
        sys.stdout.write(document_to_json(decisions[0]))
    else:
        write_json("decisions", Decisions(decisions))


def _write_markdown(judged: Sequence[Judged]) -> None:
    sys.stdout.write(_render(judged))


def _write_for_job(judged: Sequence[Judged]) -> None:
    """Print remarks beside the changed lines; hand the rest on in the runner's files."""
    from plainwork.approvals.verdict import combine
    from plainwork.cli.job_files import write_job_files
    from plainwork.reporting.gate_annotations import format_annotations
    from plainwork.views.remarks import compute_remarks

    for change in judged:
        for shown in describe_judged(change):
            write_lines(format_annotations(compute_remarks(shown)))
    decisions = [decision for change in judged for decision in change.decisions]
    outputs = {"verdict": combine(decisions).value if decisions else "approved"}
    write_job_files(_render(judged), outputs)


def _render(judged: Sequence[Judged]) -> str:
    from plainwork.reporting.gate_markdown import render_decision

    pages = [render_decision(each) for change in judged for each in describe_judged(change)]
    return "\n".join(pages)
