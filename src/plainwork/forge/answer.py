"""One answer over HTTP, read: whether to wait and ask again, what a refusal means, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from plainwork.approvals.soundness import is_comparable
from plainwork.errors import ForgeUnavailableError
from plainwork.forge.limits import Limits

_LONGEST_REASON = 200
_FIRST_SERVER_ERROR = 500
_OK = range(200, 300)
_FORBIDDEN = 403
_TOO_MANY = 429
_RATE_LIMITS = ("x-ratelimit", "ratelimit")
_TOTALS = ("x-total", "x-total-count")


class Answer(msgspec.Struct, frozen=True):
    """What came back.

    Attributes:
        status: HTTP's; 0: nothing came, and ``reason`` says why.
        headers: By name in small letters.
    """

    status: int
    reason: str
    headers: Mapping[str, str] = {}
    body: bytes = b""

    @property
    def fine(self) -> bool:
        """Whether it is what was asked for."""
        return self.status in _OK

    @property
    def time(self) -> datetime | None:
        """The server's time, if it says so."""
        return _parse_http_date(self.headers.get("date", ""))

    @property
    def total(self) -> int | None:
        """How many entries the whole list has, where the forge says so."""
        for name in _TOTALS:
            said = self.headers.get(name, "")
            if said.isascii() and said.isdigit():
                return int(said)
        return None


class _Complaint(msgspec.Struct):
    message: object = ""
    error: object = ""


def compute_wait(answer: Answer, attempt: int, limits: Limits, *, repeatable: bool) -> float | None:
    """Return after how many seconds to ask again, or None if the answer stands.

    A rate limit is waited for whatever was asked, for nothing has happened yet. Whether a request
    that failed otherwise has changed something is not known: only a repeatable one is sent again.

    Raises:
        ForgeUnavailableError: If the forge asks for a longer wait than allowed.
    """
    limited = _is_limited(answer)
    broken = answer.status == 0 or answer.status >= _FIRST_SERVER_ERROR
    if attempt + 1 >= limits.attempts or not (limited or (broken and repeatable)):
        return None
    asked = _read_wait(answer)
    wait = limits.pause * 2.0**attempt if asked is None else asked
    if wait > limits.wait:
        raise ForgeUnavailableError(_describe_wait(answer, wait))
    return wait


def describe_refusal(answer: Answer, needs: str) -> str:
    """Return in one line what a refusal means, and which permission may be missing."""
    said = _read_complaint(answer)
    if _is_limited(answer):
        return f"the rate limit is used up ({answer.status}){said}"
    words = {
        401: "the token is not accepted, or there is none",
        _FORBIDDEN: f"the token lacks the permission `{needs}`",
        404: f"there is none, or the token lacks the permission `{needs}`",
    }
    meaning = words.get(answer.status)
    status = f"{answer.status} {answer.reason}".strip()
    return f"{status}: {meaning}{said}" if meaning else f"{status}{said}"


def find_next(answer: Answer, address: str) -> str:
    """Return the address of the next page (RFC 8288), or ``""`` if this is the last."""
    from urllib.parse import urljoin

    for link in answer.headers.get("link", "").split(","):
        target, _, parameters = link.strip().partition(">")
        if target.startswith("<") and 'rel="next"' in parameters.replace(" ", ""):
            return urljoin(address, target[1:])
    return ""


def _is_limited(answer: Answer) -> bool:
    used_up = any(answer.headers.get(f"{name}-remaining") == "0" for name in _RATE_LIMITS)
    return answer.status == _TOO_MANY or (
        answer.status == _FORBIDDEN and (used_up or "retry-after" in answer.headers)
    )


def _read_wait(answer: Answer) -> float | None:
    """Return the seconds that the server asks to wait, by its own clock."""
    after = answer.headers.get("retry-after", "").strip()
    if after.isascii() and after.isdigit():
        return float(after)
    moment = _parse_http_date(after) or _read_reset(answer)
    if moment is None or answer.time is None:
        return None
    return max(0.0, (moment - answer.time).total_seconds())


def _read_reset(answer: Answer) -> datetime | None:
    for name in _RATE_LIMITS:
        reset = answer.headers.get(f"{name}-reset", "")
        if answer.headers.get(f"{name}-remaining") == "0" and reset.isascii() and reset.isdigit():
            try:
                return datetime.fromtimestamp(int(reset), UTC)
            except (OverflowError, ValueError, OSError):
                return None
    return None


def _describe_wait(answer: Answer, seconds: float) -> str:
    if answer.time is None or seconds > timedelta(days=7).total_seconds():
        return f"the forge asks to come back in {seconds:.0f} s"
    until = answer.time + timedelta(seconds=seconds)
    return f"the forge asks to come back at {until:%Y-%m-%d %H:%M:%S} UTC (rate limit)"


def _read_complaint(answer: Answer) -> str:
    """Return what the forge says about a refusal, bounded, or nothing."""
    try:
        complaint = msgspec.json.decode(answer.body, type=_Complaint)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return ""
    said = complaint.message or complaint.error
    if not isinstance(said, str) or not said:
        return ""
    line = " ".join(said.split())
    return f": {line[:_LONGEST_REASON]}"


def _parse_http_date(text: str) -> datetime | None:
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment.astimezone(UTC) if is_comparable(moment) else None
