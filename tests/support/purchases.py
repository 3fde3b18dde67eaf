"""The workspace of the decisions' tests, and edits of it."""

from pathlib import Path
from typing import Any

from plainwork.model.decision import DecidedRequirement, Decision
from plainwork.model.evidence import Review
from support.archive import unpack
from support.changes import ACCOUNTS, decide_texts, make_evidence, review

ARCHIVE = Path(__file__).parents[1] / "approvals/workspace.txt"
BASE_FILES = unpack(ARCHIVE.read_text(encoding="utf-8"))
ACCOUNTS.update(
    {"ada": 1, "bob": 2, "cleo": 3, "dan": 4, "eve": 5, "finn": 6, "gus": 7, "hal": 8, "ida": 9}
)
ACCOUNTS["robot[bot]"] = 77

LATHE, DRILL, SAW, SWEEP = (f"work/{name}.md" for name in ("lathe", "drill", "saw", "sweep"))


def edited(*edits: tuple[str, str, str], of: dict[str, str] = BASE_FILES) -> dict[str, str]:
    """Return the workspace with passages replaced: path, old, new; each must be there."""
    files = dict(of)
    for path, old, new in edits:
        assert old in files[path], (path, old)
        files[path] = files[path].replace(old, new)
    return files


def with_files(of: dict[str, str] = BASE_FILES, **files: str) -> dict[str, str]:
    """Return the workspace with further work by its id."""
    return {**of, **{f"work/{id_}.md": text for id_, text in files.items()}}


APPROVED = edited((LATHE, "status: review", "status: ordering"))
"""The lathe is approved: two of the board must agree."""


def need_of(decision: Decision, document: str, source: str) -> DecidedRequirement:
    """Return the only requirement of a source for a document."""
    (found,) = (each for each in needs_of(decision, document) if each.source == source)
    return found


def needs_of(decision: Decision, document: str) -> tuple[DecidedRequirement, ...]:
    """Return what a document needs."""
    (found,) = (each for each in decision.documents if each.id == document)
    return found.requirements


def refused(need: DecidedRequirement) -> dict[str, str]:
    """Return whose approval does not count, and the documented word; none of them fills a place."""
    filling = {each.by or each.person for each in need.given}
    assert filling.isdisjoint(each.who for each in need.not_counted)
    return {each.who: each.reason.value for each in need.not_counted}


def given_by(need: DecidedRequirement) -> list[str]:
    """Return who fills a place."""
    return [each.person for each in need.given]


def codes(decision: Decision) -> set[str]:
    """Return the codes of a decision's reasons."""
    return {reason.code for reason in decision.reasons}


def boarding(decision: Decision) -> DecidedRequirement:
    """Return what the approval of the lathe needs: two of the board."""
    return need_of(decision, "lathe", "transition approve")


def approve_lathe(*reviews: Review, result: dict[str, str] = APPROVED, **more: Any) -> Decision:
    """Decide that the lathe is ordered, which bob proposes; see :func:`make_evidence`."""
    return decide_texts(BASE_FILES, result, make_evidence(reviews, **more))


def approvals(*logins: str, time: str = "10:00", **more: Any) -> list[Review]:
    """Return an approval by each of some accounts."""
    return [review(login, "approved", time, **more) for login in logins]
