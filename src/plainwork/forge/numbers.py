"""Numbers of pull requests, as people and runners give them."""

from __future__ import annotations

from plainwork.errors import UsageError


def read_number(pull: str) -> str:
    """Return the number of a pull request.

    Raises:
        UsageError: If it is none.
    """
    if not (pull.isascii() and pull.isdigit()):
        message = f"`{pull}` is no number of a pull request"
        raise UsageError(message)
    return pull
