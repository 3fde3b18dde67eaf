"""What somebody may have meant by a name that nothing has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set

_LONGEST = 80
_MOST_COMPARED = 2000
"""More names than these are not compared one by one: 100,000 would take half a second."""
_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean `x`?``, or ``""`` if nothing is near.

    Of very many names one is near if it differs by one mistake in typing.
    """
    word, names = word[:_LONGEST], known if isinstance(known, Collection) else list(known)
    if len(names) > _MOST_COMPARED:
        kept = names if isinstance(names, Set | Mapping) else frozenset(names)
        near = next((other for other in _one_mistake_away(word) if other in kept), "")
    else:
        from difflib import get_close_matches  # costs start-up time; only for a diagnostic

        near = next(iter(get_close_matches(word, list(names), n=1)), "")
    return f"did you mean `{near}`?" if near else ""


def _one_mistake_away(word: str) -> Iterator[str]:
    """Yield what becomes a word by one mistake: swapped, left out, mistyped, added."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in halves if right[1:])
    yield from (left + added + right for left, right in halves for added in _CHARACTERS)
    yield from (left + typed + right[1:] for left, right in halves[:-1] for typed in _CHARACTERS)
    yield from (left + right[1:] for left, right in halves[:-1])
