"""What somebody may have meant by a name that nothing has."""

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean `x`?``, or ``""`` if nothing is near."""
    from difflib import get_close_matches  # costs start-up time; only for a diagnostic

    near = get_close_matches(word[:80], list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else ""
