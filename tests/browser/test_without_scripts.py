"""All of a site is there without scripts: they only add to it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.page_types import PAGE_TYPES, find_page_types


def test_pages_are_read_and_lead_on(site: Path, bare_page: Page) -> None:
    bare_page.set_viewport_size({"width": 360, "height": 740})
    bare_page.goto((site / "index.html").as_uri())
    bare_page.get_by_role("link", name="Menu").click()
    expect(bare_page.get_by_label("Site")).to_be_in_viewport()
    bare_page.get_by_label("Site").get_by_role("link", name="Portfolio").click()
    bare_page.get_by_role("table").get_by_role("link").first.click()
    bare_page.wait_for_url("**/project/*.html")
    bare_page.locator("summary").first.click()
    expect(bare_page.locator("details").first.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("type_", PAGE_TYPES)
def test_nothing_is_offered_that_needs_them(type_: str, site: Path, bare_page: Page) -> None:
    bare_page.goto(find_page_types(site)[type_].as_uri())
    expect(bare_page.get_by_role("heading", level=1)).to_be_visible()
    expect(bare_page.locator("main")).to_be_visible()
    for role in ("button", "searchbox", "textbox", "combobox", "dialog"):
        expect(bare_page.locator("body").get_by_role(role)).to_have_count(0)
