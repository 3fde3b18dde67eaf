"""Requests and answers of the practice forge's REST interface, and lists in pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import msgspec

_PER_PAGE, _MOST_PER_PAGE = 30, 100


class Request(msgspec.Struct, frozen=True):
    """One request.

    Attributes:
        path: From the root of the interface: ``/repos/acme/operations/pulls/7``.
        said: The JSON object that was sent, or an empty one.
        token: From the head ``Authorization``, or ``""``.
    """

    method: str
    path: str
    query: Mapping[str, str] = {}
    said: Mapping[str, object] = {}
    token: str = ""


class Answer(msgspec.Struct, frozen=True):
    """Status, headers and the value that becomes JSON."""

    value: object
    status: int = 200
    headers: dict[str, str] = {}


def refuse(status: int, message: str) -> Answer:
    """Return an error in GitHub's form."""
    said = {"message": message, "documentation_url": "https://docs.github.com/rest"}
    return Answer({**said, "status": str(status)}, status)


def page(
    request: Request, api: str, entries: Sequence[object], most: int | None, key: str = ""
) -> Answer:
    """Return one page of a list, with the links to the others (RFC 8288).

    Args:
        request: With ``page`` and ``per_page``.
        api: URL of the interface.
        entries: All of them.
        most: How many of them are told at all; None: all.
        key: Under which they stand in an object with ``total_count``; ``""``: the bare list.
    """
    size = min(int(request.query.get("per_page", _PER_PAGE)), _MOST_PER_PAGE)
    number = int(request.query.get("page", 1))
    told = entries if most is None else entries[:most]
    last = max(1, -(-len(told) // size))
    shown = list(told[(number - 1) * size : number * size])
    value: object = {"total_count": len(entries), key: shown} if key else shown
    links = _format_links(request, api, number, last)
    return Answer(value, headers={"Link": links} if links else {})


def _format_links(request: Request, api: str, number: int, last: int) -> str:
    pages = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
    if number >= last:
        del pages["next"], pages["last"]
    if number <= 1:
        del pages["prev"], pages["first"]
    form = '<{}{}?{}>; rel="{}"'
    return ", ".join(
        form.format(api, request.path, urlencode({**request.query, "page": each}), relation)
        for relation, each in pages.items()
    )
