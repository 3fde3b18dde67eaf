"""Every page of the demo's site, opened from its folder: where its links lead, as Chromium sees it.

What a page asks for, what it complains of and what its policy refuses fails the test that opens it.
"""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Page

from plainwork.site.page_facts import parse_page

PARTS = 6
"""Tests of a few seconds each, which run at the same time."""

_LINKS = """() => [...document.querySelectorAll("a[href], link[href], script[src], img[src]")]
    .map(each => each.href || each.src)"""


@cache
def find_ids(page: Path) -> frozenset[str]:
    return frozenset(parse_page(page.read_text("utf-8")).ids)


def leads_nowhere(link: str, site: Path) -> bool:
    """Return whether an address leads to no file of the site, or to no place in it."""
    address, fragment = urldefrag(link)
    file = Path(unquote(urlsplit(address).path))
    if not file.is_relative_to(site) or not file.is_file():
        return True
    return bool(fragment) and unquote(fragment) not in find_ids(file)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_link_leads_to_a_place(part: int, site: Path, page: Page) -> None:
    lost: dict[str, list[str]] = {}
    followed: set[str] = set()
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40 * PARTS
    for file in pages[part::PARTS]:
        page.goto(file.as_uri(), wait_until="load")
        links = [link for link in page.evaluate(_LINKS) if link.startswith("file:")]
        followed.update(links)
        if nowhere := [link for link in links if leads_nowhere(link, site)]:
            lost[file.name] = nowhere
    assert lost == {}
    assert len(followed) > 200


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, page: Page) -> None:
    for name, body in (("a", '<a href="b.html#there">b</a>'), ("b", '<p id="here">b</p>')):
        html = f'<!DOCTYPE html><html lang="en"><title>{name}</title>{body}</html>'
        (tmp_path / f"{name}.html").write_text(html)
    page.goto((tmp_path / "a.html").as_uri())
    (link,) = page.evaluate(_LINKS)
    assert leads_nowhere(link, tmp_path)
    assert not leads_nowhere(link.replace("there", "here"), tmp_path)
    assert leads_nowhere(link.replace("b.html", "c.html"), tmp_path)
