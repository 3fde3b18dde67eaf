"""Evidence without a forge: approval records in commits that are signed.

A record proves nothing by itself, and names in commits are whatever somebody wrote. The key of a
signature proves who approved, if the base gives it to a person; keys that the change brings do
not count. What was approved is the digest in the record: one that names none approves nothing,
and one that is copied elsewhere approves nothing there.

Who made the change is likewise told by a signature: that of its last commit which does more than
approve, for it covers all that the commit holds. Whoever signed an earlier one had a hand in it.
Of commits that no key of the base has signed nobody knows who made them, whatever they say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property

from plainwork.model.change import Change, ChangedDocument
from plainwork.model.document import Document
from plainwork.model.evidence import EVIDENCE_SCHEMA, Evidence, Review, ReviewState
from plainwork.model.party import Person
from plainwork.storage.approving_commits import (
    ApprovingCommit,
    approval_records,
    load_approving_commits,
)
from plainwork.storage.git_command import parse_time
from plainwork.storage.scratch import Scratch
from plainwork.storage.scratch_trees import FileChange, load_tree
from plainwork.storage.signatures import find_signer, split_signature

_STATES = {"approve": ReviewState.APPROVED, "reject": ReviewState.CHANGES_REQUESTED}
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_COMMITTED = re.compile(rb"^committer .*> ([0-9]+) [+-][0-9]{4}$", re.MULTILINE)
_CONSENT = "plainwork-approve:"
_PUBLIC_KEY = ".asc"
_LARGEST_KEY = 256 * 1024
_MOST_KEYS = 1_000
_SHOWN = 10
MOST_SIGNED = 200
"""Commits whose signatures are verified, each by itself; earlier ones count as not signed."""


def load_signed_evidence(scratch: Scratch, changes: Sequence[Change], *, now: datetime) -> Evidence:
    """Return what signatures say about a change.

    A person's ``signing_keys`` are SSH public keys, or fingerprints of OpenPGP keys, whose armoured
    text is a file ``*.asc`` in a folder of people. Both are read from the base.

    Args:
        scratch: Where the commits are.
        changes: The change, one value for each workspace, as ``load_change`` returns it.
        now: The time of reading.

    Raises:
        RepositoryError: If objects are missing, or Git fails or takes too long.
        UsageError: If ssh-keygen or gpg is needed and not there.
    """
    signed = [_Signed(scratch, change) for change in changes]
    found = [each for one in signed for each in one.load_approvals()]
    reviews = [each for each in found if isinstance(each, Review)]
    made = _find_made(scratch, changes[0], {name for one in signed for name in one.approving})
    keys = {commit: _find_key(signed, commit) for commit in made[:MOST_SIGNED]}
    first = changes[0]
    return Evidence(
        schema=EVIDENCE_SCHEMA,
        forge="signed",
        repository=first.repository.partition(":")[2],
        ref=first.ref,
        base=first.base,
        head=first.head,
        read_at=now,
        complete=True,
        author_key=keys[made[0]] if made else "",
        signers=tuple(dict.fromkeys(filter(None, keys.values()))),
        unsigned=tuple(commit for commit in made if not keys.get(commit))[:_SHOWN],
        reviews=tuple(sorted(reviews, key=lambda review: (review.submitted_at, review.id))),
        gaps=tuple(each for each in found if isinstance(each, str)),
    )


def _find_made(scratch: Scratch, change: Change, approving: Collection[str]) -> list[str]:
    """Return the commits of a change that do more than approve, through all parents, last first.

    What the base holds already was made by whoever made that.
    """
    commits = scratch.run("rev-list", "--topo-order", change.head, f"^{change.base}", "--")
    return [commit for commit in commits.decode("ascii").split() if commit not in approving]


def _find_key(signed: Sequence[_Signed], commit: str) -> str:
    """Return the key of any workspace's base that has signed a commit, or ``""``."""
    return next(filter(None, (one.find_key(commit) for one in signed)), "")


