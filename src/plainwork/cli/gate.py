"""``plainwork gate``: may this change be merged, and if not, what is missing."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.context import choose_format, invocation
from plainwork.cli.gate_question import Question, refuse_contradictions

BaseOption = Annotated[
    str, typer.Option("--base", metavar="REV", help="What it would be merged into.")
]
HeadOption = Annotated[str, typer.Option("--head", metavar="REV", help="What would be merged.")]
RefOption = Annotated[
    str, typer.Option("--ref", metavar="BRANCH", help="The branch that it would be merged into.")
]
EvidenceOption = Annotated[
    str, typer.Option("--evidence", metavar="FILE", help="Decide from what --save kept.")
]
PullOption = Annotated[
    str, typer.Option("--pull", metavar="N", help="Decide a pull request of the forge.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Decide all open pull requests.")]
NowOption = Annotated[
    str, typer.Option("--now", metavar="TIME", help="Decide as if it were then; not in CI.")
]
PublishOption = Annotated[bool, typer.Option("--publish", help="Tell the forge, as a check.")]
SaveOption = Annotated[
    str, typer.Option("--save", metavar="FILE", help="Keep the evidence, to decide again.")
]
GateFormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json|markdown|github", help="How to print.")
]


def gate(
    context: typer.Context,
    *,
    base: BaseOption = "",
    head: HeadOption = "",
    ref: RefOption = "",
    evidence: EvidenceOption = "",
    pull: PullOption = "",
    every: AllOption = False,
    now: NowOption = "",
    publish: PublishOption = False,
    save: SaveOption = "",
    format_: GateFormatOption = "text",
) -> int:
    """Say whether a change may be merged, and who must still agree to it.

    The rules are those of the branch that it would be merged into. Without options it is your own
    branch: what its pull request will need. --pull asks the forge who has approved what; in a CI
    job for a pull request that is the one. The exit code is 0 if it is approved, 1 if it waits or
    is rejected, 2 if it could not be decided, 3 if the forge was not reached.

    For example: plainwork gate --pull 12

    Decide again what was decided: plainwork gate --evidence evidence.json
    """
    choose_format(format_, "text", "json", "markdown", "github")
    from plainwork.cli.forge_access import find_ci_job

    job = None if evidence else find_ci_job()
    asked = Question(
        base=base,
        head=head,
        ref=ref,
        evidence=evidence,
        pull=pull,
        every=every,
        now=now,
        publish=publish,
        save=save,
        job=job,
    )
    refuse_contradictions(asked)
    from plainwork.cli.gate_output import exit_code, write_judged
    from plainwork.cli.judging import Troubles, decide

    troubles = Troubles()
    judged = list(decide(invocation(context), asked, troubles))
    write_judged(judged, format_)
    return max(exit_code(judged), troubles.worst)


COMMAND = gate
