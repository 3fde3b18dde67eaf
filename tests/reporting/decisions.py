"""Decisions as they come out of the gate, for tests of how they are shown."""

from datetime import UTC, datetime

import msgspec

from plainwork.model.decision import (
    DECISION_SCHEMA,
    DecidedDocument,
    DecidedRequirement,
    Decision,
    Given,
    Granted,
    NotCounted,
    NotCountedReason,
    Reason,
    Verdict,
)
from plainwork.views.next_steps import find_way
from plainwork.views.shown_decision import Occasion

NOW = datetime(2026, 6, 1, 10, 12, tzinfo=UTC)
NAMES = {
    "ada": "Ada Nowak",
    "bo": "Bo Lindqvist",
    "cleo": "Cleo Marti",
    "dee": "Dee Osei",
    "former": "Fred Former",
    "drafter": "Reply drafter",
}
GITHUB = Occasion(NAMES, find_way("github", "12"), "A lathe", "https://forge.example/acme/ws/12")
NOWHERE = Occasion(NAMES, find_way("", ""))

_BOARD = DecidedRequirement(
    source="transition approve",
    by=("board",),
    people=("ada", "bo", "cleo"),
    count=2,
    met=False,
    given=(Given("ada", review="1", at=NOW),),
    missing=1,
    not_counted=(
        NotCounted(
            "dee", True, NotCountedReason.AUTHOR, "made the change", "ask somebody of board", "2"
        ),
        NotCounted("former", True, NotCountedReason.LEFT, "left on 2026-03-31", "", "3"),
        NotCounted(
            "bo",
            True,
            NotCountedReason.STALE_DIGEST,
            "approved another state of ws-lathe",
            "look at it again and approve once more",
            "4",
        ),
        NotCounted(
            "m@llory`",
            False,
            NotCountedReason.UNKNOWN_ACCOUNT,
            "no person has the account m@llory`",
            "",
            "5",
        ),
    ),
    consent="digest",
)
_CFO = DecidedRequirement(
    source="field amount",
    by=("owner", "cfo"),
    people=("cleo",),
    count=1,
    met=True,
    given=(Given("cleo", review="6", by="bo", at=NOW),),
)
_LATHE = DecidedDocument(
    kind="work",
    id="ws-lathe",
    path="work/ws-lathe.md",
    title="A lathe",
    changes=("status: review → ordering", "amount: 8000 → 61000"),
    fields=("amount", "status"),
    digest="ab" * 32,
    requirements=(_BOARD, _CFO),
    line=4,
)
_NOTE = DecidedDocument(
    kind="work",
    id="ws-glue",
    path="work/ws-glue.md",
    title="Glue",
    changes=("labels: + room",),
    fields=("labels",),
    digest="cd" * 32,
)
WAITING = Decision(
    schema=DECISION_SCHEMA,
    version="0.1.0",
    verdict=Verdict.WAITING,
    repository="github:acme/ws",
    ref="refs/heads/main",
    base="1" * 40,
    head="2" * 40,
    tree="3" * 40,
    now=NOW,
    digest="ef" * 32,
    evidence="09" * 32,
    pull="12",
    author="dee",
    documents=(_LATHE, _NOTE),
)
APPROVED = msgspec.structs.replace(
    WAITING,
    verdict=Verdict.APPROVED,
    documents=(
        msgspec.structs.replace(
            _LATHE,
            requirements=(
                msgspec.structs.replace(
                    _BOARD,
                    met=True,
                    missing=0,
                    given=(*_BOARD.given, Given("bo", review="7", at=NOW)),
                ),
                _CFO,
            ),
        ),
    ),
)
BLOCKED = msgspec.structs.replace(
    WAITING,
    verdict=Verdict.REJECTED,
    documents=(
        msgspec.structs.replace(
            _LATHE, requirements=(msgspec.structs.replace(_BOARD, vetoed_by=("bo",)), _CFO)
        ),
    ),
)
INVALID = msgspec.structs.replace(
    WAITING,
    verdict=Verdict.REJECTED,
    documents=(),
    reasons=(
        Reason("conflict", "it conflicts with main", "update the branch"),
        Reason("forbidden-transition", "nothing leads from draft to received", "", "work/a.md", 3),
    ),
)
LOUD = msgspec.structs.replace(
    APPROVED,
    unattributed=("Somebody <x@y.example>",),
    by_agent=True,
    injected={"now": "2020-01-01T00:00:00Z"},
    granted=(
        Granted("r-1", "policy legal-tests", ("ws-lathe",), "the inspector\nis ill", "2026-06-30"),
    ),
)
FIRST = msgspec.structs.replace(
    APPROVED,
    documents=(),
    reasons=(Reason("init", "The workspace is new: nothing governed this change."),),
)
UNDECIDED = msgspec.structs.replace(
    WAITING,
    verdict=Verdict.ERROR,
    documents=(),
    reasons=(
        Reason("incomplete-evidence", "not all reviews were read", "run it again in a while"),
    ),
)
DECISIONS = {
    "waiting": WAITING,
    "approved": APPROVED,
    "blocked": BLOCKED,
    "invalid": INVALID,
    "loud": LOUD,
    "first": FIRST,
    "undecided": UNDECIDED,
}
