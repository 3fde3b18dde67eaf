"""Whatever people write, a page stays a page: nothing runs, and nothing breaks its layout.

That nothing runs, asks for anything or goes elsewhere is what the fixture of the page holds.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.hostile import TITLES

_SCRIPTS = ["assets/tables.js", "assets/search.js"]
_LINKS = "[...document.links].map(link => link.protocol)"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_page_holds_together(hostile_site: Path, page: Page) -> None:
    addresses = sorted(hostile_site.rglob("*.html"))
    assert len(addresses) > 2 * len(TITLES)
    wide = []
    for address in addresses:
        page.goto(address.as_uri())
        sources = page.evaluate("[...document.scripts].map(each => each.getAttribute('src'))")
        assert [source.removeprefix("../") for source in sources] == _SCRIPTS
        assert set(page.evaluate(_LINKS)) <= {"file:", "https:", "http:", "mailto:"}
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 740})
            if overflow := page.evaluate(_OVERFLOW):
                wide.append(f"{address.name}, {width} px: {overflow} px too much")
    assert wide == []


@pytest.mark.parametrize("name", TITLES)
def test_a_title_is_text(hostile_site: Path, page: Page, name: str) -> None:
    page.goto((hostile_site / f"work/{name}.html").as_uri())
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    expect(heading.locator("*")).to_have_count(0)


def test_a_body_is_text_and_harmless_markup(hostile_site: Path, page: Page) -> None:
    page.goto((hostile_site / "work/body.html").as_uri())
    body = page.locator(".prose")
    expect(body).to_contain_text("<script>alert(1)</script>")
    expect(body).to_contain_text("{{ 7 * 7 }}")
    expect(body.locator("script, style, iframe, svg, img, form, object, embed")).to_have_count(0)
    expect(body.locator("th")).to_have_count(2_000)