class _Signed:
    """What signatures say about the change of one workspace."""

    def __init__(self, scratch: Scratch, change: Change) -> None:
        self._scratch = scratch
        self._change = change
        self._records = approval_records(change)
        self._files = dict(_changed_files(change))
        self._signers = {
            key: party
            for party in change.before.parties.values()
            if isinstance(party, Person)
            for key in party.signing_keys
        }

    @cached_property
    def _commits(self) -> tuple[ApprovingCommit, ...]:
        return load_approving_commits(self._scratch, self._change)

    @property
    def approving(self) -> Iterator[str]:
        """The commits that do nothing but approve."""
        return (each.commit for each in self._commits)

    def find_key(self, commit: str) -> str:
        """Return the key of the base that has signed a commit, or ``""``."""
        return self._find_signer(self._scratch.read_commit(commit))

    def _find_signer(self, commit: bytes) -> str:
        text = split_signature(commit)
        return find_signer(text, self._signers, self._armoured) if text is not None else ""

    def load_approvals(self) -> Iterator[Review | str]:
        """Yield reviews, and in one line each why a record is none."""
        added = {file.path for commit in self._commits for file in commit.added}
        for path in sorted(self._records.keys() - added):
            yield f"{path} does not count: the commit that adds it does something else, too"
        for each in self._commits:
            yield from self._read(each)

    def _read(self, commit: ApprovingCommit) -> Iterator[Review | str]:
        data = self._scratch.read_commit(commit.commit)
        key = self._find_signer(data)
        if not key:
            short = commit.commit[:_SHOWN]
            yield f"the approval in {short} does not count: no key of the base has signed it"
            return
        committed = _COMMITTED.search(data)
        seconds = parse_time(committed[1].decode("ascii")) if committed else 0
        when = datetime.fromtimestamp(seconds, UTC)
        for file in commit.added:
            record = self._records[file.path]
            doubt = self._find_doubt(file, record, self._signers[key])
            yield doubt or _to_review(commit.commit, record, key, when)

    def _find_doubt(self, file: FileChange, record: Document, signer: Person) -> str:
        """Return why a record in a signed commit is no approval, or ``""``."""
        start = f"{file.path} does not count"
        by = str(record.fields.get("by", ""))
        if by.lower() != signer.id.lower():
            return f"{start}: it is {by}'s, the signature {signer.id}'s"
        approves = record.fields.get("vote") == "approve"
        if approves and not _DIGEST.match(str(record.fields.get("digest", ""))):
            return f"{start}: `digest` names no digest of a change"
        if not self._is_unchanged(file):
            return f"{start}: it was changed after it was signed"
        return ""

    def _is_unchanged(self, file: FileChange) -> bool:
        """Tell whether the change still holds a record as it was signed."""
        after = self._files[file.path].after
        if after is None or file.after is None:
            return False
        (signed,) = self._scratch.hash_blobs([file.after.oid])
        return signed == after.sha256

    @cached_property
    def _armoured(self) -> tuple[bytes, ...]:
        """Return the OpenPGP public keys that the base holds."""
        folders = self._change.before.settings.folders["people"]
        starts = tuple(_below(self._change.workspace, f"{folder}/") for folder in folders)
        tree = load_tree(self._scratch, self._change.base)
        oids = [
            entry.oid
            for path, entry in sorted(tree.items())
            if path.startswith(starts) and path.endswith(_PUBLIC_KEY)
        ]
        blobs = self._scratch.read_blobs(oids[:_MOST_KEYS])
        return tuple(blob for blob in blobs if len(blob) <= _LARGEST_KEY)


def _changed_files(change: Change) -> Iterator[tuple[str, ChangedDocument]]:
    for each in change.documents:
        for path in each.paths:
            yield _below(change.workspace, path), each


def _below(workspace: str, path: str) -> str:
    return f"{workspace}/{path}" if workspace else path


def _to_review(commit: str, record: Document, key: str, when: datetime) -> Review:
    vote, digest = (str(record.fields.get(name, "")) for name in ("vote", "digest"))
    return Review(
        id=f"{commit}:{record.id}",
        state=_STATES.get(vote, ReviewState.OTHER),
        submitted_at=when,
        key=key,
        first_line=f"{_CONSENT} {digest}" if digest else "",
        commit=commit,
    )
