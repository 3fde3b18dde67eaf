"""What goes wrong on demand: errors of the server, lists cut short, too many requests."""

from __future__ import annotations

from datetime import datetime, timedelta
from fnmatch import fnmatchcase

import msgspec


class Failure(msgspec.Struct):
    """An answer that the next requests get instead of theirs.

    Attributes:
        path: Which requests, as a glob over the path: ``*/pulls/7/reviews``.
        times: How many more of them.
    """

    path: str
    status: int
    times: int
    message: str
    headers: dict[str, str]


class Faults(msgspec.Struct):
    """All that is to go wrong.

    Attributes:
        cuts: Glob over the path to how many entries of that list are told, and no next page.
        limit: How many more requests are answered before the limit; None: any number.
        reset: When the limit begins anew.
    """

    failures: list[Failure] = []
    cuts: dict[str, int] = {}
    limit: int | None = None
    reset: datetime | None = None

    def fail(
        self,
        path: str,
        status: int = 502,
        *,
        times: int = 1,
        message: str = "Server Error",
        headers: dict[str, str] | None = None,
    ) -> None:
        """Let the next requests of a path fail."""
        self.failures.append(Failure(path, status, times, message, headers or {}))

    def cut(self, path: str, most: int) -> None:
        """Tell only the first entries of a list, as if they were all."""
        self.cuts[path] = most

    def limit_rate(self, requests: int, until: datetime) -> None:
        """Answer some more requests, and no further one before an instant."""
        self.limit, self.reset = requests, until

    def find(self, path: str, now: datetime) -> Failure | None:
        """Return the failure that the request gets, if one is due; it counts the request."""
        if self.limit is not None and self.reset is not None:
            if now >= self.reset:
                self.limit = None
            elif self.limit == 0:
                return _limited(path, self.reset, now)
            else:
                self.limit -= 1
        for failure in self.failures:
            if failure.times and fnmatchcase(path, failure.path):
                failure.times -= 1
                return failure
        return None

    def most(self, path: str) -> int | None:
        """Return how many entries of a list are told; None: all."""
        found = (most for glob, most in self.cuts.items() if fnmatchcase(path, glob))
        return next(found, None)


def _limited(path: str, reset: datetime, now: datetime) -> Failure:
    headers = {
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": str(int(reset.timestamp())),
        "retry-after": str(max(1, (reset - now) // timedelta(seconds=1))),
    }
    return Failure(path, 403, 1, "API rate limit exceeded.", headers)
