"""Whoever has no mouse reaches everything, in order, and sees where they are."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.page_types import find_page_types

# What can be operated, in the order in which it stands in the page, unless it is folded away.
_NOTE = """() => {
    window.operable = [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(each => each.checkVisibility({visibilityProperty: true}));
    return window.operable.length;
}"""

# Where the focus is, and why it could not be seen.
_LOOK = """() => {
    const focused = document.activeElement;
    const style = getComputedStyle(focused), box = focused.getBoundingClientRect();
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const on_screen = box.bottom > 0 && box.top < innerHeight && box.right > 0
        && box.left < innerWidth && box.width > 1;
    return [window.operable.indexOf(focused),
        (marked ? '' : 'not marked ') + (on_screen ? '' : `not on screen ${focused.outerHTML}`)];
}"""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("type_", ["index", "project/", "workflow/", "team-board/", "routines"])
def test_tab_reaches_everything_in_order(type_: str, width: int, site: Path, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(find_page_types(site)[type_].as_uri())
    for place in range(page.evaluate(_NOTE)):
        page.keyboard.press("Tab")
        assert page.evaluate(_LOOK) == [place, ""]


def test_the_first_link_skips_to_the_content(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_is_folded_opens(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    details = page.locator("details").first
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(details.get_by_role("table")).to_be_visible()


def test_a_wide_picture_scrolls(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 710, "height": 900})
    page.goto((site / "team/workshop.html").as_uri())
    picture = page.get_by_role("region", name="The top of the board")
    picture.focus()

    def moves() -> bool:
        page.keyboard.press("ArrowRight")
        return bool(picture.evaluate("each => each.scrollLeft > 0"))

    assert any(moves() for _ in range(20))
