"""Speaking HTTP: the only module that does.

The forge is believed in what it says, not in how it answers: addresses, sizes, times and types are
bounded here. The token goes to the forge's own host and nowhere else, and no message holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from plainwork import __version__
from plainwork.errors import ForgeUnavailableError
from plainwork.forge.address import read_origin
from plainwork.forge.answer import Answer, compute_wait, describe_refusal, find_next
from plainwork.forge.limits import Deadline, Limits

if TYPE_CHECKING:
    from plainwork.forge.opener import HostOpener

Value = TypeVar("Value")

_CHUNK = 65_536
_EMPTY_PAGES = 3
NONE: Mapping[str, str] = MappingProxyType({})


class ForgeRefusedError(ForgeUnavailableError):
    """The forge answered, and said no.

    Attributes:
        status: HTTP's number for it.
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Listing(msgspec.Struct, Generic[Value], frozen=True):
    """A list that may have come in pages.

    Attributes:
        gap: Why it is not whole, in one line; ``""``: it is.
    """

    items: tuple[Value, ...]
    gap: str = ""


class JsonApi:
    """A JSON API behind a root address.

    Attributes:
        root: Its address: ``https://api.github.com``.
        server_time: The latest time that it has said.
    """

    def __init__(
        self,
        root: str,
        headers: Mapping[str, str],
        *,
        secret: str = "",
        limits: Limits | None = None,
    ) -> None:
        """Keep what every request needs; nothing is sent yet.

        Args:
            root: An https address, or http on this very machine.
            headers: What every request carries, the token included.
            secret: The token, which is struck out of whatever is said about an answer.
            limits: How much to wait for and to take; the usual ones if there are none.

        Raises:
            UsageError: If the token could be read on the way to the address.
        """
        self.root = root.rstrip("/")
        self._origin = read_origin(self.root)
        self._headers = {**headers, "User-Agent": f"plainwork/{__version__}"}
        self._secret = secret
        self._limits = limits or Limits()
        self._deadline = Deadline(self._limits.total)
        self._opener: HostOpener | None = None
        self._time: datetime | None = None

    def start(self) -> None:
        """Begin a new question: all requests until the next one share one deadline."""
        self._deadline = Deadline(self._limits.total)

    @property
    def server_time(self) -> datetime:
        """The latest time that the forge has said.

        Raises:
            ForgeUnavailableError: If it has said none: nothing else is trusted to know the time.
        """
        if self._time is None:
            message = f"{self.root} does not say what time it is (no `Date` header)"
            raise ForgeUnavailableError(message)
        return self._time

    def get(
        self, path: str, kind: type[Value], *, needs: str, query: Mapping[str, str] = NONE
    ) -> Value:
        """Fetch one resource.

        Args:
            path: Below the root, each part quoted; see :func:`join_path`.
            kind: What it is read as; other keys of the answer are not looked at.
            needs: The permission of the token that it takes, in the forge's words.
            query: What follows the question mark.

        Raises:
            ForgeRefusedError: If the forge says no.
            ForgeUnavailableError: If there is no answer, or none that can be read.
        """
        return self._ask("GET", self._address(path, query), kind, needs)[0]

    def list(
        self,
        path: str,
        kind: type[Value],
        *,
        needs: str,
        enough: Callable[[Sequence[Value]], bool] | None = None,
        query: Mapping[str, str] = NONE,
    ) -> Listing[Value]:
        """Fetch all pages of a list, as far as the bounds allow.

        Args:
            path: As of :meth:`get`.
            kind: Of one entry.
            needs: As of :meth:`get`.
            query: As of :meth:`get`.
            enough: Tells of the entries of a page that no further one is of interest.

        Raises:
            ForgeRefusedError, ForgeUnavailableError: As of :meth:`get`.
        """
        address = self._address(path, query)
        items: list[Value] = []
        seen = set[str]()
        for _ in range(self._limits.pages):
            seen.add(address)
            page, answer = self._ask_page(address, kind, needs)
            items += page
            if enough is not None and enough(page):
                return Listing(tuple(items))
            address = find_next(answer, address)
            if not address:
                return Listing(tuple(items), _compare_total(answer, len(items), path))
            if address in seen or read_origin(address) != self._origin:
                return Listing(tuple(items), f"{path}: its next page leads elsewhere")
        return Listing(tuple(items), _more_than(path, len(items)))

    def list_numbered(
        self, path: str, kind: type[Value], *, needs: str, query: Mapping[str, str] = NONE
    ) -> Listing[Value]:
        """Fetch all pages of a list whose pages do not name the next one.

        A page without entries may be one of which nothing is shown, so a single one does not end
        the list.

        Raises:
            ForgeRefusedError, ForgeUnavailableError: As of :meth:`get`.
        """
        items: list[Value] = []
        empty = 0
        for number in range(1, self._limits.pages + 1):
            address = self._address(path, {**query, "page": str(number)})
            page, _ = self._ask_page(address, kind, needs)
            items += page
            empty = 0 if page else empty + 1
            if empty == _EMPTY_PAGES:
                return Listing(tuple(items))
        return Listing(tuple(items), _more_than(path, len(items)))

    def send(self, method: str, path: str, body: object, kind: type[Value], *, needs: str) -> Value:
        """Change something, once: what may have happened is not tried again.

        Raises:
            ForgeRefusedError, ForgeUnavailableError: As of :meth:`get`.
        """
        data = msgspec.json.encode(body)
        return self._ask(method, self._address(path, {}), kind, needs, data)[0]

    def _address(self, path: str, query: Mapping[str, str]) -> str:
        from urllib.parse import urlencode

        return f"{self.root}{path}" + (f"?{urlencode(query)}" if query else "")

    def _ask_page(
        self, address: str, kind: type[Value], needs: str
    ) -> tuple[tuple[Value, ...], Answer]:
        """Fetch one page of a list; some forges call an empty one null."""
        page: Any = tuple[kind, ...] | None  # type: ignore[valid-type]
        found, answer = self._ask("GET", address, page, needs)
        return found or (), answer

    def _ask(
        self, method: str, address: str, kind: type[Value], needs: str, data: bytes | None = None
    ) -> tuple[Value, Answer]:
        answer = self._exchange(method, address, data)
        what = f"{method} {address.removeprefix(self._origin).partition('?')[0]}"
        if not answer.fine:
            reason = self._strike(describe_refusal(answer, needs))
            message = f"{self._origin}: {what}: {reason}"
            raise ForgeRefusedError(message, answer.status)
        try:
            return msgspec.json.decode(answer.body, type=kind), answer
        except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
            reason = self._strike(str(problem) or "too deep")
            message = f"{self._origin}: {what}: the answer cannot be understood: {reason}"
            raise ForgeUnavailableError(message) from problem

    def _exchange(self, method: str, address: str, data: bytes | None) -> Answer:
        """Send a request, again where that is safe and promises something."""
        answer = Answer(0, "nothing was sent")
        for attempt in range(self._limits.attempts):
            answer = self._try(method, address, data)
            self._note_time(answer)
            self._deadline.check(self._origin)  # what was cut off can look whole
            wait = compute_wait(answer, attempt, self._limits, repeatable=method == "GET")
            if wait is None:
                break
            self._deadline.sleep(wait, self._origin)
        if not answer.status:
            message = f"{self._origin}: {self._strike(answer.reason)}"
            raise ForgeUnavailableError(message)
        return answer

    def _try(self, method: str, address: str, data: bytes | None) -> Answer:
        """Send a request once; what does not answer is an answer with status 0."""
        import http.client
        import urllib.error
        from threading import Timer
        from urllib.request import Request

        headers = dict(self._headers)
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = Request(address, data, headers, method=method)  # noqa: S310 - as checked
        opener = self._find_opener()
        # A time limit of a socket begins anew with each byte, and a drop is enough.
        timer = Timer(self._deadline.limit(self._limits.total), opener.cut)
        timer.daemon = True  # who interrupts a command does not wait for its limit
        try:
            timer.start()
            with opener.open(request, self._deadline.limit(self._limits.timeout)) as response:
                return self._receive(response)
        except urllib.error.HTTPError as response:
            with response:
                return self._receive(response)
        except urllib.error.URLError as problem:
            return Answer(0, f"not reached: {problem.reason}")
        except (OSError, http.client.HTTPException, ValueError) as problem:
            return Answer(0, f"not reached: {str(problem) or type(problem).__name__}")
        finally:
            timer.cancel()

    def _find_opener(self) -> HostOpener:
        from plainwork.forge.opener import HostOpener

        if self._opener is None:
            self._opener = HostOpener(self._origin)
        return self._opener

    def _receive(self, response: Any) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, str(response.reason or ""), headers, self._read(response))

    def _read(self, response: Any) -> bytes:
        """Return the body, unless it is too large.

        Raises:
            http.client.IncompleteRead: If it ends before its end.
        """
        from http.client import IncompleteRead

        parts: list[bytes] = []
        size = 0
        while part := response.read1(_CHUNK):
            size += len(part)
            if size > self._limits.size:
                message = f"{self._origin}: an answer of more than {self._limits.size:,} bytes"
                raise ForgeUnavailableError(message)
            parts.append(part)
        data = b"".join(parts)
        if response.length:
            raise IncompleteRead(data, response.length)
        return data

    def _note_time(self, answer: Answer) -> None:
        said = answer.time
        if said is not None and (self._time is None or said > self._time):
            self._time = said

    def _strike(self, text: str) -> str:
        return text.replace(self._secret, "***") if self._secret else text


def _more_than(path: str, count: int) -> str:
    return f"{path}: more than {count} entries, the rest was not read"


def _compare_total(answer: Answer, count: int, path: str) -> str:
    """Say whether fewer entries came than the forge counts."""
    total = answer.total
    if total is None or total == count:
        return ""
    return f"{path}: {count} entries came, the forge counts {total}"
