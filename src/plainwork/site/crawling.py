"""What search engines are told: whether they may look, and which pages there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape

from plainwork.site.address import MISSING
from plainwork.site.digest import digest
from plainwork.site.page import Output

ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"

_MOST_PLACES = 50_000
"""Of one file (sitemaps.org); a site with more has several, and one that lists them."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def plan_crawling(addresses: Iterable[str], *, audience: str, base: str) -> Iterator[Output]:
    """Yield `robots.txt`, and sitemaps if somebody says where the site will be.

    Args:
        addresses: Every file of the site.
        audience: Who will read it: what is not for the public is not for search engines.
        base: Where the site will be, with a slash at its end; ``""``: nobody says.
    """
    yield _plan(ROBOTS, _robots(audience, base))
    if not base:
        return
    pages = sorted(each for each in addresses if each.endswith(".html") and each != MISSING)
    parts = [pages[start : start + _MOST_PLACES] for start in range(0, len(pages), _MOST_PLACES)]
    if len(parts) == 1:
        yield _plan(SITEMAP, _render("urlset", "url", base, pages))
        return
    names = [f"sitemap~{number}.xml" for number, _ in enumerate(parts, start=1)]
    yield _plan(SITEMAP, _render("sitemapindex", "sitemap", base, names))
    for name, part in zip(names, parts, strict=True):
        yield _plan(name, _render("urlset", "url", base, part))


def _plan(address: str, text: str) -> Output:
    data = text.encode()
    return Output(address, digest(data), partial(bytes, data))


def _robots(audience: str, base: str) -> str:
    if audience != "public":
        return "User-agent: *\nDisallow: /\n"
    sitemap = f"Sitemap: {base}{SITEMAP}\n" if base else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _render(root: str, element: str, base: str, addresses: Sequence[str]) -> str:
    places = "".join(
        f"<{element}><loc>{escape(base)}{address}</loc></{element}>\n" for address in addresses
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="{_NAMESPACE}">\n{places}</{root}>\n'
