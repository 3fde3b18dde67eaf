"""What a commit says that it did, without what forges write around it."""

from __future__ import annotations

import re

_MERGE = re.compile(
    r"Merge (pull request|merge request|branch|branches|remote-tracking branch|tag|commit)\b"
    r"|Merged in \S"  # Bitbucket
)
_QUOTED = re.compile(r"Merge pull request '(?P<title>.+)' \([#!]\d+\) from \S+ into \S+")
"""As Gitea and Forgejo write it: the title of the pull request stands in the first line."""

_NUMBER = re.compile(r"\s+\([#!]\d+\)$")
"""Of the pull request, as forges add it to what they squash."""

_NO_TITLE = re.compile(r"[A-Z][a-z]+(-[A-Za-z]+)+: \S|See merge request |# Conflicts:|\* ")
"""Trailers, and what forges and Git write below merges."""


def parse_headline(subject: str, body: str = "") -> str:
    """Return what a commit did, in a line; ``""``: it only says that it merges something.

    Of a merge that is the title of the pull request, which GitHub, GitLab and Bitbucket write
    below the first line, Gitea and Forgejo into it.

    Args:
        subject: The first line of the message.
        body: What follows.
    """
    if not _MERGE.match(subject):
        return _NUMBER.sub("", subject)
    quoted = _QUOTED.fullmatch(subject)
    if quoted:
        return quoted["title"]
    title = next(filter(None, map(str.strip, body.splitlines())), "")
    return "" if _NO_TITLE.match(title) else _NUMBER.sub("", title)
