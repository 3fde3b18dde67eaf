"""A decision in a few lines, for a story that shows many of them, one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from plainwork.model.decision import Verdict
from plainwork.reporting.gate_text import VERDICT_COLORS
from plainwork.reporting.text import escape_line, style, wrap
from plainwork.views.shown_decision import Ignored, ShownDecision

_INDENT = "   "
_LABEL = 13


def format_scene(number: int, what: str, *, width: int, color: bool) -> Iterator[str]:
    """Yield what happens in a step of the story, after an empty line."""
    yield ""
    first, *more = wrap(what, width=width - len(_INDENT))
    yield f"{style(f'{number:<{len(_INDENT)}}', 'bold', on=color)}{style(first, 'bold', on=color)}"
    yield from (f"{_INDENT}{style(line, 'bold', on=color)}" for line in more)


def format_briefly(
    shown: ShownDecision, known: Collection[Ignored], *, width: int, color: bool
) -> Iterator[str]:
    """Yield the verdict, what is missing, and whose approval does not count and why.

    Args:
        shown: The decision.
        known: What was said before about approvals that do not count; it is not repeated.
        width: The columns of the screen.
        color: Whether it shows colours.
    """
    verdict = style(shown.verdict.value.upper(), VERDICT_COLORS[shown.verdict], on=color)
    yield f"{_INDENT}{verdict}  {shown.summary}"
    for reason in shown.reasons:
        yield from format_fact(reason.code, reason.message, width=width)
    for document in shown.documents:
        for need in document.needs:
            if need.state != "met" or shown.verdict is Verdict.APPROVED:
                given = f"; agreed: {', '.join(need.given)}" if need.given else ""
                yield from format_fact(need.state, f"{need.what}{given}", width=width)
    for ignored in shown.ignored:
        if ignored not in known:
            yield from format_fact("not counted", _describe(ignored), width=width)


def format_fact(label: str, text: str, *, width: int) -> Iterator[str]:
    """Yield a labelled line, broken where the screen ends."""
    margin = len(_INDENT) + _LABEL
    first, *more = wrap(escape_line(text), width=width - margin)
    yield f"{_INDENT}{label:<{_LABEL}}{first}"
    yield from (f"{' ' * margin}{line}" for line in more)


def _describe(ignored: Ignored) -> str:
    return f"{ignored.who}: {ignored.explanation} [{ignored.reason.value}]"
