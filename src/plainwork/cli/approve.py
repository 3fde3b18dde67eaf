"""``plainwork approve``: what you would consent to, and the line that says so."""

from __future__ import annotations

from typing import Annotated

import typer

from plainwork.cli.context import FormatOption, choose_format, invocation
from plainwork.cli.gate import BaseOption, HeadOption, RefOption
from plainwork.cli.gate_question import Question, refuse_contradictions
from plainwork.cli.output import find_screen, write_lines

PullArgument = Annotated[
    str, typer.Argument(metavar="[N]", help="The pull request; without it your own branch.")
]


def approve(
    context: typer.Context,
    pull: PullArgument = "",
    *,
    base: BaseOption = "",
    head: HeadOption = "",
    ref: RefOption = "",
    format_: FormatOption = "text",
) -> None:
    """Show each digest of a change beside the change in words, and the line that consents to it.

    The line goes first into your review on the forge; plainwork never sends one. It holds for
    exactly what is shown: whatever changes afterwards is another digest.

    For example: plainwork approve 12
    """
    choose_format(format_, "text", "json")
    from plainwork.cli.gate_output import write_json_decisions
    from plainwork.cli.judging import Troubles, decide

    asked = Question(base=base, head=head, ref=ref, pull=pull)
    refuse_contradictions(asked)
    (judged,) = decide(invocation(context), asked, Troubles())
    if format_ == "json":
        write_json_decisions([judged])
        return
    from plainwork.reporting.approve_text import format_consent
    from plainwork.serving.deciding import describe_judged

    screen = find_screen()
    for shown in describe_judged(judged):
        write_lines(format_consent(shown, width=screen.width, color=screen.color))


COMMAND = approve
