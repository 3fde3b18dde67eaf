"""What somebody had before them when they approved: their consent is to that, and nothing else.

Neither the commit that a forge binds a review to nor the patch proves what was seen (forges move
reviews to later commits by themselves). So a review is bound to the last head that the server
had seen before it was given, and counts for a document only if that document, the one it would
replace and the rules for it were the same there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

import msgspec

from plainwork.approvals.digest import document_digest, is_consent, with_rules
from plainwork.approvals.voices import Refusal
from plainwork.model.change import Change, ChangedDocument, RuleKey, SeenDocument
from plainwork.model.decision import NotCountedReason
from plainwork.model.evidence import Evidence, Review

_HEADS = "refs/heads/"
_EXPLICIT = re.compile(r"plainwork-approve: ([0-9a-f]{64})")

DocumentKey = tuple[str, str]
SeenAt = Mapping[str, Mapping[DocumentKey, SeenDocument]]
"""Commit to what stood there, document by document; what could not be read is missing."""


class AskedDocument(msgspec.Struct, frozen=True):
    """One document that somebody is asked about, with its digest."""

    document: ChangedDocument
    rules: Collection[RuleKey]
    digest: str


class Sight:
    """Tells what reviews are bound to.

    Args:
        change: What is asked about.
        evidence: When each head was seen, if that is known.
        seen: What stood at each commit that a review is bound to.
        digest: Of the whole change, which an explicit consent names.
    """

    def __init__(self, change: Change, evidence: Evidence, seen: SeenAt, digest: str) -> None:
        self._change = change
        self._evidence = evidence
        self._seen = seen
        self._digest = digest
        self._known: dict[tuple[str, DocumentKey], str] = {}

    def refuse(self, review: Review, asked: AskedDocument, consent: str) -> Refusal | None:
        """Return why a review is no consent to a document, or None if it is.

        Args:
            review: An approval.
            asked: The document as it would be.
            consent: ``review``, or ``digest`` if only an explicit one is enough.
        """
        explicit = _EXPLICIT.fullmatch(review.first_line)
        if explicit is not None and not is_consent(asked.document):
            return None if explicit[1] == self._digest else _other_digest()
        if consent == "digest":
            return _no_consent()
        if was_for_another_branch(review, self._evidence):
            return _retargeted(self._evidence.ref)
        commits = tuple(find_commits(review, self._evidence))
        if not commits:
            return _unbound(self._evidence)
        same = all(self._digest_at(commit, asked) == asked.digest for commit in commits)
        return None if same else _stale(commits)

    def _digest_at(self, commit: str, asked: AskedDocument) -> str:
        """Return the digest of a document as it was at a commit, ``""`` if that is not known."""
        key = (commit, asked.document.key)
        if key not in self._known:
            seen = self._seen.get(commit, {}).get(asked.document.key)
            self._known[key] = self._compute(seen, asked) if seen is not None else ""
        return self._known[key]

    def _compute(self, seen: SeenDocument, asked: AskedDocument) -> str:
        change, document = self._change, asked.document
        kept = with_rules(seen, asked.rules)
        return document_digest(change.repository, change.ref, document.kind, document.id, kept)


def was_for_another_branch(review: Review, evidence: Evidence) -> bool:
    """Return whether the change was to be merged elsewhere when a review was given."""
    moved = evidence.retargeted_at
    return moved is not None and review.submitted_at <= moved


def find_commits(review: Review, evidence: Evidence) -> Iterator[str]:
    """Yield what a review is bound to: at each of these the document must be as it is asked about.

    A signature covers its own commit. Of others the last head seen before the review counts, and
    an older commit if the forge says that this is what was looked at; a later one was never
    seen. Nothing at all: nobody knows what was seen.
    """
    if review.key:
        if review.commit:
            yield review.commit
        return
    if not evidence.heads_known:
        return
    earlier = [head for head in evidence.heads if head.at < review.submitted_at]
    if not earlier:
        return
    latest = max(head.at for head in earlier)
    bound = [head.commit for head in earlier if head.at == latest]
    yield from bound
    later = {head.commit for head in evidence.heads} - {head.commit for head in earlier}
    if review.commit and review.commit not in {*bound, *later}:
        yield review.commit


def reviewed_commits(evidence: Evidence) -> tuple[str, ...]:
    """Return every commit of which a decision has to know what stood there."""
    found = (commit for review in evidence.reviews for commit in find_commits(review, evidence))
    return tuple(dict.fromkeys(found))


def _other_digest() -> Refusal:
    text = "it names the digest of another state of the change"
    remedy = "`plainwork approve` shows the digest to name now"
    return Refusal(NotCountedReason.STALE_DIGEST, text, remedy)


def _no_consent() -> Refusal:
    text = "the rule asks for a review that names the digest in its first line"
    remedy = "`plainwork approve` shows that line"
    return Refusal(NotCountedReason.NO_CONSENT, text, remedy)


def _retargeted(ref: str) -> Refusal:
    text = f"the change was to be merged elsewhere then, not into {ref.removeprefix(_HEADS)}"
    return Refusal(NotCountedReason.STALE_DIGEST, text, "approve again")


def _unbound(evidence: Evidence) -> Refusal:
    text = "nobody knows which state was seen: no head is known from before the review"
    if not evidence.heads_known:
        text = "nobody knows which state was seen: the forge does not say when heads were pushed"
    remedy = "name the digest in the first line; `plainwork approve` shows that line"
    return Refusal(NotCountedReason.REBOUND_COMMIT, text, remedy)


def _stale(commits: tuple[str, ...]) -> Refusal:
    text = f"the document, or a rule for it, was another one at {commits[-1][:10]}"
    remedy = "update the branch, then approve again"
    return Refusal(NotCountedReason.STALE_DIGEST, text, remedy)
