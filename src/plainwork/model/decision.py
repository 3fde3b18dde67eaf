"""Decisions: whether a change may be merged, requirement by requirement, and why."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

DECISION_SCHEMA = "plainwork/decision/1"


class Verdict(StrEnum):
    """What a decision says; only the first lets a change through."""

    APPROVED = "approved"
    WAITING = "waiting"
    REJECTED = "rejected"
    ERROR = "error"


class NotCountedReason(StrEnum):
    """Why somebody's approval does not count (``APPROVALS``, *Verdicts*)."""

    AUTHOR = "author"
    CONTRIBUTOR = "contributor"
    REQUESTER = "requester"
    AGENT = "agent"
    UNKNOWN_ACCOUNT = "unknown-account"
    NOT_IN_ROLE = "not-in-role"
    EXCLUDED = "excluded"
    STALE_DIGEST = "stale-digest"
    REBOUND_COMMIT = "rebound-commit"
    SUPERSEDED = "superseded"
    DISMISSED = "dismissed"
    EXPIRED = "expired"
    DRAFT = "draft"
    NO_CONSENT = "no-consent"
    DELEGATION_INVALID = "delegation-invalid"
    LEFT = "left"


class Given(msgspec.Struct, frozen=True, omit_defaults=True):
    """An approval that counts.

    Attributes:
        person: Who fills the place: the delegator, if somebody approved in their place.
        review: The review's id; ``""`` for the author's own change.
        by: Who approved in the person's place, or ``""``.
        at: When.
        until: When it ends by the rule's ``max_age``; None: it does not.
    """

    person: str
    review: str = ""
    by: str = ""
    at: datetime | None = None
    until: datetime | None = None


class NotCounted(msgspec.Struct, frozen=True, omit_defaults=True):
    """An approval that does not count.

    Attributes:
        who: The person's or agent's id, else the account's login as the forge says it.
        known: Whether ``who`` is an id of the base.
        reason: The documented word.
        explanation: The same in one line, for the one who approved.
        remedy: What they can do, or ``""``.
    """

    who: str
    known: bool
    reason: NotCountedReason
    explanation: str
    remedy: str = ""
    review: str = ""


class Objection(msgspec.Struct, frozen=True, omit_defaults=True):
    """Changes that somebody asks for whose consent is asked for, without being able to block.

    Attributes:
        person: Whose consent a rule asks for.
        at: When they asked for changes.
    """

    person: str
    at: datetime


class DecidedRequirement(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rule that one document's change meets.

    Attributes:
        source: The rule in words: ``transition approve``, ``policy default``, ``field amount``.
        by: Who may consent, as the rule says it.
        people: Ids of those who may, without those who are excluded.
        count: How many are needed.
        given: Who has.
        missing: How many are still needed.
        not_counted: Whose approval does not count here.
        vetoed_by: Ids of people who block it.
        objections: What others of those who may consent have against it; it counts for nothing.
        note: What else is to be said: an unmeetable rule, a raised count, a waiver.
        consent: ``review`` or ``digest``.
    """

    source: str
    by: tuple[str, ...]
    people: tuple[str, ...]
    count: int
    met: bool
    given: tuple[Given, ...] = ()
    missing: int = 0
    not_counted: tuple[NotCounted, ...] = ()
    vetoed_by: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    note: str = ""
    consent: str = "review"


class DecidedDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """One changed document and what it needs.

    Attributes:
        title: For display: hostile text of the change.
        changes: Each change in words: ``status: draft → review``; hostile text of the change.
        digest: SHA-256, see ``APPROVALS``.
        derived: Whether it is new work exactly as ``tick`` makes it, which needs nobody.
        before, after: Object path, mode and SHA-256 of the file, as in the digest.
    """

    kind: str
    id: str
    path: str
    title: str
    changes: tuple[str, ...]
    fields: tuple[str, ...]
    digest: str
    requirements: tuple[DecidedRequirement, ...] = ()
    derived: bool = False
    line: int = 0
    before: dict[str, str] | None = None
    after: dict[str, str] | None = None


class Reason(msgspec.Struct, frozen=True, omit_defaults=True, order=True):
    """Why the verdict is what it is, apart from requirements.

    Attributes:
        code: ``init``, ``incomplete-evidence``, ``conflict``, the name of a rule, …
    """

    code: str
    message: str
    hint: str = ""
    path: str = ""
    line: int = 0


class Granted(msgspec.Struct, frozen=True, omit_defaults=True):
    """A waiver that takes effect in this change."""

    record: str
    of: str
    about: tuple[str, ...]
    reason: str
    until: str


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether a change may be merged.

    Attributes:
        now: The time at which it holds: the evidence's server time, or an injected one.
        injected: Overrides that were given by hand (``now``), which enforcement refuses.
        expires: Of an approved change, the last moment at which all that it was approved by
            stands, if nothing else happens; None: nothing of it ends.
        version: plainwork's.
        digest: Of the whole change, which an explicit consent names.
        evidence: SHA-256 of the evidence document.
        author: The author's id, else the login.
        by_agent: Whether an agent took part, by account, trailer or ``made_by``.
        unattributed: Names of authors and committers that map to nobody, and commits that should
            be signed and are not: each count is one more.
    """

    schema: str
    version: str
    verdict: Verdict
    repository: str
    ref: str
    base: str
    head: str
    tree: str
    now: datetime
    digest: str
    evidence: str
    pull: str = ""
    workspace: str = ""
    author: str = ""
    by_agent: bool = False
    unattributed: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    documents: tuple[DecidedDocument, ...] = ()
    granted: tuple[Granted, ...] = ()
    injected: dict[str, str] = {}
    expires: datetime | None = None
