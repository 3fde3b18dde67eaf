"""How much of a forge's time and words is taken, and how long one question may last."""

from __future__ import annotations

import time

import msgspec

from plainwork.errors import ForgeUnavailableError


class Limits(msgspec.Struct, frozen=True):
    """The bounds of a conversation with a forge; times in seconds.

    Attributes:
        timeout: Of one wait for the network.
        total: Of one question, which may take many requests.
        wait: The longest wait that a forge may ask for; a longer one is told to the user.
        pause: Before the first retry; it doubles with each.
        attempts: How often a request is sent at most.
        size: Of one answer, in bytes. A page of a hundred long reviews has about 7 MB.
        pages: Of one list. With a hundred entries each, 3,000 is what GitHub lists of files, too.
    """

    timeout: float = 20.0
    total: float = 180.0
    wait: float = 60.0
    pause: float = 1.0
    attempts: int = 4
    size: int = 16 * 1024 * 1024
    pages: int = 30


class Deadline:
    """The end of one question, on a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def limit(self, seconds: float) -> float:
        """Return how long a wait may last, at most ``seconds``."""
        return max(0.001, min(seconds, self._end - time.monotonic()))

    def check(self, whom: str) -> None:
        """Stop if time is over.

        Raises:
            ForgeUnavailableError: If it is.
        """
        if time.monotonic() > self._end:
            message = f"{whom} did not answer within {self._seconds:.0f} s"
            raise ForgeUnavailableError(message)

    def sleep(self, seconds: float, whom: str) -> None:
        """Wait, if the question can still be answered afterwards.

        Raises:
            ForgeUnavailableError: If it cannot.
        """
        if time.monotonic() + seconds > self._end:
            message = f"{whom} did not answer within {self._seconds:.0f} s"
            raise ForgeUnavailableError(message)
        time.sleep(seconds)
