"""Deciding in public: the forge is told that it is being decided, and then always how it ended.

Between the two nothing that was green before can let the change through, and success is told only
if nothing has moved meanwhile (``APPROVALS``, threats 56 and 59).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from plainwork.approvals.verdict import find_first_end
from plainwork.errors import ForgeUnavailableError, PlainworkError
from plainwork.forge.client import Annotation, CheckState, Forge, Publication, Report
from plainwork.model.decision import Verdict
from plainwork.model.evidence import Evidence
from plainwork.reporting.gate_markdown import MOST_CHARACTERS, render_decision, render_headline
from plainwork.reporting.markdown import limit, prose
from plainwork.reporting.text import escape_line, replace_surrogates
from plainwork.serving.deciding import Judged, describe_judged, fetch_and_decide
from plainwork.storage.fetched_objects import Remote
from plainwork.views.remarks import Remark, compute_remarks

HOLDS = timedelta(hours=1)
"""How long success is good for: reconciliation runs every quarter of an hour and renews it."""

MOST_REMARKS = 100
"""Beside changed lines: more than anybody reads, and two requests; the page says the rest."""

_STATES = {
    Verdict.APPROVED: CheckState.SUCCESS,
    Verdict.WAITING: CheckState.FAILURE,
    Verdict.REJECTED: CheckState.FAILURE,
    Verdict.ERROR: CheckState.ERROR,
}
_LEVELS = {"error": "failure"}
"""What a remark's level is called in a check; the others are called the same."""


def decide_in_public(
    source: Path, forge: Forge, remote: Remote, evidence: Evidence
) -> tuple[Judged, Publication]:
    """Decide a pull request and tell its forge.

    Args:
        source: The clone.
        forge: Where the pull request is.
        remote: Where the forge keeps commits.
        evidence: What the forge says about it.

    Returns:
        The decision, and what the forge was told: a success that no longer held when it was to be
        told is a failure there.

    Raises:
        ForgeUnavailableError: If the forge is not reached: then a check that was set to pending
            stays so, which lets nothing through.
        PlainworkError: If it could not be decided; the forge has been told.
    """
    forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))
    try:
        judged = fetch_and_decide(source, remote, evidence)
    except ForgeUnavailableError:
        raise
    except PlainworkError as problem:
        forge.publish(_failure(evidence, str(problem)))
        raise
    except BaseException:
        forge.publish(_failure(evidence, "plainwork stopped before it had decided"))
        raise
    return judged, forge.publish(make_report(judged))


def make_report(judged: Judged) -> Report:
    """Return what the forge is told of a change, all its workspaces together."""
    shown = describe_judged(judged)
    worst = next(each for each in shown if each.verdict is judged.verdict)
    pages = "\n".join(render_decision(each) for each in shown)
    approved = judged.verdict is Verdict.APPROVED
    return Report(
        evidence=judged.evidence,
        state=_STATES[judged.verdict],
        title=render_headline(worst),
        summary=limit(pages, MOST_CHARACTERS, "*The rest is cut off here.*"),
        annotations=tuple(
            _annotate(remark) for each in shown for remark in compute_remarks(each) if remark.path
        )[:MOST_REMARKS],
        until=_until(judged) if approved else None,
    )


def _until(judged: Judged) -> datetime:
    """Return when success ends: soon, so that it is renewed, and with what it rests on."""
    renewed = judged.evidence.read_at + HOLDS
    return min(renewed, find_first_end(judged.decisions) or renewed)


def _annotate(remark: Remark) -> Annotation:
    message = "\n".join(map(escape_line, (remark.title, *remark.lines)))
    path = replace_surrogates(remark.path)
    return Annotation(path, remark.line, message, _LEVELS.get(remark.level, remark.level))


def _failure(evidence: Evidence, why: str) -> Report:
    return Report(
        evidence,
        CheckState.ERROR,
        "Error: nothing could be decided, so it is blocked",
        f"{prose(why)}\n",
    )
