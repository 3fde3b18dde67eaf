"""Whether a site holds together: every link leads somewhere, and every page is sound HTML."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from plainwork.site.folder import OWN_FILES
from plainwork.site.links import is_safe
from plainwork.site.page_facts import PageFacts, parse_page
from plainwork.site.report import SiteProblem

MapToBytes = Callable[[Callable[[str], bytes], Sequence[str]], list[bytes]]


def check_site(path: Path, root: str, in_parallel: MapToBytes) -> tuple[SiteProblem, ...]:
    """Return what is wrong with a site, page by page.

    Args:
        path: Its folder.
        root: What links begin with that lead there from anywhere on its host, or ``""``.
        in_parallel: Maps a function to pages on every core.
    """
    addresses = (path / OWN_FILES).read_text(encoding="utf-8").splitlines()
    pages = [address for address in addresses if address.endswith(".html")]

    def read(address: str) -> bytes:
        text = (path / address).read_text(encoding="utf-8", errors="replace")
        return msgspec.msgpack.encode(parse_page(text))

    decode = msgspec.msgpack.Decoder(PageFacts).decode
    facts = dict(zip(pages, map(decode, in_parallel(read, pages)), strict=True))
    return tuple(find_problems(facts, addresses, root))


def find_problems(
    facts: Mapping[str, PageFacts], addresses: Iterable[str], root: str = ""
) -> Iterator[SiteProblem]:
    """Yield what is wrong with pages.

    Args:
        facts: What each page says of itself, by address.
        addresses: Every file of the site.
        root: What links begin with that lead there from anywhere on its host, or ``""``.
    """
    there = frozenset(addresses)
    ids = {address: frozenset(each.ids) for address, each in facts.items()}
    for address, each in facts.items():
        for problem in each.problems:
            yield SiteProblem(address, problem)
        for name in each.named:
            if name not in ids[address]:
                yield SiteProblem(address, f"there is no id `{name}`")
        for link in each.links:
            from_host = bool(root) and link.startswith(root)
            place = ("", link.removeprefix(root)) if from_host else (address, link)
            problem = _judge(*place, there, ids)
            if problem:
                yield SiteProblem(address, problem)


def _judge(
    address: str, link: str, there: frozenset[str], ids: Mapping[str, frozenset[str]]
) -> str:
    """Return what is wrong with a link, or ``""``."""
    if is_safe(link):
        return ""
    target, _, fragment = link.partition("#")
    folder = posixpath.dirname(address)
    place = posixpath.normpath(posixpath.join(folder, target)) if target else address
    if place not in there:
        return f"`{link}` leads nowhere"
    if fragment and fragment not in ids.get(place, frozenset()):
        return f"`{link}` leads to a part that is not there"
    return "" if fragment or target else f"`{link}` leads nowhere"
