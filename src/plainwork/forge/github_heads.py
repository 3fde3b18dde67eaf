"""Which heads a pull request has had, and when, from the moves of its branch.

GitHub binds reviews to heads that the reviewer never saw, so the times of the moves decide. Only
the activity of the branch itself proves them. A check suite does not: a commit that was pushed to
another branch before has one that is older than its being head here, and would draw to itself
the reviews of the head before it. Nor do commit dates, which whoever commits sets.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise

from plainwork.forge.github_answers import Activity, to_account
from plainwork.model.evidence import AccountKind, ForgeAccount, SeenHead

_GONE = ForgeAccount("", "a deleted account", AccountKind.OTHER)
"""Who pushed, if the account is gone: somebody, of whom nobody knows who it was."""
_NOTHING = "0" * 40


def compute_heads(
    moves: Sequence[Activity], commits: Collection[str], opened: datetime
) -> tuple[SeenHead, ...]:
    """Return every head since a pull request was opened, and before that those that are its own.

    Args:
        moves: Of the branch, newest first.
        commits: The commits of the pull request.
        opened: When it was opened.
    """
    since = _since(moves, opened)
    own = [move for move in moves[len(since) :] if move.after in commits]
    return tuple(
        SeenHead(move.after, move.timestamp, to_account(move.actor) or _GONE)
        for move in reversed([*since, *own])
        if move.after != _NOTHING
    )


def find_doubt(moves: Sequence[Activity], head: str, opened: datetime, force_pushes: int) -> str:
    """Return why the moves may not be all heads of a pull request, or ``""`` if they are.

    Args:
        moves: Of the branch, newest first.
        head: The head now.
        opened: When it was opened.
        force_pushes: How many of them its timeline shows.
    """
    since = _since(moves, opened)
    if not since or since[-1].timestamp > opened:
        return "no push before it was opened is known"
    if since[0].after != head:
        return "the latest push that is known is not its head"
    if any(new.before != old.after for new, old in pairwise(since)):
        return "a push is missing between those that are known"
    known = sum(move.activity_type == "force_push" for move in since)
    if known < force_pushes:
        return "its timeline shows more force-pushes than its branch does"
    return ""


def is_older(move: Activity, commits: Collection[str], opened: datetime) -> bool:
    """Tell whether a move says nothing about a pull request any more, nor do older ones."""
    return move.timestamp <= opened and move.after not in commits


def _since(moves: Sequence[Activity], opened: datetime) -> Sequence[Activity]:
    """Return the moves since a time and the last one before it, newest first."""
    for index, move in enumerate(moves):
        if move.timestamp <= opened:
            return moves[: index + 1]
    return moves
