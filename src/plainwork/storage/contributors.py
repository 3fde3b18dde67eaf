"""Whom the commits of a change name.

Names and dates in commits are what their authors wrote: they can take consent away, never give it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from plainwork.model.change import Contributor
from plainwork.storage.scratch import Scratch, check_hash

MOST_COMMITS = 10_000
"""Commits of a change; more than any person reviews, and reading them would take long."""

_FORM = "--format=%H%x00%an%x00%ae%x00%cn%x00%ce%x00%B"
_PARTS = 6
_ROLES = {"co-authored-by": "co-author", "assisted-by": "assistant"}
_TRAILER = re.compile(r"^[ \t]*(co-authored-by|assisted-by)[ \t]*:\s*(\S.*)$", re.I | re.M)
_PERSON = re.compile(r"(?P<name>[^<]*)<(?P<email>[^>]*)>")


def load_contributors(
    scratch: Scratch, base: str, head: str, approving: Collection[str] = ()
) -> tuple[int, tuple[Contributor, ...]]:
    """Return how many commits a change has, and everyone whom they name, each once a role.

    All commits count that the head has and the base has not, through all parents.

    Args:
        scratch: Where the commits are.
        base: The commit that the change would be merged into.
        head: The commit that would be merged.
        approving: Commits that do nothing but approve: their authors are approvers.

    Returns:
        If there are more commits than :data:`MOST_COMMITS`, one more than that, and of those.
    """
    options = ("-z", f"--max-count={MOST_COMMITS + 1}", "--no-show-signature", "--no-mailmap")
    range_ = (check_hash(head), f"^{check_hash(base)}", "--")
    output = scratch.run("log", *options, _FORM, *range_).decode("utf-8", "replace")
    parts = output.split("\0")[:-1]
    found: dict[tuple[str, str, str], Contributor] = {}
    for start in range(0, len(parts), _PARTS):
        for contributor in _named_by(parts[start : start + _PARTS], approving):
            key = (contributor.role, contributor.name, contributor.email)
            found.setdefault(key, contributor)
    return len(parts) // _PARTS, tuple(found.values())


def _named_by(parts: list[str], approving: Collection[str]) -> Iterator[Contributor]:
    commit, author, author_email, committer, committer_email, text = parts
    if commit in approving:
        yield Contributor("approver", author, author_email, commit)
        return
    yield Contributor("author", author, author_email, commit)
    yield Contributor("committer", committer, committer_email, commit)
    # Anywhere in the message, as some forges do: who is named too much loses a vote, no more.
    for trailer, value in _TRAILER.findall(text):
        person = _PERSON.match(value)
        name = person["name"] if person else value
        email = person["email"] if person else ""
        yield Contributor(_ROLES[trailer.lower()], name.strip(), email.strip(), commit)
