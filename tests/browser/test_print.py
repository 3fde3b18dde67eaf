"""A page on paper: what is read, and nothing that is clicked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.page_types import PAGE_TYPES, find_page_types


def count_sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("name", ["harbour", "move"])
def test_a_project_is_one_sheet(name: str, site: Path, page: Page) -> None:
    page.goto((site / f"project/{name}.html").as_uri())
    assert count_sheets(page) == 1


def test_sheets_are_counted(site: Path, page: Page) -> None:
    page.goto((site / "work.html").as_uri())
    assert count_sheets(page) > 1


@pytest.mark.parametrize("type_", PAGE_TYPES)
def test_nothing_is_printed_that_is_clicked(type_: str, site: Path, page: Page) -> None:
    page.goto(find_page_types(site)[type_].as_uri())
    page.emulate_media(media="print")
    for part in (".menu", ".top", ".crumbs", ".skip", ".filter", ".open-search"):
        expect(page.locator(part).filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # Else the right side of the sheet is lost.
    page.set_viewport_size({"width": 718, "height": 1000})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 718, "wider than a sheet of A4 between its margins"
