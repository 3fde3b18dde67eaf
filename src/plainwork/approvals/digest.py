"""Digests: what exactly somebody consents to (``APPROVALS``, *The digest*)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

import msgspec

from plainwork.model.change import ChangedDocument, FileState, RuleKey, SeenDocument
from plainwork.model.document import Document
from plainwork.model.evidence import Evidence

DIGEST_VERSION = 1


def document_digest(repository: str, ref: str, kind: str, id: str, seen: SeenDocument) -> str:  # noqa: A002
    """Return the digest of one changed document, 64 hexadecimal digits.

    It is SHA-256 over JSON (UTF-8, sorted keys, no spaces). It names the repository, the branch
    and the document, so that consent to one is never consent to another, and holds the bytes of
    the file, so that body, comments and form count.

    Args:
        repository: ``KIND:REPOSITORY`` of the base's settings.
        ref: The branch that it would be merged into: ``refs/heads/main``.
        kind: Of the document.
        id: Of the document, of a file its path.
        seen: Both sides of it, and the rules that its change meets.
    """
    rules = sorted([*key, digest] for key, digest in seen.rules.items())
    value: dict[str, Any] = {
        "v": DIGEST_VERSION,
        "repository": repository,
        "ref": ref,
        "kind": kind,
        "id": id,
        "before": state_values(seen.before),
        "after": state_values(seen.after),
        "rules": rules,
    }
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # A path that is no UTF-8 is a fault of its own; it must not stop the decision that says so.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def change_digest(digests: Iterable[str]) -> str:
    """Return the digest of a whole change: SHA-256 over its documents', sorted, a line each."""
    return sha256("".join(f"{digest}\n" for digest in sorted(digests)).encode()).hexdigest()


def is_consent(document: ChangedDocument) -> bool:
    """Return whether a document is a new record of an approval.

    The digest of a change leaves these out: they name it, and nothing can name what it is part
    of. They are judged, and must be seen, as every document.
    """
    return (
        document.before is None
        and isinstance(document.new, Document)
        and document.new.fields.get("record") == "approval"
    )


def with_rules(seen: SeenDocument, rules: Collection[RuleKey]) -> SeenDocument:
    """Return what was seen, with those rules only that the change meets."""
    kept = {key: digest for key, digest in seen.rules.items() if key in rules}
    return msgspec.structs.replace(seen, rules=kept)


def state_values(state: FileState | None) -> dict[str, str] | None:
    """Return a file as digests and decisions show it."""
    if state is None:
        return None
    return {"path": state.path, "mode": state.mode, "sha256": state.sha256}


def evidence_digest(evidence: Evidence) -> str:
    """Return SHA-256 over the evidence document in canonical form: sorted keys, no spaces."""
    return sha256(msgspec.json.encode(evidence, order="sorted")).hexdigest()
