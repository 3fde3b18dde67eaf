"""A decision as Markdown: the summary of a job, and the text of a check on the forge.

Everything that stands in a pull request is hostile. What it wrote itself stands between
backticks, sentences are escaped; so it can neither notify, link, nor pretend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.model.decision import Reason, Verdict
from plainwork.reporting.markdown import code, limit, prose
from plainwork.reporting.text import plural
from plainwork.views.next_steps import Step
from plainwork.views.shown_decision import Ignored, ShownDecision, ShownDocument, ShownNeed

MOST_CHARACTERS = 65_535
"""What GitHub takes as the text of a check run."""

_SIGNS = {
    Verdict.APPROVED: "✅",
    Verdict.WAITING: "⏳",
    Verdict.REJECTED: "⛔",
    Verdict.ERROR: "⚠️",
}
_BOXES = {"met": "✅", "missing": "⏳", "blocked": "⛔"}
_MOST_FREE = 20
_CUT = "*The rest is cut off here: it is longer than the forge takes. `plainwork gate` shows it.*"


def render_decision(shown: ShownDecision, most: int = MOST_CHARACTERS) -> str:
    """Return a decision as a page of Markdown.

    Args:
        shown: The decision.
        most: How many characters it may have.
    """
    return limit("\n".join([*_lines(shown), ""]), most, _CUT)


def render_headline(shown: ShownDecision) -> str:
    """Return the verdict in one line of plain text: the title of a check."""
    return f"{shown.verdict.value.capitalize()}: {shown.summary}"


def _lines(shown: ShownDecision) -> Iterator[str]:
    yield f"## {_SIGNS[shown.verdict]} {prose(render_headline(shown))}"
    yield ""
    yield from filter(None, [code(shown.title)])
    yield f"{prose(shown.about[:1].upper() + shown.about[1:])}. {prose(shown.place)}."
    for alarm in shown.alarms:
        yield from ("", f"> **{prose(alarm)}**")
    yield from _steps(shown.steps)
    yield from _list("Why", [_reason(reason) for reason in shown.reasons])
    for document in shown.documents:
        yield from _document(document)
    yield from _free(shown.free)
    ignored = (*map(prose, shown.gaps), *map(_ignored, shown.ignored))
    yield from _list("Not counted", ignored)
    yield from ("", f"Digest of the change: `{shown.digest}`")


def _list(heading: str, entries: Iterable[str]) -> Iterator[str]:
    lines = [f"- {entry}" for entry in entries]
    if lines:
        yield from ("", f"### {heading}", "", *lines)


def _steps(steps: Iterable[Step]) -> Iterator[str]:
    yield from _list("Next", map(_step, steps))


def _step(step: Step) -> str:
    who = f"**{prose(step.who)}**: " if step.who else ""
    where = f" {code(step.where)}" if step.where else ""
    return f"{who}{prose(step.what)}{where}"


def _reason(reason: Reason) -> str:
    place = f"{reason.path}:{reason.line}" if reason.line else reason.path
    shown = f"{code(place)}: " if place else ""
    return f"{shown}{prose(reason.message)} ({code(reason.code)})"


def _document(document: ShownDocument) -> Iterator[str]:
    title = code(document.title)
    yield from ("", f"### {code(document.id)}{' ' if title else ''}{title}", "")
    if document.path != document.id:
        yield from (code(document.path), "")
    yield from (f"- {code(change)}" for change in document.changes)
    yield ""
    for need in document.needs:
        yield from _need(need)


def _need(need: ShownNeed) -> Iterator[str]:
    yield f"- {_BOXES[need.state]} {prose(need.what)}"
    if need.given:
        yield f"  - agreed: {prose(', '.join(need.given))}"
    if need.whom:
        yield f"  - asked: **{prose(need.whom)}**"
    if need.blocked_by:
        yield f"  - blocked by **{prose(', '.join(need.blocked_by))}**"
    if need.note:
        yield f"  - {prose(need.note)}"


def _free(free: tuple[ShownDocument, ...]) -> Iterator[str]:
    if not free:
        return
    yield from ("", f"<details><summary>{plural(len(free), 'document')} without any need", "")
    yield from ("</summary>", "")
    yield from (f"- {code(each.id)} {code('; '.join(each.changes))}" for each in free[:_MOST_FREE])
    if len(free) > _MOST_FREE:
        yield f"- and {len(free) - _MOST_FREE} more"
    yield from ("", "</details>")


def _ignored(each: Ignored) -> str:
    who = prose(each.who) if each.known else code(each.who)
    remedy = f" → {prose(each.remedy)}" if each.remedy else ""
    return f"**{who}**: {prose(each.explanation)} ({code(each.reason.value)}){remedy}"
