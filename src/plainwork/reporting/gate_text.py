"""A decision on a terminal, for whoever waits: the verdict first, what to do next last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.model.decision import Reason, Verdict
from plainwork.reporting.text import Style, escape_line, plural, style, wrap
from plainwork.views.next_steps import Step
from plainwork.views.shown_decision import ShownDecision, ShownDocument, ShownNeed

VERDICT_COLORS: dict[Verdict, Style] = {
    Verdict.APPROVED: "green",
    Verdict.WAITING: "yellow",
    Verdict.REJECTED: "red",
    Verdict.ERROR: "red",
}
_NEED_COLORS: dict[str, Style] = {"met": "green", "missing": "yellow", "blocked": "red"}
_INDENT = "  "
_NEED_INDENT = "           "
"""As wide as ``  blocked  ``."""
_MOST_DOCUMENTS = 20
"""More than that nobody reads on a terminal; those that wait come first."""

_MOST_FREE = 5


def format_decision(shown: ShownDecision, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a decision.

    Args:
        shown: The decision.
        width: The columns of the screen; only what is to be pasted goes beyond.
        color: Whether it shows colours.
    """
    verdict = style(shown.verdict.value.upper(), VERDICT_COLORS[shown.verdict], on=color)
    yield f"{verdict}  {shown.summary}"
    if shown.title:
        yield from wrap(escape_line(shown.title), width=width)
    yield from wrap(escape_line(shown.about), width=width)
    yield from wrap(shown.place, width=width)
    for alarm in shown.alarms:
        for line in wrap(f"! {escape_line(alarm)}", width=width):
            yield style(line, "red", on=color)
    if shown.reasons:
        yield ""
    for reason in shown.reasons:
        yield from _format_reason(reason, width)
    for document in shown.documents[:_MOST_DOCUMENTS]:
        yield ""
        yield from _format_document(document, width=width, color=color)
    if len(shown.documents) > _MOST_DOCUMENTS:
        more = plural(len(shown.documents) - _MOST_DOCUMENTS, "more document")
        yield from ("", f"and {more}; `--format json` shows all of them")
    yield from _format_free(shown.free, width=width, color=color)
    yield from _format_ignored(shown, width=width, color=color)
    yield from _format_steps(shown.steps, width=width, color=color)


def format_change(document: ShownDocument, *, width: int, color: bool) -> Iterator[str]:
    """Yield which document it is, and its change in words."""
    heading = f"{escape_line(document.id)}  {escape_line(document.title)}".rstrip()
    for line in wrap(heading, width=width):
        yield style(line, "bold", on=color)
    if document.path != document.id:
        yield f"{_INDENT}{style(escape_line(document.path), 'dim', on=color)}"
    for change in document.changes:
        yield from wrap(escape_line(change), width=width, indent=_INDENT)


def _format_reason(reason: Reason, width: int) -> Iterator[str]:
    place = f"{reason.path}:{reason.line}: " if reason.line else f"{reason.path}: "
    text = f"{place if reason.path else ''}{reason.message} [{reason.code}]"
    yield from wrap(escape_line(text), width=width)


def _format_document(document: ShownDocument, *, width: int, color: bool) -> Iterator[str]:
    yield from format_change(document, width=width, color=color)
    for need in document.needs:
        label = style(need.state, _NEED_COLORS[need.state], on=color)
        blanks = " " * (len(_NEED_INDENT) - len(_INDENT) - len(need.state))
        first, *more = _need_lines(need, width)
        yield f"{_INDENT}{label}{blanks}{first}"
        yield from (f"{_NEED_INDENT}{line}" for line in more)


def _need_lines(need: ShownNeed, width: int) -> Iterator[str]:
    room = width - len(_NEED_INDENT)
    yield from wrap(escape_line(need.what), width=room)
    if need.given:
        yield from wrap(escape_line(f"agreed: {', '.join(need.given)}"), width=room)
    if need.whom:
        yield from wrap(escape_line(f"asked: {need.whom}"), width=room)
    if need.blocked_by:
        yield from wrap(escape_line(f"blocked by {', '.join(need.blocked_by)}"), width=room)
    if need.note:
        yield from wrap(escape_line(need.note), width=room)


def _format_free(free: Iterable[ShownDocument], *, width: int, color: bool) -> Iterator[str]:
    documents = list(free)
    if not documents:
        return
    yield ""
    heading = f"{plural(len(documents), 'document')} that {_need(len(documents))} nobody"
    yield style(heading, "bold", on=color)
    for document in documents[:_MOST_FREE]:
        changes = "as its rule makes it" if document.derived else "; ".join(document.changes)
        yield from wrap(escape_line(f"{document.id}: {changes}"), width=width, indent=_INDENT)
    if len(documents) > _MOST_FREE:
        yield f"{_INDENT}and {len(documents) - _MOST_FREE} more"


def _need(count: int) -> str:
    return "needs" if count == 1 else "need"


def _format_ignored(shown: ShownDecision, *, width: int, color: bool) -> Iterator[str]:
    if shown.ignored or shown.gaps:
        yield ""
        yield style("Not counted", "bold", on=color)
    for gap in shown.gaps:
        yield from wrap(escape_line(gap), width=width, indent=_INDENT)
    for each in shown.ignored:
        text = f"{each.who}: {each.explanation} [{each.reason.value}]"
        yield from wrap(escape_line(text), width=width, indent=_INDENT)
        if each.remedy:
            yield from wrap(escape_line(each.remedy), width=width, indent=f"{_INDENT}  → ")


def _format_steps(steps: Iterable[Step], *, width: int, color: bool) -> Iterator[str]:
    found = list(steps)
    if found:
        yield ""
        yield style("Next", "bold", on=color)
    for step in found:
        text = f"{step.who}: {step.what}" if step.who else step.what
        yield from wrap(escape_line(text), width=width, indent=_INDENT)
        if step.where:
            yield f"{_INDENT}{_INDENT}{escape_line(step.where)}"
