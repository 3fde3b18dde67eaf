"""What somebody would consent to, and the line that says so."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.decision import Verdict
from plainwork.reporting.gate_text import format_change
from plainwork.reporting.text import escape_line, style, wrap
from plainwork.views.shown_decision import ShownDecision, ShownDocument

PREFIX = "plainwork-approve: "
"""What the first line of a review begins with, if it names a digest."""

_INDENT = "  "


def format_consent(shown: ShownDecision, *, width: int, color: bool) -> Iterator[str]:
    """Yield each changed document with its digest, and the line to paste.

    Args:
        shown: The change, decided.
        width: The columns of the screen; digests and what is to be pasted go beyond.
        color: Whether headings are emphasised.
    """
    if shown.title:
        yield from wrap(escape_line(shown.title), width=width)
    yield from wrap(escape_line(shown.about), width=width)
    yield from wrap(shown.place, width=width)
    for alarm in shown.alarms:
        yield from wrap(f"! {escape_line(alarm)}", width=width)
    for document in (*shown.documents, *shown.free):
        yield ""
        yield from _format_document(document, width=width, color=color)
    yield ""
    if shown.verdict is Verdict.ERROR or not (shown.documents or shown.free):
        yield "There is nothing to consent to; `plainwork gate` says why."
        return
    yield from _format_line(shown, width)


def _format_document(document: ShownDocument, *, width: int, color: bool) -> Iterator[str]:
    yield from format_change(document, width=width, color=color)
    asked = [need.what for need in document.needs if need.state != "met"]
    said = f"asks {'; '.join(asked)}" if asked else "asks nobody, or has been agreed to"
    yield from wrap(escape_line(said), width=width, indent=_INDENT)
    yield f"{_INDENT}{style(document.digest, 'dim', on=color)}"


def _format_line(shown: ShownDecision, width: int) -> Iterator[str]:
    """Yield what to do with the digest; what is pasted stands alone and is never broken."""
    if shown.way.signed:
        yield from wrap("If you agree to all of it, sign the commit of this record:", width=width)
        yield f"{_INDENT}{_record_command(shown)}"
        return
    if not shown.way.command:
        yield from wrap("Its pull request will ask for this line, if nothing changes:", width=width)
        yield f"{PREFIX}{shown.digest}"
        return
    where = f" ({shown.way.button})" if shown.way.button else ""
    text = f"If you agree to all of it, approve it{where} with this as the first line:"
    yield from wrap(text, width=width)
    yield f"{PREFIX}{shown.digest}"
    if shown.url:
        yield escape_line(shown.url)


def _record_command(shown: ShownDecision) -> str:
    documents = (*shown.documents, *shown.free)
    about = " ".join(each.id for each in documents if each.kind == "work") or "ID"
    return f"plainwork record approval {about} --set vote=approve --set digest={shown.digest}"
