"""All of a site is there without scripts: they only add to it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage
from browser.page_types import PAGE_TYPES, find_page_types


@pytest.fixture
def bare(open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=False, viewport={"width": 360, "height": 740})


def test_pages_are_read_and_lead_on(site: Path, bare: Page) -> None:
    bare.goto((site / "index.html").as_uri())
    bare.get_by_role("link", name="Menu").click()
    expect(bare.get_by_label("Site")).to_be_in_viewport()
    bare.get_by_label("Site").get_by_role("link", name="Portfolio").click()
    bare.get_by_role("table").get_by_role("link").first.click()
    bare.wait_for_url("**/project/*.html")
    bare.locator("summary").first.click()
    expect(bare.locator("details").first.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("type_", PAGE_TYPES)
def test_nothing_is_offered_that_needs_them(type_: str, site: Path, bare: Page) -> None:
    bare.goto(find_page_types(site)[type_].as_uri())
    expect(bare.get_by_role("heading", level=1)).to_be_visible()
    expect(bare.locator("main")).to_be_visible()
    for role in ("button", "searchbox", "textbox", "combobox", "dialog"):
        expect(bare.locator("body").get_by_role(role)).to_have_count(0)
